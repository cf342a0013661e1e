package dev.loupe.report.chart;

import dev.loupe.report.draw.Numbers;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which axis of a quantity does what in a chart of series: {@code along} runs along the chart (steps of a training, where
 * there are some), {@code series} tells lines or bars apart, {@code repeats} (seeds and copies, which differ in their draw
 * alone) are drawn as repeats of one series, and the rest are small multiples.
 */
record SeriesLayout(Plotted plotted, Axis along, @Nullable Axis series, List<Axis> repeats) {
    static final int MOST_SERIES = 12;

    /** So many repeats are said one by one. */
    private static final int MOST_SAID = 8;

    private static final Set<String> REPEATED = Set.of("seed", "copy");

    /** So many of very many series have a name and a colour. */
    static final int MOST_NAMED = 8;

    /** For bars: the last axis runs along. */
    static SeriesLayout of(Quantity given) {
        return of(given, false);
    }

    /** @param lines whether what runs along is joined, for which its labels need an order */
    static SeriesLayout of(Quantity given, boolean lines) {
        Axis training = given.estimate().axes().stream()
                .filter(AxisKind::training)
                .findFirst()
                .orElse(null);
        Quantity quantity = training == null ? given : Components.merged(given);
        List<Axis> axes = quantity.estimate().axes();
        if (axes.isEmpty()) {
            throw new IllegalArgumentException(quantity.name() + " is one number and cannot be drawn along an axis");
        }
        List<Axis> repeats = new ArrayList<>();
        List<Axis> others = new ArrayList<>();
        for (Axis axis : axes) {
            if (REPEATED.contains(axis.name())) {
                repeats.add(axis);
            } else if (axis != training) {
                others.add(axis);
            }
        }
        Axis along = training != null ? training : others.isEmpty() ? axes.get(axes.size() - 1) : taken(others, lines);
        repeats.remove(along);
        Axis last = others.isEmpty() ? null : others.get(others.size() - 1);
        boolean apart =
                last != null && (last.size() <= MOST_SERIES || last.name().equals(Components.AXIS) && training != null);
        Axis series = apart ? last : null;
        List<String> inner = new ArrayList<>();
        if (series != null) {
            inner.add(series.name());
        }
        repeats.forEach(axis -> inner.add(axis.name()));
        inner.add(along.name());
        return new SeriesLayout(
                Plotted.of(quantity, inner.toArray(new String[0])), along, series, List.copyOf(repeats));
    }

    /**
     * The last axis of more than one index; where an order is needed, the longest that has one, and the last of equally long
     * ones.
     */
    private static Axis taken(List<Axis> others, boolean lines) {
        int last = others.size() - 1;
        int along = last;
        while (!lines && along > 0 && others.get(along).size() == 1) {
            along--;
        }
        for (int i = last; lines && i >= 0; i--) {
            boolean longer = others.get(i).size() > others.get(along).size();
            if (AxisKind.ordered(others.get(i)) && (longer || !AxisKind.ordered(others.get(along)))) {
                along = i;
            }
        }
        return others.remove(along);
    }

    int inner() {
        return 1 + (series == null ? 0 : 1) + repeats.size();
    }

    int seriesCount() {
        return series == null ? 1 : series.size();
    }

    int repeatCount() {
        return NamedArray.sizeOf(repeats);
    }

    /** "3 seeds", or "3 seeds x 24 copies". */
    String repeatWords() {
        return repeats.stream()
                .map(axis -> axis.name().equals("copy")
                        ? Count.of(axis.size(), "copy", "copies")
                        : Count.of(axis.size(), axis.name()))
                .collect(Collectors.joining(" × "));
    }

    /** Whether there are so many series that only the strongest have names. */
    boolean focused() {
        return seriesCount() > MOST_SERIES;
    }

    /** The colour of a series: its place, or its rank where only the strongest have one. */
    int colour(Plotted.Slice slice, int s) {
        return focused() ? ranking(slice).indexOf(s) : s;
    }

    boolean named(Plotted.Slice slice, int s) {
        return !focused() || ranking(slice).indexOf(s) < MOST_NAMED;
    }

    /** Series by how far they reach, in size. */
    private List<Integer> ranking(Plotted.Slice slice) {
        double[] reach = new double[seriesCount()];
        for (int s = 0; s < reach.length; s++) {
            for (int x = 0; x < along.size(); x++) {
                double size = Math.abs(mean(slice, s, x));
                reach[s] = Double.isNaN(size) ? reach[s] : Math.max(reach[s], size);
            }
        }
        return IntStream.range(0, reach.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer s) -> -reach[s]))
                .toList();
    }

    int flat(Plotted.Slice slice, int s, int repeat, int x) {
        return slice.offset() + (s * repeatCount() + repeat) * along.size() + x;
    }

    /** The mean over seeds at one place; NaN where no seed has a number. */
    double mean(Plotted.Slice slice, int s, int x) {
        double sum = 0;
        int n = 0;
        for (int repeat = 0; repeat < repeatCount(); repeat++) {
            double value = plotted.values()[flat(slice, s, repeat, x)];
            if (!Double.isNaN(value)) {
                sum += value;
                n++;
            }
        }
        return n == 0 ? Double.NaN : sum / n;
    }

    /** "0.93, mean of 3 seeds (0.91, 0.93, 0.95)"; of many repeats the least and the largest. */
    String said(Plotted.Slice slice, int s, int x) {
        double[] values = IntStream.range(0, repeatCount())
                .mapToDouble(repeat -> plotted.values()[flat(slice, s, repeat, x)])
                .toArray();
        double[] sorted =
                Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        String single = values.length <= MOST_SAID || sorted.length == 0
                ? Arrays.stream(values).mapToObj(Numbers::show).collect(Collectors.joining(", "))
                : Numbers.show(sorted[0]) + " to " + Numbers.show(sorted[sorted.length - 1]);
        return Numbers.show(mean(slice, s, x)) + ", mean of " + repeatWords() + " (" + single + ")";
    }

    String seriesName(int s) {
        return series == null ? "" : Plotted.named(series, s);
    }

    double[] range(boolean withZero) {
        return range(plotted, withZero);
    }

    /** The range of all numbers and interval ends, with the chance level where there is one. */
    static double[] range(Plotted plotted, boolean withZero) {
        double low = withZero ? 0 : Double.POSITIVE_INFINITY;
        double high = withZero ? 0 : Double.NEGATIVE_INFINITY;
        for (double[] values : new double[] @Nullable [] {plotted.values(), plotted.low(), plotted.high()}) {
            if (values == null) {
                continue;
            }
            for (double value : values) {
                if (Double.isFinite(value)) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
        }
        NullBand chance = ChanceMarks.shown(plotted.quantity());
        if (chance != null) {
            for (double edge : chance.edges()) {
                low = Math.min(low, edge);
                high = Math.max(high, edge);
            }
        }
        if (low >= 0 && low < 0.35 * high) {
            low = 0;
        }
        return new double[] {low, high};
    }
}
