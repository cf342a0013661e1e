package dev.loupe.plan.ask;

import dev.loupe.hook.Site;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Kinds of components that a measurement can score, and that its numbers can choose. */
public enum ComponentKind {
    HEAD(List.of("layer", "head")),
    NEURON(List.of("layer", "neuron")),
    /** A feature of the dictionary of a layer. */
    FEATURE(List.of("layer", "feature")),
    LAYER(List.of("layer")),
    POSITION(List.of("pos"));

    /** An axis up to this length can be kept whole without saying how many at most. */
    private static final int SHORT = 64;

    private final List<String> axes;

    ComponentKind(List<String> axes) {
        this.axes = axes;
    }

    /** What a site has many of in a layer, each with one activation: features at a dictionary, neurons elsewhere. */
    public static ComponentKind unitsOf(Site site) {
        return site == Site.FEATURES ? FEATURE : NEURON;
    }

    /** Whether a layer has many of them at a hook point, each with one activation. */
    public boolean unit() {
        return this == NEURON || this == FEATURE;
    }

    /** The axes of the scores. */
    public List<String> axes() {
        return axes;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many there are at most beside each other: in a layer, or in a row. */
    private int most(ModelShape shape) {
        return switch (this) {
            case HEAD -> shape.heads();
            case NEURON -> shape.dMlp();
            case FEATURE -> shape.units(Site.FEATURES);
            case LAYER -> 1;
            case POSITION -> shape.context();
        };
    }

    /**
     * The first one that a model has, which is planned with until it is known which are chosen.
     *
     * @param layer the layer in which one is chosen; null for any
     */
    public Component first(ModelShape shape, @Nullable Integer layer) {
        if (this == POSITION) {
            return new Component(this, -1, 0);
        }
        List<Integer> layers = this == FEATURE ? shape.layersWith(Site.FEATURES) : List.of();
        return new Component(this, layer != null ? layer : layers.isEmpty() ? 0 : layers.get(0), 0);
    }

    /**
     * Checks that a choice fits a model.
     *
     * @throws IllegalArgumentException where its layer does not exist, or where it could choose more than anybody plans for
     */
    public void check(Found choice, ModelShape shape) {
        Integer layer = choice.layer();
        if (layer != null && this == POSITION) {
            throw new IllegalArgumentException(
                    "positions are in no layer: narrow the measurement with `where: {layer: " + layer + "}`");
        }
        if (layer != null) {
            shape.requireLayer(layer);
        }
        if (choice.best() == null && most(shape) > SHORT) {
            throw new IllegalArgumentException("`best` is missing: there are up to " + most(shape) + " " + word() + "s"
                    + (this == POSITION ? "" : " in a layer")
                    + ", so say how many are selected at most, as in `best: 10`");
        }
    }
}
