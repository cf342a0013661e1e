package dev.loupe.model.derived;

import dev.loupe.analysis.toys.HaarRotation;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.model.card.ToyGrid;
import dev.loupe.model.toy.ToyAutoencoderConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A toy autoencoder with its hidden space turned by a random rotation: without dropout the same function. */
public record BasisRotation(long seed) implements DerivedWeights {
    @Override
    public String label() {
        return "rotated with seed " + seed;
    }

    @Override
    public Map<String, float[]> of(ToyGrid grid, List<Map<String, float[]>> from) {
        float[] w = Objects.requireNonNull(from.get(0).get(ToyAutoencoderConfig.W));
        int features = grid.widest().width();
        float[] turned = w.clone();
        for (int instance = 0; instance < grid.instances(); instance++) {
            double[][] own = new double[grid.each().get(instance).hidden()][features];
            int start = instance * grid.widest().hidden() * features;
            for (int k = 0; k < own.length; k++) {
                for (int i = 0; i < features; i++) {
                    own[k][i] = w[start + k * features + i];
                }
            }
            double[][] after =
                    HaarRotation.draw(own.length, new RowRandom(seed, instance)).times(own);
            for (int k = 0; k < own.length; k++) {
                for (int i = 0; i < features; i++) {
                    turned[start + k * features + i] = (float) after[k][i];
                }
            }
        }
        Map<String, float[]> out = new HashMap<>(from.get(0));
        out.put(ToyAutoencoderConfig.W, turned);
        return out;
    }
}
