package dev.loupe.plan.edit;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ask.ModelShape;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** What an edit writes. Each kind says what it needs; how it is made is the executor's affair. */
public sealed interface EditValue
        permits EditValue.Zero,
                EditValue.MeanOf,
                EditValue.FromRun,
                DirectionEdit,
                WithinDirection,
                RecordedCell,
                AddedNoise,
                EmbeddingOf,
                WithoutDimensions,
                WithoutFrequencies,
                IncomingEdges {
    /** Steps whose value for all rows it needs. */
    default List<Integer> summaries() {
        return List.of();
    }

    /** The forward pass whose activations it reads, -1 for none. */
    default int run() {
        return -1;
    }

    /** Which of that run's activations: the one at the edit's own point, if nothing else is said. */
    default List<HookPoint> reads(HookPoint at) {
        return List.of(at);
    }

    /** Activations of the edited run itself, from before the edit's point, that it reads. */
    default List<HookPoint> own() {
        return List.of();
    }

    /** Every step that it needs. */
    default List<Integer> inputs() {
        return run() < 0
                ? summaries()
                : java.util.stream.Stream.concat(summaries().stream(), java.util.stream.Stream.of(run()))
                        .toList();
    }

    /** The names of the dataset that it uses. */
    default List<String> names() {
        return List.of();
    }

    /** Whether an edit at a position writes there and nowhere else, from values of that position. */
    boolean local();

    /** Operations of the matrix products that it adds on one row of so many tokens. */
    long flops(HookPoint at, ModelShape shape, long length);

    /** The same value with every id renamed. */
    EditValue renamed(IntUnaryOperator names);

    <R> R accept(Visitor<R> visitor);

    /** Something to do for each kind of value. */
    interface Visitor<R> {
        R zero(Zero value);

        R mean(MeanOf value);

        R fromRun(FromRun value);

        R direction(DirectionEdit value);

        R within(WithinDirection value);

        R recorded(RecordedCell value);

        R noise(AddedNoise value);

        R embedding(EmbeddingOf value);

        R without(WithoutDimensions value);

        R frequencies(WithoutFrequencies value);

        R edges(IncomingEdges value);
    }

    /** Zero. */
    record Zero() implements EditValue {
        @Override
        public Zero renamed(IntUnaryOperator names) {
            return this;
        }

        @Override
        public boolean local() {
            return true;
        }

        @Override
        public long flops(HookPoint at, ModelShape shape, long length) {
            return 0;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.zero(this);
        }

        @Override
        public String toString() {
            return "zero";
        }
    }

    /** The mean over a reference set: the value of a {@code Summarise} step, per position or one for all. */
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
        public boolean local() {
            return true;
        }

        @Override
        public long flops(HookPoint at, ModelShape shape, long length) {
            return 0;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.mean(this);
        }

        @Override
        public String toString() {
            return "mean #" + summary;
        }
    }

    /**
     * The same activation of the aligned row in another run of a single cell: a patch, or a resample when that run's rows
     * are permuted.
     */
    record FromRun(int forward) implements EditValue {
        @Override
        public int run() {
            return forward;
        }

        @Override
        public FromRun renamed(IntUnaryOperator names) {
            return new FromRun(names.applyAsInt(forward));
        }

        @Override
        public boolean local() {
            return true;
        }

        @Override
        public long flops(HookPoint at, ModelShape shape, long length) {
            return 0;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.fromRun(this);
        }

        @Override
        public String toString() {
            return "from #" + forward;
        }
    }
}
