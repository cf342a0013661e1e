package dev.loupe.execute.load;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.QkNorm;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.dictionary.Dictionary;
import dev.loupe.model.forward.Captures;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.Ops;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.weights.TlTensors;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.schema.problem.DidYouMean;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A transformer's weights under TransformerLens' names: views of what the forward pass reads, so nothing is read twice. */
final class TransformerWeights implements WeightAccess {
    /** Tokens in one pass: what the MLP makes of a whole vocabulary at once would be several times the model. */
    static final int AT_ONCE = 2048;

    private final ModelShape shape;
    private final TransformerConfig config;
    private final Transformer transformer;
    private final NDManager scope;
    private final Map<String, long[]> shapes;

    TransformerWeights(ModelShape shape, Transformer transformer, NDManager scope) {
        this.shape = shape;
        this.transformer = transformer;
        this.config = transformer.config();
        this.scope = scope;
        this.shapes = TlTensors.of(transformer.config());
    }

    @Override
    public ModelShape shape() {
        return shape;
    }

    @Override
    public NDArray tensor(String name) {
        if (!shapes.containsKey(name)) {
            String near = DidYouMean.to(name, shapes.keySet());
            throw new IllegalArgumentException("this model has no weights `" + name + "`"
                    + (near == null ? "" : "; did you mean `" + near + "`?"));
        }
        return transformer.parameters().tl(name, scope);
    }

    @Override
    public boolean has(String name) {
        return shapes.containsKey(name);
    }

    @Override
    public NDArray perHead(int layer, String matrix) {
        NDArray heads = tensor("blocks." + layer + ".attn." + matrix);
        int group = config.nHeads() / config.nKeyValueHeads();
        boolean shared = matrix.equals("W_K") || matrix.equals("W_V");
        return shared && group > 1 ? heads.repeat(0, group) : heads;
    }

    @Override
    public NDArray inCircuit(int layer, String matrix) {
        NDArray heads = perHead(layer, matrix);
        if (matrix.equals("W_O")) {
            return throughNorm("blocks." + layer + ".ln1_post.w", heads);
        }
        return matrix.equals("W_V") || config.qkNorm().isNone()
                ? heads
                : heads.mul(headGain(layer, matrix).expandDims(1));
    }

    /** [head or 1, d_head], repeated for grouped queries. */
    private NDArray headGain(int layer, String matrix) {
        boolean queries = matrix.equals("W_Q");
        NDArray gain = tensor("blocks." + layer + ".attn." + (queries ? "q_norm.w" : "k_norm.w"))
                .reshape(-1, config.dHead());
        int group = config.nHeads() / config.nKeyValueHeads();
        return queries || gain.getShape().get(0) == 1 || group == 1 ? gain : gain.repeat(0, group);
    }

    @Override
    public NDArray asked(int layer, int head, String matrix, NDArray input) {
        NDArray own = input.matMul(perHead(layer, matrix).get(head));
        if (config.qkNorm().isNone()) {
            return own;
        }
        // [head, n, d_head]: a norm over the whole projection takes every head, each key head once.
        NDArray all = config.qkNorm() == QkNorm.HEAD
                ? own.expandDims(0)
                : input.expandDims(0).matMul(tensor("blocks." + layer + ".attn." + matrix));
        NDArray scale =
                all.square().mean(new int[] {0, 2}).add(config.eps()).sqrt().expandDims(1);
        NDArray gain = headGain(layer, matrix);
        return own.div(scale).mul(gain.get(gain.getShape().get(0) == 1 ? 0 : head));
    }

    @Override
    public NDArray writtenByNeurons(int layer) {
        return throughNorm("blocks." + layer + ".ln2_post.w", tensor("blocks." + layer + ".mlp.W_out"));
    }

    @Override
    public NDArray writtenByFeatures(int layer) {
        Dictionary dictionary = transformer.dictionary(layer);
        NDArray rows = Ops.alias(dictionary.decoder(), scope);
        String at = "blocks." + layer + ".";
        return switch (dictionary.config().writes().site()) {
            case MLP_POST -> throughNorm(at + "ln2_post.w", rows.matMul(tensor(at + "mlp.W_out")));
            case Z ->
                throughNorm(
                        at + "ln1_post.w", rows.matMul(tensor(at + "attn.W_O").reshape(-1, config.dModel())));
            default -> rows;
        };
    }

    @Override
    public NDArray readOfNeurons(int layer) {
        return centred(writtenByNeurons(layer), config.inputNormalization());
    }

    /** What is written [..., d_model] after a norm on the sum of all that is written, whose scale is 1; itself without one. */
    private NDArray throughNorm(String gain, NDArray written) {
        if (!has(gain)) {
            return written;
        }
        return centred(written, config.outputNormalization()).mul(tensor(gain));
    }

