package dev.loupe.intervention.select;

import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.edit.EdgeGraph;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An edge between two components: {@code L0H1->L1H0.q}, {@code embed->L2.mlp_in}, {@code L0.mlp->logits}.
 *
 * @param start what writes, as {@link EdgeGraph} labels it: {@code embed}, {@code L0H1}, {@code 0_mlp_out}
 * @param end what reads
 */
public record EdgeName(String start, ReceiverName end) {
    private static final Pattern MLP = Pattern.compile("L(\\d{1,4})\\.mlp(?:_out)?|(\\d{1,4})_mlp_out");

    public static EdgeName parse(String text) {
        int arrow = text.indexOf(EdgeGraph.ARROW);
        if (arrow < 0) {
            throw new IllegalArgumentException(
                    "an edge is written like `L0H1->L1H0.q`, `embed->L0.mlp_in` or `L0.mlp->logits`, not " + "'" + text
                            + "'");
        }
        return new EdgeName(
                start(text.substring(0, arrow).strip()),
                ReceiverName.parse(
                        text.substring(arrow + EdgeGraph.ARROW.length()).strip()));
    }

    private static String start(String text) {
        Matcher mlp = MLP.matcher(text);
        if (mlp.matches()) {
            return (mlp.group(1) == null ? mlp.group(2) : mlp.group(1)) + "_mlp_out";
        }
        return text.equals("embed") ? text : HeadName.parse(text).toString();
    }

    /** The edge as a graph of such a model names it; where queries share keys and values, by the key-value head that is read. */
    public String in(ModelShape shape) {
        HeadName head = end.head();
        boolean keys = end.input() == ReceiverName.Input.K || end.input() == ReceiverName.Input.V;
        if (head == null || !keys || shape.kvHeads() == shape.heads()) {
            return toString();
        }
        HeadName shared = new HeadName(head.layer(), head.keyValueIn(shape), true);
        return start + EdgeGraph.ARROW + new ReceiverName(end.input(), end.layer(), shared);
    }

    @Override
    public String toString() {
        return start + EdgeGraph.ARROW + end;
    }
}
