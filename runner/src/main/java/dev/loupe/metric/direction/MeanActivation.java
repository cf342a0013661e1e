package dev.loupe.metric.direction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.Part;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.metric.reading.Summary;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The mean activation at a point over all rows. Rows may differ in length: position p is the mean over rows that have it.
 *
 * @param form what is kept of it
 * @param over the positions that are averaged over
 */
public record MeanActivation(HookPoint point, Form form, AveragedOver over) implements Summary<MeanActivation.Sum> {
    /** What is kept of a mean. */
    public enum Form {
        /** A mean for each position [pos, ...]. */
        EACH_POSITION,
        /** One mean over all positions [1, ...]. */
        ONE,
        /** What each position adds to the one mean [pos, ...]: the sum over positions is that mean. */
        PARTS
    }

    /** Over all positions. */
    public MeanActivation(HookPoint point, Form form) {
        this(point, form, AveragedOver.ALL);
    }

    /**
     * Sums of a few batches.
     *
     * @param rest elements per position
     * @param restShape their axes
     * @param sum [pos, rest], in double so that the order of magnitude of the row count does not cost digits
     * @param count rows that have the position [pos]
     */
    public record Sum(long[] restShape, int rest, double[] sum, long[] count) {}

    @Override
    public Sum part(Batch batch, int[] which) {
        NDArray value = batch.at(point);
        long[] count = new long[(int) value.getShape().get(1)];
        if (over.all()) {
            java.util.Arrays.fill(count, value.getShape().get(0));
        } else {
            value = value.mul(kept(batch, value.getShape(), count));
        }
        long[] shape = value.getShape().getShape();
        int length = (int) shape[1];
        int rest = (int) (value.size() / shape[0] / length);
        float[] sums = value.sum(new int[] {0}).toFloatArray();
        double[] sum = new double[sums.length];
        for (int i = 0; i < sums.length; i++) {
            sum[i] = sums[i];
        }
        return new Sum(java.util.Arrays.copyOfRange(shape, 2, shape.length), rest, sum, count);
    }

    /** 1 where a position of a row is averaged over, 0 elsewhere [batch, pos, 1, ...]; counts them by position. */
    private NDArray kept(Batch batch, Shape of, long[] count) {
        int rows = (int) of.get(0);
        float[] mask = new float[rows * count.length];
        for (int row = 0; row < rows; row++) {
            for (int pos = 0; pos < count.length; pos++) {
                if (over.has(batch.rows(), row, pos)) {
                    mask[row * count.length + pos] = 1;
                    count[pos]++;
                }
            }
        }
        long[] shape = of.getShape().clone();
        java.util.Arrays.fill(shape, 2, shape.length, 1);
        return batch.manager().create(mask, new Shape(shape));
    }

    @Override
    public void check(TokenRows rows) {
        if (!over.all()) {
            over.check(rows);
        }
    }

    @Override
    public boolean keepsParts() {
        return true;
    }

    /** A sum of the rows for each position. */
    @Override
    public long partBytes(ModelShape shape, int rows, int all, int length) {
        return Double.BYTES * (shape.elements(point, length) + length);
    }

    @Override
    public Part numbers(Sum part) {
        double[] shape = Arrays.stream(part.restShape()).asDoubleStream().toArray();
        double[] count = Arrays.stream(part.count()).asDoubleStream().toArray();
        return new Part(List.of(shape, part.sum(), count));
    }

    @Override
    public Sum restored(Part numbers) {
        long[] shape = whole(numbers.numbers().get(0));
        int rest = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return new Sum(
                shape, rest, numbers.numbers().get(1), whole(numbers.numbers().get(2)));
    }

    private static long[] whole(double[] numbers) {
        return Arrays.stream(numbers).mapToLong(n -> (long) n).toArray();
    }

    @Override
    public Sum merge(Sum left, Sum right) {
        Sum longer = left.count().length >= right.count().length ? left : right;
        Sum shorter = longer == left ? right : left;
        double[] sum = longer.sum().clone();
        long[] count = longer.count().clone();
        for (int i = 0; i < shorter.sum().length; i++) {
            sum[i] += shorter.sum()[i];
        }
        for (int p = 0; p < shorter.count().length; p++) {
            count[p] += shorter.count()[p];
        }
        return new Sum(longer.restShape(), longer.rest(), sum, count);
    }

    @Override
    public StepValue finish(Sum whole) {
        int rest = whole.rest();
        int length = whole.count().length;
        int kept = form == Form.ONE ? 1 : length;
        double[] sum = new double[kept * rest];
        long[] count = new long[kept];
        for (int p = 0; p < length; p++) {
            int to = form == Form.ONE ? 0 : p;
            count[to] += whole.count()[p];
            for (int i = 0; i < rest; i++) {
                sum[to * rest + i] += whole.sum()[p * rest + i];
            }
        }
        long all = LongStream.of(count).sum();
        float[] mean = new float[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / (form == Form.PARTS ? all : count[i / rest]));
        }
        long[] shape = new long[whole.restShape().length + 1];
        shape[0] = kept;
        System.arraycopy(whole.restShape(), 0, shape, 1, whole.restShape().length);
        return new StepValue.Activation(shape, mean);
    }

    @Override
    public List<HookPoint> captures(ModelShape shape) {
        return List.of(point);
    }

    @Override
    public LogitsRead logits() {
        return LogitsRead.NONE;
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return List.of();
    }

    @Override
    public String label() {
        return "mean of " + point.name()
                + switch (form) {
                    case EACH_POSITION -> " per position";
                    case ONE -> "";
                    case PARTS -> " by position";
                }
                + over.describe();
    }
}
