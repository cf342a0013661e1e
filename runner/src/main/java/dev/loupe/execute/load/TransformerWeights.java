package dev.loupe.execute.load;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.weights.TlTensors;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.schema.problem.DidYouMean;
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
        NDArray read = tensor("blocks." + layer + ".mlp." + matrix).transpose();
        String gain = "blocks." + layer + ".ln2.w";
        NDArray scaled = has(gain) ? read.mul(tensor(gain)) : read;
        Normalization norm = config.normalizationType();
        return norm == Normalization.LN || norm == Normalization.LN_PRE
                ? scaled.sub(scaled.mean(new int[] {1}, true))
                : scaled;
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
            NDArray read = config.finalNormalization().centres()
                    ? directions.sub(directions.mean(new int[] {1}, true))
                    : directions;
            read = has("ln_final.w") ? read.mul(tensor("ln_final.w")) : read;
            NDArray output = tensor("unembed.W_U");
            NDArray columns = tokens.length == 0 ? output : output.get(new NDIndex(":, {}", own.create(tokens)));
            return read.matMul(columns.toType(read.getDataType(), false));
        });
    }

    @Override
    public NDArray unembed(NDArray residual) {
        return released(own -> {
            NDArray logits = transformer
                    .forward(ForwardRequest.resume(residual.expandDims(1), config.nLayers()), HookVisitor.none(), own)
                    .logits()
                    .squeeze(1);
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
