package dev.loupe.train;

import dev.loupe.dataset.RowSource;
import dev.loupe.model.card.Recipe;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.weights.LackingWeights;
import dev.loupe.model.weights.TlTensors;
import dev.loupe.train.step.StepTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A transformer trained on drawn rows; written under TransformerLens' names, one model a file. */
record TransformerBlueprint(TransformerNetwork network, RowSource data, Recipe recipe) implements Blueprint {
    /** The same without parameters that the model has not. */
    TransformerBlueprint without(LackingWeights lacking) {
        return new TransformerBlueprint(new TransformerNetwork(network.config(), lacking), data, recipe);
    }

    @Override
    public ParameterLayout layout() {
        return network.layout();
    }

    @Override
    public int instancesPerSeed() {
        return 1;
    }

    @Override
    public long workPerSeed() {
        TransformerConfig c = network.config();
        return (long) recipe.batch() * c.nCtx() * (c.dModel() + (long) c.nHeads() * c.nCtx());
    }

    /**
     * Of every block what its products, norms, softmax and activation function need, and the targets as a weight of every class. RMSNorm is
     * made of ten operations, LayerNorm is one.
     */
    @Override
    public double waiting() {
        TransformerConfig c = network.config();
        double length = ((TokenTask) task(List.of(0L))).batch(0).length();
        double stream = (c.normalizationType().isNone() || c.normalizationType().centres() ? 4.2 : 17.0) * c.dModel();
        double attention = 4.2 * c.nHeads() * c.dHead() + 1.3 * c.nHeads() * length;
        double mlp = c.attnOnly() ? 0 : 1.1 * c.dMlp();
        return recipe.batch() * length * (c.nLayers() * (stream + attention + mlp) + 14.0 * c.dVocabOut());
    }

    @Override
    public Trainable task(List<Long> seeds) {
        String lossOn = recipe.lossOn().equals("all") ? null : recipe.lossOn();
        StepTerms terms = new StepTerms(recipe.embeddingNoise(), recipe.penalty());
        return new TokenTask(
                network, data, seeds.stream().mapToLong(Long::longValue).toArray(), recipe.batch(), lossOn, terms);
    }

    @Override
    public List<NamedWeights> export(float[] flat) {
        Map<String, float[]> byName = network.byName(flat);
        List<NamedWeights> out = new ArrayList<>();
        TlTensors.of(network.config()).forEach((name, shape) -> {
            float[] values = byName.get(name);
            if (values == null) {
                throw new IllegalStateException("no packed tensor contains " + name);
            }
            out.add(new NamedWeights(name, shape, values));
        });
        return out;
    }
}
