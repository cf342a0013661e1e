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
 * The linearised direct path (TransformerLens' direct path patching): the sender's difference goes through the residual
 * stream to the receivers' inputs and nothing between is computed anew, the scales of normalisation included. Not the same as
 * {@link PathPatch}.
 */
@Named("direct-path")
@Doc("The linearised direct path: add the sender's difference between the two runs to the inputs of the receivers, "
        + "through the residual stream alone. Heads, MLPs and normalisation scales on the way keep their values of "
        + "the edited run. For `to: logits`, the change of a logit difference equals the sender's direct logit "
        + "attribution, corrupted minus clean; `path-patch` with `mlps: frozen` recomputes the final scale, and the "
        + "two are equal only"
        + " where that scale is held.")
@Example("{direct-path: attn.z, over: [layer, head], to: [L1H0.v], from: corrupted}")
public record DirectPath(
        @Key("direct-path")
        @Doc("The hook point of the senders: `attn.z`, `attn_out`, `mlp_out`, `mlp.post`, " + "`embed` or `pos_embed`.")
        SiteName directPath,

        @Default("[]") @Doc("Sweep axes: one sender at a time.")
        List<SweepAxis> over,

        @Default("[]")
        @Doc("Only these layers. With `over: layer` they are swept; without it they are edited " + "together.")
        List<Integer> layers,

        @Default("[]") @Doc("Sending heads such as `L0H3`, sent together.")
        List<HeadName> heads,

        @Nullable @Key("heads-from") @Doc("Sending heads selected by an earlier measurement, sent together.")
        FoundHeads headsFrom,

        @OneOrMany @Default("[]") @Doc("The receivers: only `logits`, or any of `L9H6.q`, `.k`, `.v` and `L9.mlp_in`.")
        List<ReceiverName> to,

        @Nullable @Key("to-heads-from") @Doc("Receiving heads selected by an earlier measurement.")
        FoundHeads toHeadsFrom,

        @OnlyWith("to-heads-from") @Default("q") @Doc("Which input of the heads of `to-heads-from`: `q`, `k` or `v`.")
        ReceiverName.Input input,

        @Default("corrupted") @Doc("The run that the sent activation is taken from; the other run is edited.")
        Patch.From from,

        @OneOrMany @Default("everywhere") @Doc("Positions of the sender; `everywhere` for all positions.")
        List<String> at,

        @OneOrMany
        @Default("[]")
        @Doc("Interventions that are applied before this one in the same " + "run.")
        @NameOf("intervention")
        List<String> after)
        implements Intervention {
    public DirectPath {
        Receiving.check(to, toHeadsFrom, input);
        paths(directPath, over, layers, heads, headsFrom, from, at);
    }

    private static Paths paths(
            SiteName site,
            List<SweepAxis> over,
            List<Integer> layers,
            List<HeadName> heads,
            @Nullable FoundHeads headsFrom,
            Patch.From from,
            List<String> at) {
        SiteSelection where = new SiteSelection(
                List.of(site.site()), over, layers, heads, headsFrom, List.of(), at, List.of("everywhere"), List.of(1));
        return new Paths(where, from, true, true);
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
        return paths(directPath, over, layers, heads, headsFrom, from, at)
                .sweep(planning, run, Receivers.of(planning, to, toHeadsFrom, input, true));
    }

    @Override
    public List<String> receivers() {
        return Receiving.names(to, toHeadsFrom, input);
    }

    @Override
    public String describe(Chosen chosen) {
        return paths(directPath, over, layers, heads, headsFrom, from, at)
                        .senders()
                        .describe(chosen)
                + Paths.from(from) + ", its difference added to " + Receiving.describe(to, toHeadsFrom, input, chosen)
                + " through the residual stream alone (linear)";
    }
}
