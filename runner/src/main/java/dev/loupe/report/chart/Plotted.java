package dev.loupe.report.chart;

import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.VisibleLabel;
import dev.loupe.result.Axis;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A quantity with its axes in the order in which a figure draws them: the drawn axes last, those that become small
 * multiples or series before them.
 */
public record Plotted(Quantity quantity, NamedArray estimate, double @Nullable [] low, double @Nullable [] high) {
    /** Axes whose labels together make the name of a component. */
    public static final Set<String> NAMING = Set.of("layer", "head", "kv_head", "neuron", "feature", "component");

    public static Plotted of(Quantity quantity, String... last) {
        Interval interval = quantity.interval();
        int[] order = order(quantity.estimate().axes(), List.of(last));
        return new Plotted(
                quantity,
                permuted(quantity.estimate(), order),
                interval == null ? null : permuted(interval.low(), order).data(),
                interval == null ? null : permuted(interval.high(), order).data());
    }

    public List<Axis> axes() {
        return estimate.axes();
    }

    public double[] values() {
        return estimate.data();
    }

    /** A contiguous part: one index of every outer axis. */
    public record Slice(List<Axis> outer, int[] at, int offset, int size) {
        /** "IND, seed 0": what tells this part from its neighbours; empty where there is one part only. */
        public String title() {
            return title("");
        }

        /** The same without an axis that is said elsewhere. */
        String title(String without) {
            return IntStream.range(0, outer.size())
                    .filter(i -> !outer.get(i).name().equals(without))
                    .mapToObj(i -> named(outer.get(i), at[i]))
                    .collect(Collectors.joining(", "));
        }
    }

    /** The parts that keep the {@code inner} last axes. */
    public List<Slice> slices(int inner) {
        List<Axis> outer = axes().subList(0, axes().size() - inner);
        int size = NamedArray.sizeOf(axes().subList(outer.size(), axes().size()));
        NamedArray grid = new NamedArray(outer, new double[NamedArray.sizeOf(outer)]);
        List<Slice> slices = new ArrayList<>();
        for (int i = 0; i < grid.data().length; i++) {
            slices.add(new Slice(outer, grid.coordinates(i), i * size, size));
        }
        return slices;
    }

    /**
     * Where a flat index lies, in words: "L1H4, IND, seed 0".
     *
     * @param told so many leading axes are told elsewhere
     */
    public String where(int flat, int told) {
        int[] at = estimate.coordinates(flat);
        List<String> parts = new ArrayList<>();
        String component = component(flat);
        if (component != null && axes().stream().skip(told).anyMatch(axis -> NAMING.contains(axis.name()))) {
            parts.add(component);
        }
        for (int i = told; i < at.length; i++) {
            String axis = axes().get(i).name();
            if (component == null || !NAMING.contains(axis)) {
                parts.add(named(axes().get(i), at[i]));
            }
        }
        return String.join(", ", parts);
    }

    /** "L1H4" or "L3N110" for a flat index, null where the axes name no component. */
    @Nullable
    public String component(int flat) {
        int layer = estimate.axisIndex("layer");
        String inner = Stream.of("head", "kv_head", "neuron", "feature")
                .filter(estimate::hasAxis)
                .findFirst()
                .orElse("");
        if (layer < 0 || inner.isEmpty()) {
            int component = estimate.axisIndex("component");
            String label =
                    component < 0 ? "" : axes().get(component).labels().get(estimate.coordinates(flat)[component]);
            return label.matches("L[0-9]+[HNF][0-9]+") ? label : null;
        }
        int[] at = estimate.coordinates(flat);
        int one = estimate.axisIndex(inner);
        String letter = switch (inner) {
            case "head" -> "H";
            case "kv_head" -> "KV";
            case "feature" -> "F";
            default -> "N";
        };
        return prefixed("L", axes().get(layer).labels().get(at[layer]))
                + prefixed(letter, axes().get(one).labels().get(at[one]));
    }

    private static String prefixed(String letter, String label) {
        return label.startsWith(letter) ? label : letter + label;
    }

    /** A label that can stand alone: a bare number gets its axis's name. */
    public static String named(Axis axis, int index) {
        String label = axis.labels().get(index);
        return isNumber(label) ? axis.name().replace('_', ' ') + " " + label : VisibleLabel.of(label);
    }

    static boolean isNumber(String label) {
        return label.matches("[-+]?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]+)?");
    }

    /** Whether the last axis has x and y, and another stands before it. */
    static boolean isPlanar(List<Axis> axes) {
        return axes.size() >= 2 && axes.get(axes.size() - 1).size() == 2;
    }

    static boolean isNumeric(Axis axis) {
        return axis.labels().stream().allMatch(Plotted::isNumber);
    }

    public String hint(int flat) {
        return hint(flat, 0);
    }

    /** @param told so many leading axes are told elsewhere, such as in the title of a panel */
    String hint(int flat, int told) {
        String text = where(flat, told);
        return (text.isEmpty() ? "" : text + ": ") + Numbers.show(values()[flat]) + intervalText(flat);
    }

    public String intervalText(int flat) {
        return low == null || high == null ? "" : " " + Numbers.interval(low[flat], high[flat]);
    }

    /** Places of the numbers, those that show most first; of equal ones the first, undefined ones left out. */
    public List<Integer> ranked(Side side) {
        return IntStream.range(0, values().length)
                .filter(flat -> !Double.isNaN(values()[flat]))
                .boxed()
                .sorted(Comparator.comparingDouble(flat -> -side.strength(values()[flat])))
                .toList();
    }

    private static int[] order(List<Axis> axes, List<String> last) {
        List<Integer> front = new ArrayList<>();
        List<Integer> back = new ArrayList<>();
        for (String name : last) {
            for (int i = 0; i < axes.size(); i++) {
                if (axes.get(i).name().equals(name)) {
                    back.add(i);
                }
            }
        }
        for (int i = 0; i < axes.size(); i++) {
            if (!back.contains(i)) {
                front.add(i);
            }
        }
        front.addAll(back);
        return front.stream().mapToInt(Integer::intValue).toArray();
    }

    private static NamedArray permuted(NamedArray array, int[] order) {
        int n = order.length;
        List<Axis> axes = new ArrayList<>();
        int[] strides = new int[n];
        for (int i = 0; i < n; i++) {
            axes.add(array.axes().get(order[i]));
            strides[i] = NamedArray.sizeOf(array.axes().subList(order[i] + 1, n));
        }
        NamedArray shape = new NamedArray(axes, new double[array.data().length]);
        double[] out = new double[array.data().length];
        for (int flat = 0; flat < out.length; flat++) {
            int[] at = shape.coordinates(flat);
            int from = 0;
            for (int i = 0; i < n; i++) {
                from += at[i] * strides[i];
            }
            out[flat] = array.data()[from];
        }
        return new NamedArray(axes, out);
    }
}
