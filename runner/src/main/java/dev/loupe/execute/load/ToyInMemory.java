package dev.loupe.execute.load;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.analysis.planning.ToyModel;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.toy.ToyAutoencoder;
import dev.loupe.model.toy.ToyAutoencoderConfig;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.Sha256;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A toy model in memory: named weights, no tokens. */
final class ToyInMemory implements LoadedModel {
    private final ToyAutoencoderConfig config;
    private final ModelShape shape;
    private final SafetensorsFile file;
    private final NDManager manager;

    ToyInMemory(ToyAutoencoderConfig config, ModelShape shape, SafetensorsFile file, NDManager manager) {
        this.config = config;
        this.shape = shape;
        this.file = file;
        this.manager = manager;
    }

    @Override
    public @Nullable Transformer transformer() {
        return null;
    }

    @Override
    public WeightAccess weights(NDManager scope) {
        return new WeightAccess() {
            @Override
            public ModelShape shape() {
                return shape;
            }

            @Override
            public ToyModel toy() {
                return new ToyForward(ToyAutoencoder.of(
                        config,
                        Map.of(
                                ToyAutoencoder.W,
                                tensor(ToyAutoencoder.W),
                                ToyAutoencoder.B,
                                tensor(ToyAutoencoder.B))));
            }

            @Override
            public NDArray tensor(String name) {
                return scope.create(
                        file.tensor(name).floats(), new Shape(file.tensor(name).shape()));
            }

            @Override
            public boolean has(String name) {
                return file.names().contains(name);
            }

            @Override
            public NDArray perHead(int layer, String matrix) {
                throw noTransformer();
            }

            @Override
            public double scoreDivisor(int layer) {
                throw noTransformer();
            }

            @Override
            public NDArray effectiveEmbedding(NDArray ids) {
                throw noTransformer();
            }

            @Override
            public NDArray beforeAttention(int layer, NDArray residual) {
                throw noTransformer();
            }

            @Override
            public NDArray unembed(NDArray residual) {
                throw noTransformer();
            }
        };
    }

    private static IllegalArgumentException noTransformer() {
        return new IllegalArgumentException("a toy autoencoder has no heads, blocks or tokens");
    }

    @Override
    public String hash() {
        StringBuilder text = new StringBuilder();
        for (String name : file.names()) {
            text.append(name)
                    .append(java.util.Arrays.hashCode(file.tensor(name).floats()))
                    .append(';');
        }
        return Sha256.of(text.toString());
    }

    @Override
    public NDManager manager() {
        return manager;
    }

    @Override
    public void close() {
        manager.close();
    }
}
