package dev.loupe.execute.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.LogitDirection;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.Ops;
import dev.loupe.model.forward.Parameters;
import dev.loupe.model.forward.TokenModel;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What attribution reads of a model's weights; results live in {@code scope}. */
public record OutputWeights(TokenModel model, NDManager scope) {
    private Parameters parameters() {
        return model.parameters();
    }

    LogitDirection direction(int[][] right, int[][] wrong) {
        TransformerConfig config = parameters().config();
        // [asked, d_model]
        NDArray unembedding = needed("unembed.W_U").transpose();
        unembedding.attach(scope);
        NDArray columns = mean(unembedding, right).sub(mean(unembedding, wrong));
        NDArray biases = needed("unembed.b_U");
        NDArray bias = mean(biases, right).sub(mean(biases, wrong));
        NDArray shift = find("ln_final.b");
        if (shift != null) {
            bias = bias.add(columns.mul(shift).sum(new int[] {1}));
        }
        NDArray gain = find("ln_final.w");
        NDArray direction = gain == null ? columns : columns.mul(gain);
        if (config.finalNormalization().centres()) {
            direction = direction.sub(direction.mean(new int[] {1}, true));
        }
        return new LogitDirection(direction, bias.toFloatArray());
    }

    /**
     * What the end of the model makes of a residual stream, by the model's own last steps.
     *
     * @param residual [row, pos, d_model]
     * @param positions those of each row [row][k]
     * @param scaleOf the residual stream [row, pos, d_model] from which the final normalisation takes its scale; null for its own
     * @return [row, k, d_vocab_out]
     */
    NDArray logits(NDArray residual, int[][] positions, @Nullable NDArray scaleOf) {
        ForwardRequest end =
                ForwardRequest.resume(residual, parameters().config().nLayers()).at(positions);
        HookVisitor visitor = scaleOf == null ? HookVisitor.none() : holding(scale(scaleOf, positions));
        return Objects.requireNonNull(model.forward(end, visitor, scope).logits());
    }

    /** The scales of a residual stream [row, pos, d_model] at some positions of each row [row, k, 1]. */
    private NDArray scale(NDArray residual, int[][] positions) {
        NDArray there = Ops.atPositions(residual, positions, 0, scope)
                .reshape(-1, residual.getShape().get(2));
        return finalScale(there).reshape(positions.length, positions[0].length, 1);
    }

    private static HookVisitor holding(NDArray scale) {
        return new HookVisitor() {
            @Override
            public boolean wants(HookPoint point) {
                return point.site() == Site.LN_FINAL_SCALE;
            }

            @Override
            public NDArray visit(HookPoint point, NDArray value) {
                return scale;
            }
        };
    }

    /** See {@link dev.loupe.metric.reading.Batch#finalScale}. */
    NDArray finalScale(NDArray residual) {
        TransformerConfig config = parameters().config();
        boolean centres = config.finalNormalization().centres();
        NDArray centred = centres ? residual.sub(residual.mean(new int[] {1}, true)) : residual;
        return centred.square().mean(new int[] {1}, true).add(config.eps()).sqrt();
    }

    /** See {@link dev.loupe.metric.reading.Batch#throughNorm}. */
    NDArray throughNorm(String norm, NDArray directions) {
        NDArray gain = find(norm + ".w");
        NDArray out = gain == null ? directions : directions.mul(gain);
        return parameters().config().outputNormalization().centres() ? out.sub(out.mean(new int[] {1}, true)) : out;
    }

    double attentionSoftCap() {
        return parameters().config().attnScoresSoftCap();
    }

    double logitSoftCap() {
        return parameters().config().outputLogitsSoftCap();
    }

    /** See {@link dev.loupe.metric.reading.Batch#withHeadGain}. */
    NDArray withHeadGain(String norm, NDArray heads) {
        NDArray gain = needed(norm + ".w");
        long width = heads.getShape().get(3);
        return heads.mul(
                gain.size() == width ? gain : gain.reshape(heads.getShape().get(2), width));
    }

    /** [n, d_model] to [n, head, d_head]: each direction times the transposed W_O of each head. */
    NDArray throughHeads(int layer, NDArray directions) {
        TransformerConfig config = parameters().config();
        NDArray out = needed("blocks." + layer + ".attn.W_O");
        NDArray transposed = out.reshape(-1, config.dModel()).transpose();
        transposed.attach(scope);
        return directions.matMul(transposed).reshape(-1, config.nHeads(), config.dHead());
    }

