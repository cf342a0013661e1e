package dev.loupe.model.derived;

import dev.loupe.model.card.ToyGrid;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A pair MLP that reads -n modulo p where it read n: the rows of an embedding in another order. A network that subtracts then
 * adds.
 *
 * @param table the embedding, {@code A} or {@code B}
 */
public record Relabelling(String table) implements DerivedWeights {
    @Override
    public String label() {
        return "with " + table + " negated:";
    }

    @Override
    public Map<String, float[]> of(ToyGrid grid, List<Map<String, float[]>> from) {
        float[] values = from.get(0).get(table);
        if (values == null) {
            throw new IllegalArgumentException("there is no embedding " + table + " in "
                    + from.get(0).keySet() + ": where both inputs share one, it is A");
        }
        int modulus = grid.widest().answers();
        int columns = grid.widest().hidden();
        float[] moved = new float[values.length];
        for (int instance = 0; instance < grid.instances(); instance++) {
            for (int n = 0; n < modulus; n++) {
                int source = (instance * modulus + Math.floorMod(-n, modulus)) * columns;
                System.arraycopy(values, source, moved, (instance * modulus + n) * columns, columns);
            }
        }
        Map<String, float[]> out = new HashMap<>(from.get(0));
        out.put(table, moved);
        return out;
    }
}
