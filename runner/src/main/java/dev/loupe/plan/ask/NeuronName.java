package dev.loupe.plan.ask;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A neuron as the field writes it: {@code L3N110}. */
public record NeuronName(int layer, int neuron) {
    private static final Pattern FORM = Pattern.compile("L(\\d{1,4})N(\\d{1,7})");

    public static NeuronName parse(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException(
                    "a neuron is written like L3N110 (layer 3, neuron 110), not " + "'" + text + "'");
        }
        return new NeuronName(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
    }

    /** Checks that a model of that shape has it. */
    public void in(ModelShape shape) {
        if (layer >= shape.layers() || neuron >= shape.dMlp()) {
            throw new IllegalArgumentException(this + " does not exist: the model has layers 0 to "
                    + (shape.layers() - 1) + " and neurons 0 to " + (shape.dMlp() - 1));
        }
    }

    @Override
    public String toString() {
        return "L" + layer + "N" + neuron;
    }
}
