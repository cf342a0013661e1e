package dev.loupe.intervention;

import dev.loupe.intervention.select.ComponentOptions;
import dev.loupe.intervention.select.ReceiverName;
import dev.loupe.intervention.select.SelectionOptions;
import dev.loupe.intervention.select.SiteSelection;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.Found;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.build.Chosen;
import dev.loupe.plan.build.SelectionWords;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.OneOrMany;
import dev.loupe.schema.annotation.OnlyWith;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where the paths of a path patch begin and end, and whose activation is sent along them. */
public record PathOptions(
        @Inline ComponentOptions components,

        @OneOrMany
        @Default("[]")
        @Doc("The receivers: only `logits`, or any of `L9H6.q`, `.k`, `.v` and `L9.mlp_in`. Where heads share keys and"
                + " values, `L9H6.k` is the key-value head that L9H6 reads, which `L9KV2.k` names itself.")
        List<ReceiverName> to,

        @Nullable @Key("to-heads-from") @Doc("Receiving heads selected by an earlier measurement.")
        Found toHeadsFrom,

        @OnlyWith("to-heads-from") @Default("q") @Doc("Which input of the heads of `to-heads-from`: `q`, `k` or `v`.")
        ReceiverName.Input input,

        @Default("corrupted") @Doc("The run whose activation is sent; the other run is edited.")
        Patch.From from,

        @OneOrMany @Default("everywhere") @Doc("Positions of the sender; `everywhere` for all positions.")
        List<String> at) {
    public PathOptions {
        boolean logits = to.stream().anyMatch(r -> r.input() == ReceiverName.Input.LOGITS);
        if (to.isEmpty() && toHeadsFrom == null) {
            throw new IllegalArgumentException("name the receivers, such as `to: logits` or `to: [L9H6.q]`");
        }
        if (logits && (to.size() > 1 || toHeadsFrom != null)) {
            throw new IllegalArgumentException(
                    "`logits` cannot be combined with other receivers: patching it overrides all of them");
        }
        if (input == ReceiverName.Input.MLP || input == ReceiverName.Input.LOGITS) {
            throw new IllegalArgumentException("heads receive at `q`, `k` or `v`");
        }
    }

    /** What sends. */
    SiteSelection senders(SiteName site) {
        return SiteSelection.of(List.of(site), new SelectionOptions(components, at));
    }

    /** Where the paths end; heads that were found go by what found them. */
    List<String> receivers() {
        List<String> names =
                new ArrayList<>(to.stream().map(ReceiverName::toString).toList());
        if (toHeadsFrom != null) {
            names.add("heads found by " + toHeadsFrom.by() + "." + input.name().toLowerCase(Locale.ROOT));
        }
        return names;
    }

    /** What sends, and whose activation into whose run. */
    String describe(SiteName site, Chosen chosen) {
        return senders(site).describe(chosen)
                + (from == Patch.From.CLEAN
                        ? " as in the clean run, in the corrupted run"
                        : " as in the corrupted run, in the clean run");
    }

    /** Where the paths end, in words. */
    String ends(Chosen chosen) {
        if (toHeadsFrom == null) {
            return SelectionWords.list(to);
        }
        return (to.isEmpty() ? "" : SelectionWords.list(to) + " and ") + "`"
                + input.name().toLowerCase(Locale.ROOT) + "` of "
                + SelectionWords.components(ComponentKind.HEAD, List.of(), toHeadsFrom, chosen);
    }
}