    /** See {@link dev.loupe.metric.reading.Batch#asQueries}. */
    NDArray asQueries(int layer, NDArray part) {
        return projected(layer, part, 0, parameters().config().nHeads());
    }

    double attentionScale(int layer) {
        TransformerConfig config = parameters().config();
        return config.attnScale() * (config.scaleAttnByInverseLayerIdx() ? layer + 1 : 1);
    }

    /** See {@link dev.loupe.metric.reading.Batch#asKeys}. */
    NDArray asKeys(int layer, NDArray part) {
        TransformerConfig config = parameters().config();
        return projected(layer, part, config.nHeads(), config.nKeyValueHeads());
    }

    /** @param from the first of the packed heads */
    private NDArray projected(int layer, NDArray part, int from, int count) {
        TransformerConfig config = parameters().config();
        NDArray gain = find("blocks." + layer + ".ln1.w");
        NDArray read = config.inputNormalization().centres() ? part.sub(part.mean(new int[] {2}, true)) : part;
        read = gain == null ? read : read.mul(gain);
        int width = config.dHead();
        NDArray weight =
                needed("blocks." + layer + ".attn.W_QKV").get(":, " + from * width + ":" + (from + count) * width);
        weight.attach(scope);
        return read.matMul(weight)
                .reshape(part.getShape().get(0), part.getShape().get(1), count, width);
    }

    /** [n, d_model] to [n, d_mlp]: each direction times the transposed W_out. */
    NDArray throughNeurons(int layer, NDArray directions) {
        NDArray transposed = needed("blocks." + layer + ".mlp.W_out").transpose();
        transposed.attach(scope);
        return directions.matMul(transposed);
    }

    /** See {@link dev.loupe.metric.reading.Batch#throughFeatures}. */
    NDArray throughFeatures(int layer, NDArray directions) {
        NDArray transposed = model.dictionary(layer).decoder().transpose();
        transposed.attach(scope);
        return directions.matMul(transposed);
    }

    /** See {@link dev.loupe.metric.reading.Batch#ofDictionaryBias}. */
    NDArray ofDictionaryBias(int layer, NDArray directions) {
        return directions.mul(model.dictionary(layer).decoderBias()).sum(new int[] {1});
    }

    /** [n, d_model] to [n]. */
    NDArray ofBias(String bias, NDArray directions) {
        NDArray found = find(bias);
        return found == null
                ? scope.zeros(new Shape(directions.getShape().get(0)))
                : directions.mul(found).sum(new int[] {1});
    }

    /** The mean of some entries of the first axis, for each [n]: one entry after the other, so that no more than [n, ...] is held. */
    private NDArray mean(NDArray from, int[][] ids) {
        int most = Arrays.stream(ids).mapToInt(some -> some.length).max().orElse(1);
        if (most == 1) {
            return picked(from, Arrays.stream(ids).mapToInt(some -> some[0]).toArray());
        }
        long[] shape = from.getShape().getShape();
        shape[0] = ids.length;
        Arrays.fill(shape, 1, shape.length, 1);
        NDArray sum = null;
        for (int i = 0; i < most; i++) {
            int at = i;
            float[] shares = new float[ids.length];
            for (int n = 0; n < ids.length; n++) {
                shares[n] = at < ids[n].length ? 1f / ids[n].length : 0;
            }
            int[] which = Arrays.stream(ids)
                    .mapToInt(some -> some[Math.min(at, some.length - 1)])
                    .toArray();
            NDArray part = picked(from, which).mul(scope.create(shares, new Shape(shape)));
            sum = sum == null ? part : sum.add(part);
        }
        return Objects.requireNonNull(sum);
    }

    private NDArray picked(NDArray from, int[] ids) {
        NDArray out = from.get(scope.create(ids)).toType(DataType.FLOAT32, false);
        out.attach(scope);
        return out;
    }

    private NDArray needed(String name) {
        NDArray found = find(name);
        if (found == null) {
            throw new IllegalStateException("no parameter " + name);
        }
        return found;
    }

    private @Nullable NDArray find(String name) {
        return parameters().arrays().get(name);
    }
}
