package dev.loupe.intervention.select;

import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
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

    /**
     * One sweep for each value of an option, side by side on an axis that comes last; for a lone value its sweep alone.
     *
     * @param axis what the option is called
     */
    public static <T> Sweep along(String axis, List<T> values, Function<T, Sweep> sweep) {
        if (values.size() == 1) {
            return sweep.apply(values.get(0));
        }
        List<Sweep> each = values.stream().map(sweep).toList();
        List<Axis> axes = new ArrayList<>(each.get(0).axes);
        axes.add(new Axis(axis, values.stream().map(Sweep::label).toList()));
        int size = values.size();
        List<Cell> cells = new ArrayList<>();
        List<Integer> missing = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int at = i;
            each.get(i).cells.forEach(cell -> cells.add(new Cell(cell.index() * size + at, cell.edits())));
            each.get(i).absent.forEach(index -> missing.add(index * size + at));
        }
        cells.sort(Comparator.comparingInt(Cell::index));
        return new Sweep(axes, cells, missing);
    }

    /** How a value is written on an axis: whole numbers without a point. */
    public static String label(Object value) {
        return value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString(number.longValue())
                : value.toString();
    }

    /**
     * The values of an option that may be swept.
     *
     * @throws IllegalArgumentException where there is none, or one twice
     */
    public static <T> List<T> values(String option, List<T> values) {
        if (values.isEmpty() || values.stream().distinct().count() < values.size()) {
            throw new IllegalArgumentException("`" + option + "` must be one value, or several different ones");
        }
        return List.copyOf(values);
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
