package dev.loupe.plan.ask;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The rows of a dataset as a plan sees them: how many of which length, and what they are by content.
 *
 * @param name the dataset's name in the spec
 * @param identity hash of the rows' content
 * @param alignment rows of equal alignment pair up one by one (clean and corrupted prompts, permuted rows)
 * @param buckets rows grouped by length, each length once, in ascending order; a batch never mixes lengths
 * @param labels the names of the values of every label of the tokens, by the label's name
 */
public record RowsRef(
        String name, String identity, String alignment, List<Bucket> buckets, Map<String, List<String>> labels) {
    /** What follows the name of a paired dataset to mean the corrupted counterparts of its rows. */
    public static final String CORRUPTED = "/corrupted";

    public RowsRef {
        buckets = List.copyOf(buckets);
        labels = Map.copyOf(labels);
    }

    /** Rows whose tokens have no labels. */
    public RowsRef(String name, String identity, String alignment, List<Bucket> buckets) {
        this(name, identity, alignment, buckets, Map.of());
    }

    /**
     * The names of the values of a label.
     *
     * @throws IllegalArgumentException where the rows have no such label, or one whose values have no names
     */
    public List<String> values(String label) {
        List<String> values = labels.get(label);
        if (values == null) {
            throw new IllegalArgumentException("the dataset `" + name + "` has no label `" + label + "`"
                    + (labels.isEmpty()
                            ? ": its tokens have no labels"
                            : "; it has " + String.join(", ", new TreeSet<>(labels.keySet()))));
        }
        if (values.isEmpty()) {
            throw new IllegalArgumentException("label `" + label + "` of dataset `" + name
                    + "` has no values to tell apart: it points to positions, or no token has it");
        }
        return values;
    }

    /**
     * {@code rows} rows of {@code length} tokens.
     *
     * @param prefixes a hash of the first token of every row, of the first two, and so on: two aligned sets whose hashes are
     *     equal up to some position have the same tokens up to there. Empty where it is not known
     * @param places where the named positions and position classes lie in these rows; none where it is not known
     */
    public record Bucket(int length, int rows, List<Long> prefixes, Map<String, Places> places) {
        public Bucket {
            prefixes = List.copyOf(prefixes);
            places = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(places));
        }

        /** Rows of which nothing else is known. */
        public Bucket(int length, int rows) {
            this(length, rows, List.of(), Map.of());
        }

        /** The lowest position of a name in any row; 0 where it is not known. */
        public int first(String name) {
            Places known = places.get(name);
            return known == null ? 0 : Math.min(known.first(), length - 1);
        }

        /** The most positions of a name that ask for a token in one row; all where it is not known. */
        public int widest(String name) {
            Places known = places.get(name);
            return known == null ? length : known.widest();
        }

        /** How many tokens every row has in common with the row that it pairs up with in another set. */
        public int shared(Bucket other) {
            int n = 0;
            while (n < Math.min(prefixes.size(), other.prefixes.size())
                    && prefixes.get(n).equals(other.prefixes.get(n))) {
                n++;
            }
            return n;
        }
    }

    /**
     * Where a named position or a position class lies in the rows of a bucket.
     *
     * @param first the lowest position in any row, the length where there is none
     * @param widest the most positions that one row has and that a token is asked at
     */
    public record Places(int first, int widest) {}

    /** Whether there are as many rows of each length as in another set. */
    public boolean sameSizes(RowsRef other) {
        return sizes().equals(other.sizes());
    }

    private List<List<Integer>> sizes() {
        return buckets.stream().map(b -> List.of(b.length(), b.rows())).toList();
    }

    public int rows() {
        return buckets.stream().mapToInt(Bucket::rows).sum();
    }

    public long tokens() {
        return buckets.stream().mapToLong(b -> (long) b.rows() * b.length()).sum();
    }

    /** As many rows of one length, of which nothing else is known: what a run of some of its rows costs. */
    public RowsRef uniform(int length, int rows) {
        return new RowsRef(name, identity, alignment, List.of(new Bucket(length, rows)));
    }

    public int longest() {
        return buckets.stream().mapToInt(Bucket::length).max().orElse(0);
    }
}
