package dev.loupe.plan;

import dev.loupe.plan.ask.ModelRef;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a circuit that {@link Prune} left is worth.
 *
 * @param prune that step
 * @param random seed of a random circuit with as many edges in its place; null for the one that was found
 */
public record Pruned(
        int id,
        int prune,
        CircuitRuns runs,
        Prune.Measure measure,
        Show show,
        @Nullable Long random) implements PlanStep {
    /** The axis of {@link Show#SUMMARY}. */
    public static final Axis SUMMARY = new Axis(
            "summary", List.of("edges", "kept", "runs", "whole model", "circuit", "corrupted", "faithfulness"));

    /** What is asked. */
    public enum Show {
        CIRCUIT,
        SUMMARY,
        FAITHFULNESS
    }

    public List<Axis> axes() {
        return switch (show) {
            case CIRCUIT ->
                List.of(
                        new Axis("value", List.of("kept", "effect")),
                        runs.graph().axes().get(0),
                        runs.graph().axes().get(1));
            case SUMMARY -> List.of(SUMMARY);
            case FAITHFULNESS -> List.of();
        };
    }

    @Override
    public List<Integer> inputs() {
        return List.of(prune);
    }

    @Override
    public Pruned renamed(IntUnaryOperator names) {
        return new Pruned(names.applyAsInt(id), names.applyAsInt(prune), runs, measure, show, random);
    }

    @Override
    public String describe() {
        return random == null ? "the circuit that is left" : "a random circuit of as many edges, seed " + random;
    }

    @Override
    public Turn turn() {
        return Turn.ALONE;
    }

    @Override
    public long flops() {
        return 0;
    }

    @Override
    public List<ModelRef> models() {
        return List.of();
    }

    @Override
    public long bytes() {
        return 0;
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
        if (!(earlier.step(prune) instanceof Prune)) {
            throw new IllegalStateException("#" + id + " has no pruned model to show");
        }
    }

    @Override
    public List<String> lines(Lifetimes lifetimes) {
        return List.of();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.pruned(this);
    }
}
