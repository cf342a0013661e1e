package dev.loupe.plan;

import java.util.List;
import java.util.function.IntUnaryOperator;

/** What an edit writes. */
public sealed interface EditValue {
    /** Steps whose value for all rows it needs. */
    default List<Integer> summaries() {
        return List.of();
    }

    /** Every step that it needs. */
    default List<Integer> inputs() {
        return summaries();
    }

    /** The same value with every id renamed. */
    EditValue renamed(IntUnaryOperator names);

    /** Zero. */
    record Zero() implements EditValue {
        @Override
        public Zero renamed(IntUnaryOperator names) {
            return this;
        }

        @Override
        public String toString() {
            return "zero";
        }
    }

    /** The mean over a reference set: the value of a {@link Summarise} step, per position or one for all. */
    record MeanOf(int summary) implements EditValue {
        @Override
        public List<Integer> summaries() {
            return List.of(summary);
        }

        @Override
        public MeanOf renamed(IntUnaryOperator names) {
            return new MeanOf(names.applyAsInt(summary));
        }

        @Override
        public String toString() {
            return "mean #" + summary;
        }
    }

    /** The same activation of the aligned row in another run: a patch, or a resample when that run's rows are permuted. */
    record FromRun(int forward) implements EditValue {
        @Override
        public List<Integer> inputs() {
            return List.of(forward);
        }

        @Override
        public FromRun renamed(IntUnaryOperator names) {
            return new FromRun(names.applyAsInt(forward));
        }

        @Override
        public String toString() {
            return "from #" + forward;
        }
    }

    /**
     * The activation x changed along a direction d, the difference of two means over all positions.
     *
     * @param toward the mean that d points to
     * @param away the mean that d starts from
     * @param coefficient x becomes x + coefficient d; with {@code projectOut} x - (x . d) d / (d . d)
     */
    record Along(int toward, int away, double coefficient, boolean projectOut) implements EditValue {
        @Override
        public List<Integer> summaries() {
            return List.of(toward, away);
        }

        @Override
        public Along renamed(IntUnaryOperator names) {
            return new Along(names.applyAsInt(toward), names.applyAsInt(away), coefficient, projectOut);
        }

        @Override
        public String toString() {
            String direction = "(mean #" + toward + " - mean #" + away + ")";
            return projectOut ? "itself without " + direction : "itself + " + coefficient + " " + direction;
        }
    }
}
