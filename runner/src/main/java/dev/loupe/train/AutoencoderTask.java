package dev.loupe.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.model.toy.HiddenDropout;
import dev.loupe.model.toy.ToyAutoencoder;
import dev.loupe.model.toy.ToyAutoencoderConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Training of a toy autoencoder: every instance has its own seed, feature source and initial weights.
 *
 * @param seeds one per instance
 * @param sources one per instance: its sparsity and kind of features
 * @param importance of each feature, from 1 for the most important
 * @param rows per step and instance
 */
public record AutoencoderTask(
        ToyAutoencoderConfig config, long[] seeds, List<FeatureSource> sources, float[] importance, int rows)
        implements Trainable {
    public AutoencoderTask {
        if (seeds.length == 0 || seeds.length != sources.size() || importance.length != config.features()) {
            throw new IllegalArgumentException("every instance needs a seed and a source, every feature an importance: "
                    + seeds.length + " seeds, " + sources.size() + " sources, " + importance.length + " importances");
        }
        sources = List.copyOf(sources);
    }

    @Override
    public int instances() {
        return seeds.length;
    }

    @Override
    public ParameterLayout layout() {
        return layoutOf(config);
    }

    static ParameterLayout layoutOf(ToyAutoencoderConfig config) {
        return new ParameterLayout(List.of(
                new ParameterLayout.Slot(ToyAutoencoder.W, config.hidden(), config.features()),
                new ParameterLayout.Slot(ToyAutoencoder.B, config.features())));
    }

    /** W normal with variance 2 / (hidden + features) (Glorot and Bengio 2010), b zero. */
    @Override
    public float[] initial(int instance) {
        double deviation = Math.sqrt(2.0 / (config.hidden() + config.features()));
        float[] w = Noise.of(seeds[instance], "init", 0).normal(config.hidden() * config.features(), deviation);
        return layout().join(Map.of(ToyAutoencoder.W, w, ToyAutoencoder.B, new float[config.features()]));
    }

    @Override
    public NDArray loss(Map<String, NDArray> parameters, long step, NDManager scope) {
        int width = config.features();
        float[] drawn = new float[seeds.length * rows * width];
        for (int i = 0; i < seeds.length; i++) {
            sources.get(i).draw(Noise.seed(seeds[i], "data", step), rows, drawn, i * rows * width);
        }
        NDArray x = scope.create(drawn, new Shape(seeds.length, rows, width));
        return ToyAutoencoder.of(config, parameters).loss(x, keep(step, scope), scope.create(importance));
    }

    private @Nullable NDArray keep(long step, NDManager scope) {
        if (config.dropout() == 0) {
            return null;
        }
        int each = rows * config.hidden();
        float[] keep = new float[seeds.length * each];
        for (int i = 0; i < seeds.length; i++) {
            HiddenDropout.fill(keep, i * each, each, config.dropout(), Noise.of(seeds[i], "dropout", step)::uniform);
        }
        return scope.create(keep, new Shape(seeds.length, rows, config.hidden()));
    }
}
