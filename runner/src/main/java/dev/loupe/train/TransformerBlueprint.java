package dev.loupe.train;

import dev.loupe.dataset.RowSource;
import dev.loupe.model.card.Recipe;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.forward.PackedTensor;
import dev.loupe.model.weights.TlTensors;
import dev.loupe.train.step.StepTerms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A transformer trained on drawn rows; written under TransformerLens' names, one model a file. */
record TransformerBlueprint(TransformerNetwork network, RowSource data, Recipe recipe) implements Blueprint {
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

    @Override
    public Trainable task(List<Long> seeds) {
        String lossOn = recipe.lossOn().equals("all") ? null : recipe.lossOn();
        StepTerms terms = new StepTerms(recipe.embeddingNoise(), recipe.penalty());
        return new TokenTask(
                network, data, seeds.stream().mapToLong(Long::longValue).toArray(), recipe.batch(), lossOn, terms);
    }

    @Override
    public List<NamedWeights> export(float[] flat) {
        Map<String, float[]> byName = new HashMap<>();
        List<Integer> offsets = layout().offsets();
        List<PackedTensor> packed = PackedTensor.of(network.config());
        for (int i = 0; i < packed.size(); i++) {
            packed.get(i).unpack(flat, offsets.get(i), byName);
        }
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
