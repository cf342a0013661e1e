package dev.loupe.plan;

import dev.loupe.result.Axis;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Reads one value per row and cell of its runs. The value is a table of rows: shards by rows and by cells merge by
 * putting them side by side, so they merge exactly.
 *
 * @param forwards the runs; their cells are disjoint and together fill the sweep's axes
 * @param sweep axes of the sweep, empty for a clean run
 */
public record Collect(int id, Reading reading, List<Integer> forwards, List<Axis> sweep) implements PlanStep {
    public Collect {
        forwards = List.copyOf(forwards);
        sweep = List.copyOf(sweep);
    }

    @Override
    public List<Integer> inputs() {
        return forwards;
    }

    @Override
    public Collect renamed(IntUnaryOperator names) {
        return new Collect(
                names.applyAsInt(id),
                reading,
                forwards.stream().map(names::applyAsInt).toList(),
                sweep);
    }

    @Override
    public String describe() {
        return "read " + reading.label() + " per row";
    }
}
