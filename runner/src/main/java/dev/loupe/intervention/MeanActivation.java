package dev.loupe.intervention;

import ai.djl.ndarray.NDArray;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.Batch;
import dev.loupe.metric.StepValue;
import dev.loupe.metric.Summary;
import dev.loupe.plan.LogitsRead;
import dev.loupe.plan.ModelShape;
import dev.loupe.result.Axis;
import java.util.List;

/**
 * The mean activation at a point over all rows. Rows may differ in length: position p is the mean over rows that have it.
 *
 * @param perPosition a mean for each position, otherwise one over all positions
 */
public record MeanActivation(HookPoint point, boolean perPosition) implements Summary<MeanActivation.Sum> {
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
    public Sum part(Batch batch) {
        NDArray value = batch.at(point);
        long[] shape = value.getShape().getShape();
        int length = (int) shape[1];
        int rest = (int) (value.size() / shape[0] / length);
        float[] sums = value.sum(new int[] {0}).toFloatArray();
        double[] sum = new double[sums.length];
        for (int i = 0; i < sums.length; i++) {
            sum[i] = sums[i];
        }
        long[] count = new long[length];
        java.util.Arrays.fill(count, shape[0]);
        return new Sum(java.util.Arrays.copyOfRange(shape, 2, shape.length), rest, sum, count);
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
        int kept = perPosition ? length : 1;
        double[] sum = new double[kept * rest];
        long[] count = new long[kept];
        for (int p = 0; p < length; p++) {
            int to = perPosition ? p : 0;
            count[to] += whole.count()[p];
            for (int i = 0; i < rest; i++) {
                sum[to * rest + i] += whole.sum()[p * rest + i];
            }
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / count[i / rest]);
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
        return "mean of " + point.name() + (perPosition ? " per position" : "");
    }
}
