package dev.loupe.resolve.model;

import java.util.List;

/**
 * A model of a spec by its name: one unit, or one per seed.
 *
 * @param axis the axis that its units form ({@code seed}), empty for a single model
 */
public record ModelFamily(String name, String axis, List<ModelInstance> units) {
    public ModelFamily {
        units = List.copyOf(units);
    }

    public ModelInstance first() {
        return units.get(0);
    }
}
