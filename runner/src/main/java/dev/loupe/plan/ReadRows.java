package dev.loupe.plan;

import dev.loupe.plan.ask.Readout;
import dev.loupe.plan.edit.Cell;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

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
        implements RowReader {
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
        return Stream.concat(forwards.stream(), reading.summaries().stream())
                .distinct()
                .toList();
    }

    @Override
    public ReadRows renamed(IntUnaryOperator names) {
        return new ReadRows(
                names.applyAsInt(id),
                reading.renamed(names),
                forwards.stream().map(names::applyAsInt).toList(),
                sweep,
                absent);
    }

    @Override
    public String describe() {
        return "read " + reading.label() + " per row";
    }

    @Override
    public List<Axis> axes(IntFunction<PlanStep> steps) {
        Forward first = (Forward) steps.apply(forwards.get(0));
        List<Axis> axes = new ArrayList<>(reading.axes(first.model().shape(), first.rows()));
        axes.addAll(sweep);
        return axes;
    }

    @Override
    public boolean samplesRows() {
        return true;
    }

    @Override
    public void check(EarlierSteps earlier) {
        Map<Integer, Integer> cells = new HashMap<>();
        for (int id : forwards) {
            Forward forward = earlier.forward(id);
            earlier.satisfies(forward, reading);
            for (Cell cell : forward.cells()) {
                cells.merge(cell.index(), 1, Integer::sum);
            }
        }
        if (new HashSet<>(cells.values()).size() > 1) {
            throw new IllegalStateException("cells of #" + id + " run unequally often: " + cells);
        }
        absent.forEach(none -> cells.put(none, 0));
        int wanted = NamedArray.sizeOf(sweep);
        if (cells.size() != wanted) {
            throw new IllegalStateException("#" + id + " has " + cells.size() + " of " + wanted + " cells");
        }
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.readRows(this);
    }
}
