package dev.loupe.execute.statistics;

import dev.loupe.metric.reading.StepValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Activations of some neurons in some rows, found by row and position. */
public final class ActivationsOfRows {
    private final StepValue.Activations all;
    private final Map<Integer, Map<Integer, Integer>> places = new HashMap<>();

    /** @param rows those that are asked for */
    public ActivationsOfRows(StepValue.Activations all, Set<Integer> rows) {
        this.all = all;
        for (int i = 0; i < all.row().length; i++) {
            if (rows.contains(all.row()[i])) {
                places.computeIfAbsent(all.row()[i], row -> new HashMap<>()).put(all.pos()[i], i);
            }
        }
    }

    /**
     * @param neuron its place among those that were read
     * @throws IllegalArgumentException where this position was not read
     */
    public float of(int row, int pos, int neuron) {
        Integer at = places.getOrDefault(row, Map.of()).get(pos);
        if (at == null) {
            throw new IllegalArgumentException("no activation of position " + pos + " of row " + row);
        }
        return all.values().get(0)[at * all.width() + neuron];
    }
}
