package dev.loupe.plan;

import java.util.List;

/**
 * The rows of a dataset as a plan sees them: how many of which length, and what they are by content.
 *
 * @param name the dataset's name in the spec
 * @param identity hash of the rows' content
 * @param alignment rows of equal alignment pair up one by one (clean and corrupted prompts, permuted rows)
 * @param buckets rows grouped by length, each length once, in ascending order; a batch never mixes lengths
 */
public record RowsRef(String name, String identity, String alignment, List<Bucket> buckets) {
    /** What follows the name of a paired dataset to mean the corrupted counterparts of its rows. */
    public static final String CORRUPTED = "/corrupted";

    public RowsRef {
        buckets = List.copyOf(buckets);
    }

    /** {@code rows} rows of {@code length} tokens. */
    public record Bucket(int length, int rows) {}

    public int rows() {
        return buckets.stream().mapToInt(Bucket::rows).sum();
    }

    public long tokens() {
        return buckets.stream().mapToLong(b -> (long) b.rows() * b.length()).sum();
    }

    public int longest() {
        return buckets.stream().mapToInt(Bucket::length).max().orElse(0);
    }
}
