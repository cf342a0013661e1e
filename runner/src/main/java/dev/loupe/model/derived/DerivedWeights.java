package dev.loupe.model.derived;

import dev.loupe.model.card.ToyGrid;
import java.util.List;
import java.util.Map;

/**
 * How the weights of networks without tokens are made from those of others of the same grid. Data that compares by value: it is
 * part of the made network's identity.
 */
public sealed interface DerivedWeights
        permits BasisRotation, Interpolation, NeuronMatching, NeuronPermutation, Relabelling {
    /** What is made, in words that stand before the names of what it is made from. */
    String label();

    /**
     * The weights; the given ones stay as they are.
     *
     * @param from by name, [instance, ...shape] row-major in the shape of the widest network, of each network in order
     */
    Map<String, float[]> of(ToyGrid grid, List<Map<String, float[]>> from);
}
