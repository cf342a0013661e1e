package dev.loupe.plan;

import dev.loupe.plan.ask.ModelRef;
import dev.loupe.result.Axis;
import dev.loupe.text.Amount;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Removes edges one by one, from the logits down, each for good if a real run without it, and without all that were removed
 * before, reads nearly the same (Conmy et al. 2023, algorithm 1). Which runs are made follows from what earlier ones gave, so
 * the step carries how any is made. The value has the axis {@link #VALUE} and those of the edges.
 *
 * @param tried the edges that may stay, in the order in which they are tried; all others are removed from the start
 * @param tolerance an edge whose removal changes less than this goes
 * @param measure what a change is
 */
public record Prune(int id, int load, CircuitRuns runs, List<Integer> tried, double tolerance, Measure measure)
        implements PlanStep {
    public Prune {
        tried = List.copyOf(tried);
    }

    /** Whether an edge is kept, by how much its removal changed what is read, and how many runs it took to tell. */
    public static final Axis VALUE = new Axis("value", List.of("kept", "effect", "runs"));

    /** What a change is. */
    public enum Measure {
        /** How much the metric rises or falls. */
        METRIC,
        /** How much the Kullback-Leibler divergence from the whole model's output grows; what is read are log-probabilities. */
        DIVERGENCE
    }

    /**
     * Runs at most: candidates are tried together as if the earlier of them were removed, one, two, four and so on, beginning
     * anew after each that is kept. A batch in which one is kept wastes fewer runs than the batches before it used.
     */
    public int mostRuns() {
        return 2 * tried.size();
    }

    /** One run in which every edge is patched. */
    ExecutionPlan bare() {
        Set<Integer> all = new TreeSet<>(runs.graph().edges());
        return runs.without(List.of(all));
    }

    public List<Axis> axes() {
        List<Axis> axes = new ArrayList<>(List.of(VALUE));
        axes.addAll(runs.graph().axes());
        return axes;
    }

    @Override
    public List<Integer> inputs() {
        return List.of(load);
    }

    @Override
    public Prune renamed(IntUnaryOperator names) {
        return new Prune(names.applyAsInt(id), names.applyAsInt(load), runs, tried, tolerance, measure);
    }

    @Override
    public String describe() {
        return "prune " + Count.of(tried.size(), "edge") + " of " + runs.model().label() + " on "
                + runs.edited().name() + " (" + Count.of(runs.edited().rows(), "row") + "), in at most "
                + Count.of(mostRuns(), "run") + ": "
                + runs.reading().label() + ", tolerance " + tolerance;
    }

    @Override
    public Turn turn() {
        return Turn.ALONE;
    }

    /** Of as many runs as there are at most, without any edge. */
    @Override
    public long flops() {
        return mostRuns() * bare().flops();
    }

    @Override
    public List<ModelRef> models() {
        return List.of(runs.model());
    }

    @Override
    public long bytes() {
        return Memory.beside(bare());
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        return axes();
    }

    @Override
    public boolean samplesRows() {
        return true;
    }

    @Override
    public void check(EarlierSteps earlier) {
        earlier.loads(this, load, runs.model());
    }

    @Override
    public List<String> lines(Lifetimes lifetimes) {
        return List.of("at most " + Amount.of(flops(), "FLOP") + " before optimizing");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.prune(this);
    }
}
