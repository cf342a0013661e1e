package dev.loupe.intervention;

import dev.loupe.plan.ModelShape;
import dev.loupe.plan.Planning;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A head as the field writes it: {@code L5H1}. */
public record HeadName(int layer, int head) {
    private static final Pattern FORM = Pattern.compile("L(\\d{1,4})H(\\d{1,4})");

    public static HeadName parse(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("a head is written L5H1 (layer 5, head 1), not '" + text + "'");
        }
        return new HeadName(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
    }

    /** This head, checked to exist in a model of that shape. */
    public Planning.Head in(ModelShape shape) {
        if (layer >= shape.layers() || head >= shape.heads()) {
            throw new IllegalArgumentException(this + " does not exist: the model has layers 0 to "
                    + (shape.layers() - 1) + " and heads 0 to " + (shape.heads() - 1));
        }
        return new Planning.Head(layer, head);
    }

    @Override
    public String toString() {
        return "L" + layer + "H" + head;
    }
}
