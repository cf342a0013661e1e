package dev.loupe.intervention.select;

import dev.loupe.plan.ask.FoundHeads;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What path patches say of their receivers. */
public final class Receiving {
    private Receiving() {}

    public static void check(List<ReceiverName> to, @Nullable FoundHeads found, ReceiverName.Input input) {
        boolean logits = to.stream().anyMatch(r -> r.input() == ReceiverName.Input.LOGITS);
        if (to.isEmpty() && found == null) {
            throw new IllegalArgumentException("name the receivers, such as `to: logits` or `to: [L9H6.q]`");
        }
        if (logits && (to.size() > 1 || found != null)) {
            throw new IllegalArgumentException(
                    "`logits` cannot be combined with other receivers: patching it overrides all of them");
        }
        if (input == ReceiverName.Input.MLP || input == ReceiverName.Input.LOGITS) {
            throw new IllegalArgumentException("heads receive at `q`, `k` or `v`");
        }
    }

    /** Where the paths end; heads that were found go by what found them. */
    public static List<String> names(List<ReceiverName> to, @Nullable FoundHeads found, ReceiverName.Input input) {
        List<String> names =
                new ArrayList<>(to.stream().map(ReceiverName::toString).toList());
        if (found != null) {
            names.add("heads selected by " + found.by() + "." + input.name().toLowerCase(Locale.ROOT));
        }
        return names;
    }

    public static String describe(
            List<ReceiverName> to, @Nullable FoundHeads found, ReceiverName.Input input, Chosen chosen) {
        if (found == null) {
            return SelectionWords.list(to);
        }
        return (to.isEmpty() ? "" : SelectionWords.list(to) + " and ") + "`"
                + input.name().toLowerCase(Locale.ROOT) + "` of " + SelectionWords.heads(List.of(), found, chosen);
    }
}
