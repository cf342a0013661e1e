package dev.loupe.intervention;

import dev.loupe.intervention.select.Chosen;
import dev.loupe.intervention.select.EditContext;
import dev.loupe.intervention.select.HeadName;
import dev.loupe.intervention.select.ReceiverName;
import dev.loupe.intervention.select.Receivers;
import dev.loupe.intervention.select.Receiving;
import dev.loupe.intervention.select.SiteName;
import dev.loupe.intervention.select.SiteSelection;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.intervention.select.SweepAxis;
import dev.loupe.plan.ask.FoundHeads;
import dev.loupe.plan.build.Planning;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import dev.loupe.schema.annotation.OnlyWith;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Path patching by the freeze recipe (Wang et al. 2022, appendix B): the sender's activation comes from the other half, every
 * other head is held at its own value, and what this makes of the receivers' inputs is patched into a run that is free
 * otherwise. Not the same as {@link DirectPath}.
 */
@Named("path-patch")
@Doc("Path patching: send the activation of a component in the other run to the receivers only, with all other "
        + "heads frozen. A first run records the inputs of the receivers, with normalisation recomputed; a second "
        + "run, otherwise unfrozen, is patched with them. A path to `logits` takes one run: with `mlps: frozen` it "
        + "differs from `direct-path` only in the scale of the final normalisation, which is recomputed here.")
@Example("{path-patch: attn.z, over: [layer, head], to: [L1H0.q, L1H3.q], from: corrupted}")
public record PathPatch(
        @Key("path-patch")
        @Doc("The hook point of the senders: `attn.z`, `attn_out`, `mlp_out`, `mlp.post`, " + "`embed` or `pos_embed`.")
        SiteName pathPatch,

        @Default("[]") @Doc("Sweep axes: one sender at a time.")
        List<SweepAxis> over,

        @Default("[]")
        @Doc("Only these layers. With `over: layer` they are swept; without it they are edited " + "together.")
        List<Integer> layers,

        @Default("[]") @Doc("Sending heads such as `L0H3`, sent together.")
        List<HeadName> heads,

        @Nullable @Key("heads-from") @Doc("Sending heads selected by an earlier measurement, sent together.")
        FoundHeads headsFrom,

        @OneOrMany
        @Default("[]")
        @Doc("The receivers: only `logits`, or any of `L9H6.q`, `.k`, `.v` and `L9.mlp_in`. Where heads share "
                + "keys and values, `L9H6.k` is the key-value head that L9H6 reads; `L9KV2.k` names it directly.")
        List<ReceiverName> to,

        @Nullable @Key("to-heads-from") @Doc("Receiving heads selected by an earlier measurement.")
        FoundHeads toHeadsFrom,

        @OnlyWith("to-heads-from") @Default("q") @Doc("Which input of the heads of `to-heads-from`: `q`, `k` or `v`.")
        ReceiverName.Input input,

        @Default("corrupted") @Doc("The run that the sent activation is taken from; the other run is edited.")
        Patch.From from,

        @OneOrMany @Default("everywhere") @Doc("Positions of the sender; `everywhere` for all positions.")
        List<String> at,

        @Default("recomputed") @Doc("What the MLPs between sender and receiver do.")
        Mlps mlps,

        @OneOrMany
        @Default("[]")
        @Doc("Interventions that are applied before this one in the same " + "run.")
        @NameOf("intervention")
        List<String> after)
        implements Intervention {
    /** What MLPs between sender and receiver do. */
    public enum Mlps {
        @Doc("They are recomputed as part of the path, as in Wang et al.")
        RECOMPUTED,
        @Doc("They are frozen at their values, like the heads.")
        FROZEN
    }

    public PathPatch {
        Receiving.check(to, toHeadsFrom, input);
        paths(pathPatch, over, layers, heads, headsFrom, from, at, mlps);
    }

    private static Paths paths(
            SiteName site,
            List<SweepAxis> over,
            List<Integer> layers,
            List<HeadName> heads,
            @Nullable FoundHeads headsFrom,
            Patch.From from,
            List<String> at,
            Mlps mlps) {
        SiteSelection where = new SiteSelection(
                List.of(site.site()), over, layers, heads, headsFrom, List.of(), at, List.of("everywhere"), List.of(1));
        return new Paths(where, from, mlps == Mlps.FROZEN, false);
    }

    @Override
    public String edited(String on) {
        return from.edited(on);
    }

    @Override
    public String source(String on) {
        return from.source(on);
    }

    @Override
    public Sweep sweep(Planning planning, EditContext run) {
        return paths(pathPatch, over, layers, heads, headsFrom, from, at, mlps)
                .sweep(planning, run, Receivers.of(planning, to, toHeadsFrom, input, false));
    }

    @Override
    public List<String> receivers() {
        return Receiving.names(to, toHeadsFrom, input);
    }

    @Override
    public String describe(Chosen chosen) {
        return paths(pathPatch, over, layers, heads, headsFrom, from, at, mlps)
                        .senders()
                        .describe(chosen)
                + Paths.from(from) + ", sent to " + Receiving.describe(to, toHeadsFrom, input, chosen)
                + " only, other heads "
                + (mlps == Mlps.FROZEN ? "and MLPs held" : "frozen and MLPs recomputed") + " (freeze recipe)";
    }
}
