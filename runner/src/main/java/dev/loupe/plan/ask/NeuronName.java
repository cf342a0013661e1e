package dev.loupe.plan.ask;

import dev.loupe.hook.Site;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A neuron as the field writes it, {@code L3N110}, or a feature of the dictionary of a layer, {@code L6F123}: what a layer has
 * many of at a hook point, each with one activation.
 *
 * @param kind {@link ComponentKind#NEURON} or {@link ComponentKind#FEATURE}
 * @param neuron its number in the layer, from 0
 */
public record NeuronName(ComponentKind kind, int layer, int neuron) {
    private static final Pattern FORM = Pattern.compile("L(\\d{1,4})([NF])(\\d{1,7})");

    /** A neuron. */
    public NeuronName(int layer, int neuron) {
        this(ComponentKind.NEURON, layer, neuron);
    }

    public static NeuronName parse(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException(
                    "a neuron is written like L3N110 (layer 3, neuron 110) and a feature of a "
                            + "dictionary like L6F123, not '" + text + "'");
        }
        ComponentKind kind = m.group(2).equals("F") ? ComponentKind.FEATURE : ComponentKind.NEURON;
        return new NeuronName(kind, Integer.parseInt(m.group(1)), Integer.parseInt(m.group(3)));
    }

    /** What was found, by its name. */
    public static NeuronName of(Component found) {
        return new NeuronName(found.kind(), found.layer(), found.index());
    }

    /** Checks that a model of that shape has it. */
    public void in(ModelShape shape) {
        if (kind == ComponentKind.FEATURE) {
            inDictionary(shape);
        } else if (layer >= shape.layers() || neuron >= shape.dMlp()) {
            throw new IllegalArgumentException(this + " does not exist: the model has layers 0 to "
                    + (shape.layers() - 1) + " and neurons 0 to " + (shape.dMlp() - 1));
        }
    }

    private void inDictionary(ModelShape shape) {
        List<Integer> layers = shape.layersWith(Site.FEATURES);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException(this + " does not exist: the model has no dictionary");
        }
        if (neuron >= shape.features(layer)) {
            throw new IllegalArgumentException(this + " does not exist: "
                    + (shape.features(layer) == 0
                            ? "the model has a dictionary in layer " + layers.get(0)
                                    + (layers.size() > 1 ? " and others" : "")
                            : "the dictionary of layer " + layer + " has features 0 to "
                                    + (shape.features(layer) - 1)));
        }
    }

    /**
     * Checks that names are of what a site has.
     *
     * @throws IllegalArgumentException where a neuron is named at a dictionary, or a feature elsewhere
     */
    public static void at(Site site, List<NeuronName> names) {
        ComponentKind kind = ComponentKind.unitsOf(site);
        for (NeuronName name : names) {
            if (name.kind() != kind) {
                throw new IllegalArgumentException(name + " is a " + name.kind().word() + ", but `" + site.canonical()
                        + "` has " + kind.word() + "s" + (kind == ComponentKind.FEATURE ? ", such as L0F5" : ""));
            }
        }
    }

    @Override
    public String toString() {
        return "L" + layer + (kind == ComponentKind.FEATURE ? "F" : "N") + neuron;
    }
}
