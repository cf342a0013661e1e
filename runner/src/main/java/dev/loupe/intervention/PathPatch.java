package dev.loupe.intervention;

import dev.loupe.intervention.select.Earlier;
import dev.loupe.intervention.select.EditContext;
import dev.loupe.intervention.select.Receivers;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.build.Chosen;
import dev.loupe.plan.build.Planning;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import java.util.List;

/**
 * Path patching by the freeze recipe (Wang et al. 2022, appendix B): the sender's activation comes from the other half, every
 * other head is held at its own value, and what this makes of the receivers' inputs is patched into a run that is free
 * otherwise. Not the same as {@link DirectPath}.
 */
@Named("path-patch")
@Doc("Path patching: send the activation of a component in the other run to the receivers only, with all other "
        + "heads frozen. A first run records the inputs of the receivers, with normalisation recomputed; a second "
        + "run, otherwise unfrozen, is patched with them. A path to `logits` takes one run: with `mlps: frozen` it "
        + "differs from `direct-path` only in the scales of normalisation, which are recomputed here.")
@Example("{path-patch: attn.z, over: [layer, head], to: [L1H0.q, L1H3.q], from: corrupted}")
public record PathPatch(
        @Key("path-patch")
        @Doc("The hook point of the senders: `attn.z`, `attn_out`, `mlp_out`, `mlp.post`, " + "`embed` or `pos_embed`.")
        SiteName pathPatch,

        @Inline PathOptions paths,

        @Default("recomputed") @Doc("What the MLPs between sender and receiver do.")
        Mlps mlps,

        @Inline Earlier earlier)
        implements Intervention {
    /** What MLPs between sender and receiver do. */
    public enum Mlps {
        @Doc("They are recomputed as part of the path, as in Wang et al.")
        RECOMPUTED,
        @Doc("They are frozen at their values, like the heads.")
        FROZEN
    }

    public PathPatch {
        new Paths(paths.senders(pathPatch), paths.from(), mlps == Mlps.FROZEN, false);
    }

    @Override
    public Patch.From from() {
        return paths.from();
    }

    @Override
    public Sweep sweep(Planning planning, EditContext run) {
        return new Paths(paths.senders(pathPatch), paths.from(), mlps == Mlps.FROZEN, false)
                .sweep(planning, run, Receivers.of(planning, paths.to(), paths.toHeadsFrom(), paths.input(), false));
    }

    @Override
    public List<String> receivers() {
        return paths.receivers();
    }

    @Override
    public String describe(Chosen chosen) {
        return paths.describe(pathPatch, chosen) + ", sent to " + paths.ends(chosen)
                + " only, other heads "
                + (mlps == Mlps.FROZEN ? "and MLPs held" : "frozen and MLPs recomputed") + " (freeze recipe)";
    }
}
