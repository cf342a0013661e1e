package dev.loupe.analysis.reading;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** The ends of a vocabulary by a number. */
public final class TokenOrder {
    private TokenOrder() {}

    /** Ids of the {@code count} highest numbers, highest first; of equals the lower id first, undefined ones left out. */
    public static List<Integer> highest(double[] values, int count) {
        // Worst on top, so that it can be thrown out.
        Comparator<Integer> order =
                Comparator.<Integer>comparingDouble(i -> values[i]).thenComparing(Comparator.reverseOrder());
        PriorityQueue<Integer> kept = new PriorityQueue<>(order);
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                kept.add(i);
                if (kept.size() > count) {
                    kept.remove();
                }
            }
        }
        return kept.stream().sorted(order.reversed()).toList();
    }

    /** The lowest, lowest first. */
    public static List<Integer> lowest(double[] values, int count) {
        return highest(
                IntStream.range(0, values.length).mapToDouble(i -> -values[i]).toArray(), count);
    }
}
