package dev.loupe.execute.edit;

import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.edit.Ranking;
import dev.loupe.plan.edit.TopRanked;
import dev.loupe.result.sample.RowTable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Which components a row chooses by its ranking. */
public final class RankedComponents {
    private final Map<Integer, StepValue> done;
    private final Map<Ranking, Map<Integer, int[]>> orders = new HashMap<>();

    /** @param done values of finished steps, among them those that rank */
    public RankedComponents(Map<Integer, StepValue> done) {
        this.done = done;
    }

    /** @param row its number in the dataset */
    public int[] chosen(TopRanked best, int row, int components) {
        int[] order = orders.computeIfAbsent(best.ranking(), k -> new HashMap<>())
                .computeIfAbsent(row, k -> order(best.ranking(), row, components));
        if (best.to() > order.length) {
            throw new IllegalStateException(best + " of " + order.length + " components");
        }
        return Arrays.copyOfRange(order, best.from(), best.to());
    }

    private int[] order(Ranking ranking, int row, int components) {
        if (ranking instanceof Ranking.Random random) {
            return shuffled(random, row, components);
        }
        Ranking.ByStep by = (Ranking.ByStep) ranking;
        if (!(done.get(by.step()) instanceof StepValue.Table table)) {
            throw new IllegalStateException("#" + by.step() + " has no values of single rows");
        }
        int[] order = order(table.table(), row, by, components);
        if (order.length != components) {
            throw new IllegalStateException(by + " ranks " + order.length + " components, not " + components);
        }
        return order;
    }

    /** All components of a row, the best first. */
    public static int[] order(RowTable table, int row, Ranking.ByStep by, int components) {
        int base = row * table.width();
        Comparator<Integer> first = (a, b) -> 0;
        for (int part = by.part(); part >= 0; part--) {
            int from = base + part * components;
            first = first.thenComparing(i -> key(value(table, from + i), by.order()), Comparator.reverseOrder());
        }
        List<Integer> order = IntStream.range(0, components)
                .boxed()
                .sorted(first.thenComparing(Comparator.naturalOrder()))
                .toList();
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    private static double value(RowTable table, int at) {
        return table.denominator()[at] == 0 ? Double.NaN : table.numerator()[at] / table.denominator()[at];
    }

    /** Large where a number comes early; undefined ones come last. */
    private static double key(double value, Ranking.Order order) {
        if (Double.isNaN(value)) {
            return Double.NEGATIVE_INFINITY;
        }
        // Adding 0 makes the two zeros equal.
        return switch (order) {
            case HIGHEST -> value + 0.0;
            case LOWEST -> -value + 0.0;
            case SIZE -> Math.abs(value);
        };
    }

    private static int[] shuffled(Ranking.Random random, int row, int components) {
        // Mixes its seed well, so that neighbouring draws and rows have nothing in common.
        SplittableRandom source =
                new SplittableRandom(random.seed() * 1_000_003 + random.draw() + 0x9E3779B97F4A7C15L * (row + 1L));
        int[] order = IntStream.range(0, components).toArray();
        for (int i = components - 1; i > 0; i--) {
            int j = source.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return order;
    }
}
