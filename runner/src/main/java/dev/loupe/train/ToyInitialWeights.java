package dev.loupe.train;

import dev.loupe.model.card.ToyGrid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The weights of networks without tokens before any step of training. */
public final class ToyInitialWeights {
    private ToyInitialWeights() {}

    /** By name, [instance, ...shape] row-major in the shape of the widest network. */
    public static Map<String, float[]> of(ToyGrid grid, long seed) {
        ParameterLayout layout = ToyTask.layoutOf(grid.widest());
        float[] flat = new float[grid.instances() * layout.size()];
        long[] seeds = ToyBlueprint.seeds(grid, List.of(seed));
        for (int i = 0; i < seeds.length; i++) {
            System.arraycopy(ToyTask.initial(grid, i, seeds[i]), 0, flat, i * layout.size(), layout.size());
        }
        Map<String, float[]> named = new LinkedHashMap<>();
        layout.export(flat).forEach(tensor -> named.put(tensor.name(), tensor.values()));
        return named;
    }
}
