package dev.loupe.plan;

import dev.loupe.plan.ask.Readout;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Reads one value per row and cell of its runs. The value is a table of rows: shards by rows and by cells merge by
 * putting them side by side, so they merge exactly.
 *
 * @param forwards the runs; their cells together fill the sweep's axes, each once or, where a cell is sampled, all equally
 *     often: the value is then the mean over samples
 * @param sweep axes of the sweep, empty for a clean run
 * @param absent cells of those axes that no run has, because the model has no such component; their value is 0
 */
public record ReadRows(int id, Readout reading, List<Integer> forwards, List<Axis> sweep, List<Integer> absent)
        implements PlanStep {
    public ReadRows {
        forwards = List.copyOf(forwards);
        sweep = List.copyOf(sweep);
        absent = List.copyOf(absent);
    }

    /** Every cell of the sweep is run. */
    public ReadRows(int id, Readout reading, List<Integer> forwards, List<Axis> sweep) {
        this(id, reading, forwards, sweep, List.of());
    }

    @Override
    public List<Integer> inputs() {
        return forwards;
    }

    @Override
    public ReadRows renamed(IntUnaryOperator names) {
        return new ReadRows(
                names.applyAsInt(id),
                reading,
                forwards.stream().map(names::applyAsInt).toList(),
                sweep,
                absent);
    }

    @Override
    public String describe() {
        return "read " + reading.label() + " per row";
    }
}
