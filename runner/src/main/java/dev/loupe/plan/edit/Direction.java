package dev.loupe.plan.edit;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** A direction of an activation's space. */
public sealed interface Direction {
    /** Steps whose value for all rows it needs. */
    default List<Integer> summaries() {
        return List.of();
    }

    Direction renamed(IntUnaryOperator names);

    /** A random direction of the same length. */
    default Direction randomLike(long seed) {
        return new RandomLike(this, seed);
    }

    /**
     * One mean minus another, each as the sum of what its positions add to it.
     *
     * @param toward the mean that it points to [pos, d]
     * @param away the mean that it starts from [pos, d]
     */
    record DifferenceOfMeans(int toward, int away) implements Direction {
        @Override
        public List<Integer> summaries() {
            return List.of(toward, away);
        }

        @Override
        public DifferenceOfMeans renamed(IntUnaryOperator names) {
            return new DifferenceOfMeans(names.applyAsInt(toward), names.applyAsInt(away));
        }

        @Override
        public String toString() {
            return "(mean #" + toward + " - mean #" + away + ")";
        }
    }

    /** A seeded Gaussian direction of the same length as another: the null of any finding about that one. */
    record RandomLike(Direction like, long seed) implements Direction {
        @Override
        public List<Integer> summaries() {
            return like.summaries();
        }

        @Override
        public RandomLike renamed(IntUnaryOperator names) {
            return new RandomLike(like.renamed(names), seed);
        }

        @Override
        public String toString() {
            return "random direction (seed " + seed + ") as long as " + like;
        }
    }

    /**
     * Numbers that another step gives for all rows together: of weights, or of what was measured.
     *
     * @param step a step whose value is numbers with an axis of the direction
     * @param at the place on each of their other axes
     */
    record OfStep(int step, Map<String, Integer> at) implements Direction {
        public OfStep {
            at = Collections.unmodifiableMap(new TreeMap<>(at));
        }

        @Override
        public List<Integer> summaries() {
            return List.of(step);
        }

        @Override
        public OfStep renamed(IntUnaryOperator names) {
            return new OfStep(names.applyAsInt(step), at);
        }

        @Override
        public String toString() {
            return "direction #" + step + (at.isEmpty() ? "" : " " + at);
        }
    }

    /**
     * Another direction at each position, by the value of a label of the rows there. Positions without a value have none, so that
     * whatever is done along it leaves them as they are.
     *
     * @param each one for each value, in the order of the label's names
     */
    record ByLabel(String label, List<Direction> each) implements Direction {
        public ByLabel {
            each = List.copyOf(each);
        }

        @Override
        public List<Integer> summaries() {
            return each.stream()
                    .flatMap(direction -> direction.summaries().stream())
                    .distinct()
                    .toList();
        }

        @Override
        public ByLabel renamed(IntUnaryOperator names) {
            return new ByLabel(
                    label,
                    each.stream().map(direction -> direction.renamed(names)).toList());
        }

        /** A random direction for each value. */
        @Override
        public ByLabel randomLike(long seed) {
            return new ByLabel(
                    label,
                    IntStream.range(0, each.size())
                            .mapToObj(value -> each.get(value).randomLike(seed + value))
                            .toList());
        }

        @Override
        public String toString() {
            return "by `" + label + "` " + each;
        }
    }

    /**
     * Numbers from a file. Equal numbers are equal directions, wherever they lie.
     *
     * @param name for people
     */
    record Given(String name, float[] values) implements Direction {
        public Given {
            values = values.clone();
        }

        @Override
        public float[] values() {
            return values.clone();
        }

        @Override
        public Given renamed(IntUnaryOperator names) {
            return this;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Given given && Arrays.equals(values, given.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        /** With a digest of the numbers, since a plan's text is what names its results. */
        @Override
        public String toString() {
            long digest = 1;
            for (float value : values) {
                digest = digest * 0x9E3779B97F4A7C15L + Float.floatToIntBits(value) + 1;
                digest ^= digest >>> 29;
            }
            return "`" + name + "` [" + Long.toHexString(digest) + "]";
        }
    }
}