    /** Vectors [..., d_model] without their means, where the norm subtracts these. */
    private static NDArray centred(NDArray vectors, Normalization norm) {
        int last = vectors.getShape().dimension() - 1;
        return norm.centres() ? vectors.sub(vectors.mean(new int[] {last}, true)) : vectors;
    }

    @Override
    public double scoreDivisor(int layer) {
        return config.scoreDivisor(layer);
    }

    /** The model's own blocks compute it: block 0 with its attention output replaced by zeros. */
    @Override
    public NDArray effectiveEmbedding(NDArray ids) {
        if (config.attnOnly() || config.nLayers() == 0) {
            return tensor("embed.W_E").get(ids);
        }
        HookPoint attention = HookPoint.of(Site.ATTN_OUT, 0);
        HookVisitor silence = new HookVisitor() {
            @Override
            public boolean wants(HookPoint point) {
                return point.equals(attention);
            }

            @Override
            public NDArray visit(HookPoint point, NDArray value) {
                return value.zerosLike();
            }
        };
        return byRows(ids.size(), (from, to, part) -> {
            NDArray some = ids.get(part, new NDIndex().addSliceDim(from, to));
            NDArray tokens = transformer.parameters().tl("embed.W_E", part).get(some);
            return transformer
                    .forward(ForwardRequest.resume(tokens.expandDims(1), 0).stopBefore(1), silence, part)
                    .residual();
        });
    }

    @Override
    public NDArray readByNeurons(int layer, String matrix) {
        return throughInputNorm(
                layer, tensor("blocks." + layer + ".mlp." + matrix).transpose());
    }

    @Override
    public NDArray readByNeurons(int layer, String matrix, long[] neurons) {
        NDArray all = tensor("blocks." + layer + ".mlp." + matrix).transpose();
        return throughInputNorm(layer, all.get(scope.create(neurons)));
    }

    /** What is read [neuron, d_model] of a residual stream through the norm before the MLP, whose scale is 1. */
    private NDArray throughInputNorm(int layer, NDArray read) {
        String gain = "blocks." + layer + ".ln2.w";
        NDArray scaled = has(gain) ? read.mul(tensor(gain)) : read;
        return centred(scaled, config.inputNormalization());
    }

    @Override
    public NDArray beforeAttention(int layer, NDArray residual) {
        return byRows(residual.getShape().get(0), (from, to, part) -> {
            NDArray some = residual.get(part, new NDIndex().addSliceDim(from, to));
            return transformer.attentionInput(layer, some.expandDims(1), part);
        });
    }

    /** Some rows [row, 1, d_model] of a value, owned by a manager that lives until they are copied. */
    private interface Rows {
        NDArray of(long from, long to, NDManager part);
    }

    /** [row, d_model], made by a few rows at a time. */
    private NDArray byRows(long count, Rows rows) {
        NDArray all = scope.create(new Shape(count, config.dModel()));
        for (long from = 0; from < count; from += AT_ONCE) {
            long to = Math.min(count, from + AT_ONCE);
            try (NDManager part = scope.newSubManager()) {
                all.set(
                        new NDIndex().addSliceDim(from, to),
                        rows.of(from, to, part).squeeze(1));
            }
        }
        return all;
    }

    @Override
    public NDArray written(NDArray directions, int[] tokens) {
        return released(own -> {
            NDArray read = centred(directions, config.finalNormalization());
            read = has("ln_final.w") ? read.mul(tensor("ln_final.w")) : read;
            NDArray output = tensor("unembed.W_U");
            NDArray columns = tokens.length == 0 ? output : output.get(new NDIndex(":, {}", own.create(tokens)));
            return read.matMul(columns.toType(read.getDataType(), false));
        });
    }

    @Override
    public NDArray unembed(NDArray residual) {
        return released(own -> {
            HookPoint uncapped = HookPoint.of(Site.UNEMBED_OUT);
            Captures seen = new Captures(List.of(uncapped), own);
            transformer.forward(ForwardRequest.resume(residual.expandDims(1), config.nLayers()), seen, own);
            NDArray logits = seen.get(uncapped).squeeze(1);
            return shapes.containsKey("unembed.b_U") ? logits.sub(tensor("unembed.b_U")) : logits;
        });
    }

    /** What was made on the way to a value is given back at once, however many heads an analysis goes through. */
    private NDArray released(Function<NDManager, NDArray> work) {
        try (NDManager own = scope.newSubManager()) {
            NDArray out = work.apply(own);
            out.attach(scope);
            return out;
        }
    }
}
