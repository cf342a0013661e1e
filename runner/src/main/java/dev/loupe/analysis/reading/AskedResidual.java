package dev.loupe.analysis.reading;

import ai.djl.ndarray.NDArray;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.LogitDirection;
import dev.loupe.metric.reading.LogitsAtPositions;
import dev.loupe.metric.reading.Reduction;
import dev.loupe.metric.reading.TokenSet;
import dev.loupe.plan.ask.ModelShape;
import java.util.ArrayList;
import java.util.List;

/**
 * The residual stream of a batch at its asked positions, and how it makes the difference of the logits of columns
 * {@code answer} and {@code wrong}: of several answers the mean of those that count.
 */
public final class AskedResidual {
    private final Batch batch;
    private final LogitsAtPositions asked;
    private final int[][] right;
    private final int[][] wrong;
    private final LogitDirection direction;
    private final NDArray perScale;
    private final boolean scaled;

    /** @param scaled whether the model has a final normalisation, whose scale the batch keeps */
    public AskedResidual(Batch batch, String at, Reduction how, boolean scaled) {
        this.batch = batch;
        this.scaled = scaled;
        this.asked = batch.asked(at);
        this.right = asked.members(asked.ids(batch.rows(), TokenSet.ANSWER), how);
        this.wrong = asked.members(asked.ids(batch.rows(), TokenSet.WRONG), how);
        this.direction = batch.direction(right, wrong);
        NDArray own = direction.direction();
        this.perScale = scaled ? own.div(pick(HookPoint.of(Site.LN_FINAL_SCALE))) : own;
    }

    public int count() {
        return right.length;
    }

    public int row(int i) {
        return asked.row()[i];
    }

    /** What the unembedding's bias adds [asked]. */
    public float[] constant() {
        return direction.constant();
    }

    /** The logit differences themselves, before a soft-cap of the logits where there is one [asked]. */
    public double[] difference() {
        return made().difference();
    }

    /** How far rounding may move them [asked]. */
    public double[] rounding() {
        return made().rounding();
    }

    private UncappedDifference made() {
        return UncappedDifference.of(asked, right, wrong, batch.logitSoftCap());
    }

    /** What an activation with the axes of the residual stream adds to the difference [asked]. */
    public float[] part(HookPoint point) {
        return pick(point).mul(perScale).sum(new int[] {1}).toFloatArray();
    }

    /** The difference that a residual stream holds under the scale that the final normalisation gives it itself [asked]. */
    public float[] lens(HookPoint point) {
        NDArray residual = pick(point);
        NDArray read = residual.mul(direction.direction()).sum(new int[] {1}, true);
        return (scaled ? read.div(batch.finalScale(residual)) : read).toFloatArray();
    }

    /** What each head of a layer adds [asked, head]; the output bias is not in it. */
    public float[] heads(int layer) {
        NDArray z = pick(HookPoint.of(Site.Z, layer));
        NDArray directions = before("ln1_post", Site.LN1_POST_SCALE, layer);
        return z.mul(batch.throughHeads(layer, directions)).sum(new int[] {2}).toFloatArray();
    }

    /** What each neuron of a layer adds [asked, neuron]; the MLP's output bias is not in it. */
    public float[] neurons(int layer) {
        NDArray post = pick(HookPoint.of(Site.MLP_POST, layer));
        NDArray directions = before("ln2_post", Site.LN2_POST_SCALE, layer);
        return post.mul(batch.throughNeurons(layer, directions)).toFloatArray();
    }

    /** What each feature of the dictionary of a layer adds [asked, feature]. */
    public float[] features(int layer) {
        NDArray active = pick(HookPoint.of(Site.FEATURES, layer));
        return active.mul(batch.throughFeatures(layer, perScale)).toFloatArray();
    }

    /** What the bias of the decoder of that dictionary adds [asked]. */
    public float[] dictionaryBias(int layer) {
        return batch.ofDictionaryBias(layer, perScale).toFloatArray();
    }

    /** What attention's output bias adds, and the bias of a norm on attention's output [asked]. */
    public float[] attentionBias(int layer) {
        return biases(layer, "attn.b_O", "ln1_post", Site.LN1_POST_SCALE);
    }

    /** The same of a layer's MLP [asked]. */
    public float[] mlpBias(int layer) {
        return biases(layer, "mlp.b_out", "ln2_post", Site.LN2_POST_SCALE);
    }

    private float[] biases(int layer, String written, String norm, Site scale) {
        String at = "blocks." + layer + ".";
        NDArray out = batch.ofBias(at + written, before(norm, scale, layer));
        return out.add(batch.ofBias(at + norm + ".b", perScale)).toFloatArray();
    }

    /** The points that are read where norms stand on what attention or MLPs write: their scales. */
    public static List<HookPoint> outputScales(ModelShape shape, Site scale) {
        List<HookPoint> points = new ArrayList<>();
        for (int layer = 0; layer < shape.layers() && shape.outputNorms(); layer++) {
            points.add(HookPoint.of(scale, layer));
        }
        return points;
    }

    /** The directions of {@link #perScale} before the norm on what attention or the MLP of a layer writes, its scale held. */
    private NDArray before(String norm, Site scale, int layer) {
        return batch.shape().outputNorms()
                ? batch.throughNorm("blocks." + layer + "." + norm, perScale).div(pick(HookPoint.of(scale, layer)))
                : perScale;
    }

    /** [asked, ...] of an activation [row, pos, ...]. */
    private NDArray pick(HookPoint point) {
        NDArray value = batch.at(point);
        long[] shape = value.getShape().getShape();
        long[] flat = new long[right.length];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = asked.row()[i] * shape[1] + asked.pos()[i];
        }
        long[] merged = new long[shape.length - 1];
        merged[0] = -1;
        System.arraycopy(shape, 2, merged, 1, merged.length - 1);
        return value.reshape(merged).get(batch.manager().create(flat));
    }
}
