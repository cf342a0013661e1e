package dev.loupe.execute.batch;

import dev.loupe.hook.HookPoint;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.Part;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.metric.reading.Summary;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.RowReader;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.Readout;
import dev.loupe.plan.edit.Cell;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What reads the batches of a pass. */
public abstract sealed class Reader {
    private final int id;
    private final List<Integer> forwards;
    private final Readout readout;

    private Reader(RowReader step) {
        this.id = step.id();
        this.forwards = step.forwards();
        this.readout = step.reading();
    }

    public static Reader of(RowReader step, ExecutionPlan plan, int rows) {
        if (step instanceof ReadRows collect) {
            Forward first = plan.forward(collect.forwards().get(0));
            int cell = first.cells().get(0).index();
            long samples = first.cells().stream().filter(c -> c.index() == cell).count();
            return new Rows(collect, first, rows, (int) samples);
        }
        if (step instanceof Summarise summarise && summarise.reading() instanceof Summary<?> summary) {
            return new Fold<>(summarise, summary);
        }
        throw new IllegalStateException(step.describe() + " reads no rows");
    }

    /** A reader for a machine that makes shards for another: it gives parts and puts nothing together. */
    public static Reader apart(RowReader step) {
        return new Apart(step);
    }

    /** Whether what shards of a step give is kept, so that other machines can make them. */
    public static boolean givesParts(RowReader step) {
        return !(step.reading() instanceof Summary<?> summary) || summary.keepsParts();
    }

    public int id() {
        return id;
    }

    Readout readout() {
        return readout;
    }

    /** The activations that it reads of a model of this shape. */
    public List<HookPoint> captures(ModelShape shape) {
        return readout.captures(shape);
    }

    /** Whether it reads logits. */
    public boolean logits() {
        return readout.logits().wanted();
    }

    public boolean reads(int forward) {
        return forwards.contains(forward);
    }

    /** Whether it reads logits of a model of this shape, and no activations. */
    public boolean logitsAlone(ModelShape shape) {
        return logits() && captures(shape).isEmpty();
    }

    /** Which of the runs that it reads this is; -1 for none. */
    public int place(int forward) {
        return forwards.indexOf(forward);
    }

    /** Reads and takes a batch that holds {@code which} rows once per cell; null where what it gave is not worth keeping. */
    public abstract @Nullable Part read(Batch batch, List<Cell> cells, int[] which);

    /** Takes what a batch of the same rows and cells gave before. */
    public abstract void take(Part part, List<Cell> cells, int[] which);

    public abstract StepValue finish();

    public abstract String label();

    /** Whether further rows would change nothing. */
    public boolean satisfied() {
        return false;
    }

    /** Puts the values of rows and cells into one table: exact, whatever the batches were. */
    private static final class Rows extends Reader {
        private final RowReading reading;
        private final List<Axis> axes;
        private final int inner;
        private final int cells;
        private final int rows;
        private final double samples;
        private final double[] numerator;
        private final double[] denominator;

        /** @param samples how often each cell runs */
        Rows(ReadRows collect, Forward forward, int rows, int samples) {
            super(collect);
            this.reading = (RowReading) collect.reading();
            List<Axis> own = reading.axesPerRow(forward.model().shape(), forward.rows());
            this.axes = new ArrayList<>(collect.sweep());
            // Parts such as `score` come first, then the sweep: [metric, layer, head].
            boolean parted = !own.isEmpty() && !collect.sweep().isEmpty();
            if (parted) {
                axes.addAll(0, own);
            } else {
                axes.addAll(own);
            }
            this.inner = NamedArray.sizeOf(own);
            this.cells = NamedArray.sizeOf(collect.sweep());
            this.rows = rows;
            this.samples = samples;
            this.numerator = new double[Math.multiplyExact(rows, cells * inner)];
            this.denominator = new double[numerator.length];
            for (int absent : collect.absent()) {
                for (int i = absent; i < denominator.length; i += cells) {
                    denominator[i] = samples;
                }
            }
        }

        @Override
        public Part read(Batch batch, List<Cell> some, int[] which) {
            RowValues values = reading.read(batch);
            Part part = new Part(List.of(values.numerator(), values.denominator()));
            take(part, some, which);
            return part;
        }

        @Override
        public void take(Part part, List<Cell> some, int[] which) {
            double[] sums = part.numbers().get(0);
            double[] counts = part.numbers().get(1);
            for (int c = 0; c < some.size(); c++) {
                for (int r = 0; r < which.length; r++) {
                    int from = (c * which.length + r) * inner;
                    for (int i = 0; i < inner; i++) {
                        int to = (which[r] * inner + i) * cells + some.get(c).index();
                        numerator[to] += sums[from + i];
                        denominator[to] += counts[from + i];
                    }
                }
            }
        }

        @Override
        public StepValue finish() {
            // Divided at the end, so that counts stay whole numbers.
            for (int i = 0; samples > 1 && i < numerator.length; i++) {
                numerator[i] /= samples;
                denominator[i] /= samples;
            }
            return new StepValue.Table(reading.whole(new RowTable(axes, rows, numerator, denominator)));
        }

        @Override
        public String label() {
            return reading.label();
        }
    }

    private static final class Fold<P> extends Reader {
        private final Summary<P> summary;
        private @Nullable P whole;

        Fold(Summarise step, Summary<P> summary) {
            super(step);
            this.summary = summary;
        }

        @Override
        @Nullable
        public Part read(Batch batch, List<Cell> cells, int[] which) {
            if (satisfied()) {
                return null;
            }
            P part = summary.part(batch, which);
            add(part);
            return summary.numbers(part);
        }

        @Override
        public void take(Part part, List<Cell> cells, int[] which) {
            if (!satisfied()) {
                add(summary.restored(part));
            }
        }

        private void add(P part) {
            P before = whole;
            whole = before == null ? part : summary.merge(before, part);
        }

        @Override
        public boolean satisfied() {
            P now = whole;
            return now != null && summary.enough(now);
        }

        @Override
        public StepValue finish() {
            P now = whole;
            if (now == null) {
                throw new IllegalStateException(summary.label() + " saw no rows");
            }
            return summary.finish(now);
        }

        @Override
        public String label() {
            return summary.label();
        }
    }

    private static final class Apart extends Reader {
        Apart(RowReader step) {
            super(step);
        }

        @Override
        public @Nullable Part read(Batch batch, List<Cell> cells, int[] which) {
            Readout reading = readout();
            if (reading instanceof Summary<?> summary) {
                return folded(summary, batch, which);
            }
            RowValues values = ((RowReading) reading).read(batch);
            return new Part(List.of(values.numerator(), values.denominator()));
        }

        private static <P> @Nullable Part folded(Summary<P> summary, Batch batch, int[] which) {
            return summary.numbers(summary.part(batch, which));
        }

        @Override
        public void take(Part part, List<Cell> cells, int[] which) {}

        @Override
        public StepValue finish() {
            throw new IllegalStateException("shards that are made for others are put together there");
        }

        @Override
        public String label() {
            return readout().label();
        }
    }
}
