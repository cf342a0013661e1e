package dev.loupe.intervention.select;

import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.build.Planning;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A head as the field writes it: {@code L5H1}. Where several heads share their keys and values (grouped queries) {@code
 * L5KV0} is a key-value head, and {@code L5H1} at such a site the one that L5H1 reads.
 */
public record HeadName(int layer, int head, boolean keyValue) {
    private static final Pattern FORM = Pattern.compile("L(\\d{1,4})(H|KV)(\\d{1,4})");

    /** A head that asks. */
    public HeadName(int layer, int head) {
        this(layer, head, false);
    }

    public static HeadName parse(String text) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("a head is written like L5H1 (layer 5, head 1), not '" + text + "'");
        }
        return new HeadName(
                Integer.parseInt(m.group(1)),
                Integer.parseInt(m.group(3)),
                m.group(2).equals("KV"));
    }

    /** This head, checked to exist in a model of that shape. */
    public Planning.Head in(ModelShape shape) {
        if (keyValue) {
            throw new IllegalArgumentException(this + " is a key-value head; name a head here, such as L" + layer + "H"
                    + head * (shape.heads() / shape.kvHeads()) + ", which reads it");
        }
        if (layer >= shape.layers() || head >= shape.heads()) {
            throw absent(shape, "", shape.heads());
        }
        return new Planning.Head(layer, head);
    }

    /** Its place among the key-value heads of its layer. */
    int keyValueIn(ModelShape shape) {
        if (!keyValue) {
            return in(shape).head() / (shape.heads() / shape.kvHeads());
        }
        if (layer >= shape.layers() || head >= shape.kvHeads()) {
            throw absent(shape, "key-value ", shape.kvHeads());
        }
        return head;
    }

    private IllegalArgumentException absent(ModelShape shape, String kind, int heads) {
        return new IllegalArgumentException(this + " does not exist: the model has layers 0 to " + (shape.layers() - 1)
                + " and " + kind + "heads 0 to " + (heads - 1));
    }

    @Override
    public String toString() {
        return "L" + layer + (keyValue ? "KV" : "H") + head;
    }
}
