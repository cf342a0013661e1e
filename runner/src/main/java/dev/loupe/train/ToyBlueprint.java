package dev.loupe.train;

import dev.loupe.dataset.features.SparseFeatures;
import dev.loupe.model.card.Recipe;
import dev.loupe.model.toy.ToyAutoencoderConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * A toy autoencoder: one seed trains some instances of every sparsity, the first {@code instances} of them with the
 * first sparsity. Written as W [instance, hidden, feature] and b [instance, feature].
 */
record ToyBlueprint(ToyAutoencoderConfig config, SparseFeatures data, Recipe recipe) implements Blueprint {
    @Override
    public ParameterLayout layout() {
        return AutoencoderTask.layoutOf(config);
    }

    @Override
    public int instancesPerSeed() {
        return data.sparsity().size() * recipe.instances();
    }

    @Override
    public long workPerSeed() {
        return (long) instancesPerSeed() * recipe.batch() * config.features();
    }

    @Override
    public Trainable task(List<Long> seeds) {
        int each = instancesPerSeed();
        long[] own = new long[seeds.size() * each];
        List<FeatureSource> sources = new ArrayList<>();
        for (int i = 0; i < own.length; i++) {
            own[i] = Noise.seed(seeds.get(i / each), "instance", i % each);
            double sparsity = data.sparsity().get(i % each / recipe.instances());
            sources.add((seed, rows, into, offset) -> data.fill(seed, rows, sparsity, into, offset));
        }
        return new AutoencoderTask(config, own, sources, data.importance(), recipe.batch());
    }

    @Override
    public List<NamedWeights> export(float[] flat) {
        return layout().export(flat);
    }
}
