package dev.loupe.model.dictionary;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary in memory: features of an activation, and the reconstruction from features. The arithmetic is that of SAELens 6,
 * in float32. Differentiable in the activation and in the features.
 */
public final class Dictionary {
    private final DictionaryConfig config;
    private final Map<String, NDArray> weights = new HashMap<>();
    private final @Nullable NDArray magnitude;
    private final @Nullable NDArray lengths;

    /**
     * @param values row-major by the names of {@link DictionaryKind#tensors}
     * @param manager owns the arrays
     */
    public Dictionary(DictionaryConfig config, Map<String, float[]> values, NDManager manager) {
        this.config = config;
        config.kind()
                .tensors(config.in(), config.features(), config.out())
                .forEach((name, shape) ->
                        weights.put(name, manager.create(Objects.requireNonNull(values.get(name)), new Shape(shape))));
        NDArray gain = weights.get("r_mag");
        this.magnitude = gain == null ? null : weight("W_enc").mul(gain.exp());
        this.lengths = config.rescaled() ? weight("W_dec").norm(new int[] {1}) : null;
    }

    public DictionaryConfig config() {
        return config;
    }

    /** What a feature of activation 1 writes [feature, d_out]; of a dictionary whose reconstruction is scaled back, before that. */
    public NDArray decoder() {
        return lengths == null ? weight("W_dec") : weight("W_dec").div(lengths.expandDims(1));
    }

    /** What is written without any feature [d_out]. */
    public NDArray decoderBias() {
        return weight("b_dec");
    }

    private NDArray weight(String name) {
        return Objects.requireNonNull(weights.get(name), name);
    }

    /**
     * @param x what the dictionary reads [..., d_in]
     */
    public Code code(NDArray x) {
        return new Code(x);
    }

    /** What it makes of one activation. */
    public final class Code {
        private final NDArray x;
        private final NDArray features;
        private @Nullable NDArray mean;
        private @Nullable NDArray scale;

        private Code(NDArray x) {
            this.x = x;
            NDArray scaled = scaled();
            NDArray z = config.centred() ? scaled.sub(weight("b_dec")) : scaled;
            this.features = gated(z);
        }

        /** [..., feature]. */
        public NDArray features() {
            return features;
        }

        /**
         * What the dictionary makes of features of this activation, which may have been changed [..., d_out].
         *
         * @param some [..., feature]
         */
        public NDArray reconstruction(NDArray some) {
            NDArray own = lengths == null ? some : some.div(lengths);
            NDArray y = own.matMul(weight("W_dec")).add(weight("b_dec"));
            if (!config.kind().transcodes()) {
                y = scale == null ? y : y.mul(scale);
                y = mean == null ? y : y.add(mean);
            }
            return config.kind().skips() ? y.add(x.matMul(weight("W_skip").transpose())) : y;
        }

        private NDArray scaled() {
            int last = x.getShape().dimension() - 1;
            switch (config.scale()) {
                case LAYER_NORM -> {
                    NDArray own = x.mean(new int[] {last}, true);
                    NDArray centred = x.sub(own);
                    NDArray deviation = centred.square()
                            .sum(new int[] {last}, true)
                            .div(config.in() - 1)
                            .sqrt();
                    mean = own;
                    scale = deviation;
                    return centred.div(deviation.add(1e-5f));
                }
                case CONSTANT_NORM_RESCALE -> {
                    NDArray length = x.square().sum(new int[] {last}, true).sqrt();
                    scale = length.div((float) Math.sqrt(config.in()));
                    return x.div(length).mul((float) Math.sqrt(config.in()));
                }
                default -> {
                    return x;
                }
            }
        }

        private NDArray gated(NDArray z) {
            NDArray product = z.matMul(weight("W_enc"));
            if (config.kind().gate() == DictionaryKind.Gate.GATED) {
                NDArray on = product.add(weight("b_gate")).gt(0).toType(DataType.FLOAT32, false);
                NDArray much = z.matMul(Objects.requireNonNull(magnitude)).add(weight("b_mag"));
                return relu(much).mul(on);
            }
            NDArray pre = product.add(weight("b_enc"));
            pre = lengths == null ? pre : pre.mul(lengths);
            return switch (config.kind().gate()) {
                case THRESHOLD -> relu(pre).mul(pre.gt(weight("threshold")).toType(DataType.FLOAT32, false));
                case TOP_K -> relu(pre).mul(largest(pre));
                case TOP_K_MAGNITUDE -> pre.mul(largest(pre.abs()));
                default -> relu(pre);
            };
        }

        /** 1 at the k largest numbers of each position, and at those that equal the smallest of them; else 0. */
        private NDArray largest(NDArray pre) {
            int last = pre.getShape().dimension() - 1;
            NDArray least = pre.topK(config.active(), last, true, false).get(0).min(new int[] {last}, true);
            return pre.gte(least).toType(DataType.FLOAT32, false);
        }

        private NDArray relu(NDArray pre) {
            return ai.djl.nn.Activation.relu(pre);
        }
    }
}
