package dev.loupe.intervention.select;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The end of a path: {@code L9H6.q}, {@code .k} or {@code .v} for what a head makes from the residual stream, {@code
 * L9.mlp_in} for what an MLP reads, {@code logits} for the final residual stream.
 *
 * @param layer -1 for the logits
 * @param head null where it is no head; at {@code .k} and {@code .v} it may be a key-value head
 */
public record ReceiverName(Input input, int layer, @Nullable HeadName head) {
    private static final Pattern HEAD = Pattern.compile("(L\\d{1,4}(?:H|KV)\\d{1,4})\\.([qkv])");
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
            return new ReceiverName(Input.LOGITS, -1, null);
        }
        Matcher mlp = MLP.matcher(text);
        if (mlp.matches()) {
            return new ReceiverName(Input.MLP, Integer.parseInt(mlp.group(1)), null);
        }
        Matcher head = HEAD.matcher(text);
        if (!head.matches()) {
            throw new IllegalArgumentException(
                    "a path ends at `logits`, at a head's queries, keys or values (`L9H6.q`) or at an MLP (`L9.mlp_in`), not"
                            + " at '" + text + "'");
        }
        HeadName name = HeadName.parse(head.group(1));
        return new ReceiverName(Input.valueOf(head.group(2).toUpperCase(Locale.ROOT)), name.layer(), name);
    }

    @Override
    public String toString() {
        return switch (input) {
            case LOGITS -> "logits";
            case MLP -> "L" + layer + ".mlp_in";
            default -> head + "." + input.name().toLowerCase(Locale.ROOT);
        };
    }
}
