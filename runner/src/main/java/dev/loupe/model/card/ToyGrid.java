package dev.loupe.model.card;

import dev.loupe.schema.Default;
import dev.loupe.schema.Doc;
import dev.loupe.schema.Example;
import java.util.List;

/** The instances of a toy model that one seed trains together: some of each sparsity. */
@Doc("The instances of a toy model that one seed trains together")
@Example("{sparsity: [0, 0.7, 0.99], instances: 8}")
public record ToyGrid(
        @Doc("Sparsities: the share of zeros among features; each in place of the generator's own") List<Double> sparsity,
        @Doc("Instances of each sparsity, differing in initial weights and data") @Default("8") int instances,
        @Doc("Importance of each feature relative to the one before it") @Default("1") double importance) {
    public ToyGrid {
        sparsity = List.copyOf(sparsity);
        if (sparsity.isEmpty() || instances < 1 || sparsity.stream().anyMatch(s -> s < 0 || s >= 1)) {
            throw new IllegalArgumentException("a grid needs sparsities of at least 0 and below 1, and instances");
        }
        if (importance <= 0 || importance > 1) {
            throw new IllegalArgumentException("importance must be above 0 and at most 1");
        }
    }

    /** Sparsities times instances. */
    public int size() {
        return sparsity.size() * instances;
    }

    /** The sparsity of an instance: the first {@link #instances} have the first sparsity. */
    public double sparsityOf(int instance) {
        return sparsity.get(instance / instances);
    }
}
