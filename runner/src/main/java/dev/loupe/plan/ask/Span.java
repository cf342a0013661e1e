package dev.loupe.plan.ask;

import java.util.List;

/**
 * Which positions a run computes, bucket by bucket of its rows.
 *
 * @param from the first position that is run, those before it being as in the run that is resumed; empty for 0
 * @param last how many last positions pass the last block, those before them giving keys and values only; empty for all
 */
public record Span(List<Integer> from, List<Integer> last) {
    public static final Span ALL = new Span(List.of(), List.of());

    public Span {
        from = from.stream().allMatch(p -> p == 0) ? List.of() : List.copyOf(from);
        last = List.copyOf(last);
    }

    /** The first position that is run in a bucket. */
    public int from(int bucket) {
        return from.isEmpty() ? 0 : from.get(bucket);
    }

    /** How many positions pass the last block in a bucket of this length. */
    public int last(int bucket, int length) {
        int all = length - from(bucket);
        return last.isEmpty() ? all : Math.min(all, last.get(bucket));
    }

    public Span startingAt(List<Integer> positions) {
        return new Span(positions, last);
    }

    public Span ending(List<Integer> counts) {
        return new Span(from, counts);
    }
}
