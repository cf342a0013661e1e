package dev.loupe.plan.ask;

/**
 * A head, a neuron, a feature of a dictionary or a layer of a model, or a position of its rows.
 *
 * @param layer -1 for a position
 * @param index in its layer, or the position; 0 for a layer itself
 */
public record Component(ComponentKind kind, int layer, int index) {
    @Override
    public String toString() {
        return switch (kind) {
            case HEAD -> "L" + layer + "H" + index;
            case NEURON -> "L" + layer + "N" + index;
            case FEATURE -> "L" + layer + "F" + index;
            case LAYER -> "layer " + layer;
            case POSITION -> "position " + index;
        };
    }
}
