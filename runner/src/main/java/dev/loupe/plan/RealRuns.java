package dev.loupe.plan;

import java.util.List;

/** The runs that an estimate stands for, made for a few cells on demand; data that compares by value. */
public interface RealRuns {
    /** The plan's output with the metric after the edits, [cell] in the order that was asked for. */
    String VALUE = "value";

    /** The plan's output with the metric before the edits. */
    String ZERO = "zero";

    /** Cells that can be run, by their index in the estimate. */
    List<Integer> cells();

    /** The plan that runs these cells; it has ids of its own. */
    ExecutionPlan only(List<Integer> chosen);
}
