package dev.loupe.plan;

/** What an edit writes. */
public sealed interface EditValue {
    /** Zero. */
    record Zero() implements EditValue {
        @Override
        public String toString() {
            return "zero";
        }
    }

    /** The mean over a reference set: the value of a {@link Summarise} step, per position or one for all. */
    record MeanOf(int summary) implements EditValue {
        @Override
        public String toString() {
            return "mean #" + summary;
        }
    }

    /** The same activation of the aligned row in another run: a patch, or a resample when that run's rows are permuted. */
    record FromRun(int forward) implements EditValue {
        @Override
        public String toString() {
            return "from #" + forward;
        }
    }
}
