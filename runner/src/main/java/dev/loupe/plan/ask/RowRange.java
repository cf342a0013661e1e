package dev.loupe.plan.ask;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of one length that are run together.
 *
 * @param bucket of which length
 * @param from the first row in the order of the bucket
 * @param to the row after the last
 */
public record RowRange(int bucket, int from, int to) {
    /** All rows of a set, at most so many together. */
    public static List<RowRange> of(RowsRef rows, int together) {
        List<RowRange> ranges = new ArrayList<>();
        for (int b = 0; b < rows.buckets().size(); b++) {
            int n = rows.buckets().get(b).rows();
            for (int from = 0; from < n; from += together) {
                ranges.add(new RowRange(b, from, Math.min(n, from + together)));
            }
        }
        return ranges;
    }
}
