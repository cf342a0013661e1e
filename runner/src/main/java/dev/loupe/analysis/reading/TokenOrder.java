package dev.loupe.analysis.reading;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The ends of a list by a number: of a vocabulary, of the neurons of a layer. */
public final class TokenOrder {
    private TokenOrder() {}

    /** Places (ids) of the {@code count} highest numbers, highest first; of equals the lower id first, undefined ones left out. */
    public static List<Integer> highest(double[] values, int count) {
        int[] best = new int[Math.min(count, values.length)];
        int found = 0;
        for (int i = 0; i < values.length; i++) {
            // A later id is kept only where it is above the last of those that are kept: undefined numbers never are.
            boolean more =
                    found < best.length ? !Double.isNaN(values[i]) : found > 0 && values[i] > values[best[found - 1]];
            if (more) {
                int at = found < best.length ? found++ : found - 1;
                while (at > 0 && values[best[at - 1]] < values[i]) {
                    best[at] = best[at - 1];
                    at--;
                }
                best[at] = i;
            }
        }
        return Arrays.stream(best, 0, found).boxed().toList();
    }

    /** The lowest, lowest first. */
    public static List<Integer> lowest(double[] values, int count) {
        return highest(
                IntStream.range(0, values.length).mapToDouble(i -> -values[i]).toArray(), count);
    }
}
