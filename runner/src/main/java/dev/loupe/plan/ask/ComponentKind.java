package dev.loupe.plan.ask;

import java.util.List;
import java.util.Locale;

/** Kinds of components that a measurement can score, and that its numbers can choose. */
public enum ComponentKind {
    HEAD(List.of("layer", "head")),
    NEURON(List.of("layer", "neuron")),
    LAYER(List.of("layer"));

    /** An axis up to this length can be kept whole without saying how many at most. */
    private static final int SHORT = 64;

    private final List<String> axes;

    ComponentKind(List<String> axes) {
        this.axes = axes;
    }

    /** The axes of the scores. */
    public List<String> axes() {
        return axes;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many a layer of that model has, 1 for layers themselves. */
    private int perLayer(ModelShape shape) {
        return switch (this) {
            case HEAD -> shape.heads();
            case NEURON -> shape.dMlp();
            case LAYER -> 1;
        };
    }

    /**
     * Checks that a choice fits a model.
     *
     * @throws IllegalArgumentException where its layer does not exist, or where it could choose more than anybody plans for
     */
    public void check(Found choice, ModelShape shape) {
        Integer layer = choice.layer();
        if (layer != null && (layer < 0 || layer >= shape.layers())) {
            throw new IllegalArgumentException(
                    "there is no layer " + layer + ": the model has 0 to " + (shape.layers() - 1));
        }
        if (choice.best() == null && perLayer(shape) > SHORT) {
            throw new IllegalArgumentException("`best` is missing: a layer has " + perLayer(shape) + " " + word()
                    + "s, so say how many are selected at most, as in `best: 10`");
        }
    }
}
