package dev.loupe.intervention;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The end of a path: {@code L9H6.q}, {@code .k} or {@code .v} for what a head makes from the residual stream, {@code
 * L9.mlp_in} for what an MLP reads, {@code logits} for the final residual stream.
 *
 * @param layer -1 for the logits
 * @param head -1 where it is no head
 */
public record ReceiverName(Input input, int layer, int head) {
    private static final Pattern HEAD = Pattern.compile("L(\\d{1,4})H(\\d{1,4})\\.([qkv])");
    private static final Pattern MLP = Pattern.compile("L(\\d{1,4})\\.mlp(?:_in)?");

    /** What a receiver reads. */
    public enum Input {
        Q,
        K,
        V,
        MLP,
        LOGITS
    }

    public static ReceiverName parse(String text) {
        if (text.equals("logits")) {
            return new ReceiverName(Input.LOGITS, -1, -1);
        }
        Matcher mlp = MLP.matcher(text);
        if (mlp.matches()) {
            return new ReceiverName(Input.MLP, Integer.parseInt(mlp.group(1)), -1);
        }
        Matcher head = HEAD.matcher(text);
        if (!head.matches()) {
            throw new IllegalArgumentException(
                    "a path ends at `logits`, at a head's queries, keys or values (`L9H6.q`) or at an MLP (`L9.mlp_in`), not"
                            + " at '" + text + "'");
        }
        return new ReceiverName(
                Input.valueOf(head.group(3).toUpperCase(Locale.ROOT)),
                Integer.parseInt(head.group(1)),
                Integer.parseInt(head.group(2)));
    }

    @Override
    public String toString() {
        return switch (input) {
            case LOGITS -> "logits";
            case MLP -> "L" + layer + ".mlp_in";
            default -> "L" + layer + "H" + head + "." + input.name().toLowerCase(Locale.ROOT);
        };
    }
}
