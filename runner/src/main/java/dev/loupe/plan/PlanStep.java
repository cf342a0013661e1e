package dev.loupe.plan;

import dev.loupe.plan.ask.ModelRef;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One step of a plan. Steps hold no tensors, name their inputs by id and compare by value. A step answers for itself what it
 * costs, holds, gives and needs; no answer has a default, so that none can be forgotten.
 */
public sealed interface PlanStep
        permits LoadModel, Forward, Compute, WithoutModel, WithModel, Differentiate, Recheck, Prune, Pruned {
    int id();

    /** Ids of the steps whose values it needs. */
    List<Integer> inputs();

    /** The same step with every id, its own and its inputs', renamed. */
    PlanStep renamed(IntUnaryOperator names);

    /** One line for people. */
    String describe();

    /** What else people are told of it, line by line. */
    List<String> lines(Lifetimes lifetimes);

    /** When it is run. */
    Turn turn();

    /** Operations, from shapes alone. A multiply-add counts as two operations; element-wise work is left out. */
    long flops();

    /** The models whose weights it computes with: one at a time, unless it says that they are in memory together. */
    List<ModelRef> models();

    /**
     * The most bytes that it holds at a time beside weights, from shapes alone; of a run, without what other runs keep for
     * it.
     */
    long bytes();

    /**
     * The axes of its value in their order, null where its value is no array.
     *
     * @param steps the plan's steps by id
     */
    @Nullable
    List<Axis> axes(IntFunction<PlanStep> steps);

    /** Whether its value is of rows that can be drawn again; what weights or other results give is not. */
    boolean samplesRows();

    /**
     * Checks what must hold for its inputs.
     *
     * @throws IllegalStateException where it could not be run after these steps: our fault, never the user's
     */
    void check(EarlierSteps earlier);

    <R> R accept(Visitor<R> visitor);

    /** When a step is run. */
    enum Turn {
        /** With the steps that need it; it has no value that is kept. */
        WITH_OTHERS,
        /** Beside others that read the same rows, as soon as the values are known that its runs write. */
        ROWS,
        /** By itself, when nothing else is ready that comes before it: it needs a model's weights and no value. */
        WEIGHTS,
        /** At once when its inputs are known; it takes no time, and its value is not kept in files. */
        DERIVED,
        /** By itself, when its inputs are known. */
        ALONE
    }

    /** Something to do for each kind of step. */
    interface Visitor<R> {
        R load(LoadModel step);

        R forward(Forward step);

        R readRows(ReadRows step);

        R summarise(Summarise step);

        R compute(Compute step);

        R fromValues(FromValues step);

        R withModel(WithModel step);

        R differentiate(Differentiate step);

        R recheck(Recheck step);

        R prune(Prune step);

        R pruned(Pruned step);
    }
}
