package dev.loupe.model.derived;

import dev.loupe.model.card.ToyGrid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The straight line between two networks: (1 - t) times the first plus t times the second.
 *
 * @param t from 0 to 1
 */
public record Interpolation(double t) implements DerivedWeights {
    @Override
    public String label() {
        return "at " + t + " between";
    }

    @Override
    public Map<String, float[]> of(ToyGrid grid, List<Map<String, float[]>> from) {
        Map<String, float[]> second = from.get(1);
        Map<String, float[]> out = new HashMap<>();
        from.get(0).forEach((name, values) -> {
            float[] others = Objects.requireNonNull(second.get(name), name);
            float[] mixed = new float[values.length];
            for (int i = 0; i < mixed.length; i++) {
                mixed[i] = (float) ((1 - t) * values[i] + t * others[i]);
            }
            out.put(name, mixed);
        });
        return out;
    }
}
