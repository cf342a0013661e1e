package dev.loupe.intervention.select;

import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An intervention, resolved for one model: the axes of its sweep and what each cell edits. A cell that is sampled occurs
 * several times with one index, each cell equally often.
 *
 * @param absent cells of the axes that this model does not have (a key head beyond those of grouped queries); they read 0, as
 *     in TransformerLens
 */
public record Sweep(List<Axis> axes, List<Cell> cells, List<Integer> absent) {
    /** A run without edits. */
    public static final Sweep NOTHING = new Sweep(List.of(), List.of(Cell.CLEAN));

    public Sweep {
        axes = List.copyOf(axes);
        cells = List.copyOf(cells);
        absent = List.copyOf(absent);
    }

    /** The model has every cell. */
    public Sweep(List<Axis> axes, List<Cell> cells) {
        this(axes, cells, List.of());
    }

    /** Whether it is one run: neither swept nor sampled. */
    public boolean single() {
        return axes.isEmpty() && cells.size() == 1;
    }

    /** Both in one run: every cell of the one with every cell of the other, whose edits come later. */
    public Sweep then(Sweep later) {
        List<Axis> all = new ArrayList<>(axes);
        for (Axis axis : later.axes) {
            if (all.stream().anyMatch(a -> a.name().equals(axis.name()))) {
                throw new IllegalArgumentException("two interventions of the same run both sweep `" + axis.name()
                        + "`: name the components of " + "one of them");
            }
            all.add(axis);
        }
        int size = NamedArray.sizeOf(axes);
        int width = NamedArray.sizeOf(later.axes);
        List<Cell> both = new ArrayList<>();
        for (Cell first : cells) {
            for (Cell second : later.cells) {
                List<Edit> edits = new ArrayList<>(first.edits());
                edits.addAll(second.edits());
                both.add(new Cell(first.index() * width + second.index(), edits));
            }
        }
        List<Integer> missing = IntStream.range(0, size * width)
                .filter(i -> absent.contains(i / width) || later.absent.contains(i % width))
                .boxed()
                .toList();
        return new Sweep(all, both, missing);
    }
}
