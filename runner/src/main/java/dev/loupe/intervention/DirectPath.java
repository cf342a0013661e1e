package dev.loupe.intervention;

import dev.loupe.intervention.select.Earlier;
import dev.loupe.intervention.select.EditContext;
import dev.loupe.intervention.select.Receivers;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.build.Chosen;
import dev.loupe.plan.build.Planning;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import java.util.List;

/**
 * The linearised direct path (TransformerLens' direct path patching): the sender's difference goes through the residual
 * stream to the receivers' inputs and nothing between is computed anew, the scales of normalisation included. Not the same as
 * {@link PathPatch}.
 */
@Named("direct-path")
@Doc("The linearised direct path: add the sender's difference between the two runs to the inputs of the receivers, "
        + "through the residual stream alone. Heads, MLPs and normalisation scales on the way keep their values of "
        + "the edited run, also the scales of norms on what attention and MLPs write. What one receiver changes does not "
        + "reach another. For `to: logits`, the change of a logit difference equals the sender's direct logit "
        + "attribution, corrupted minus clean; `path-patch` with `mlps: frozen` recomputes the final scale, and the "
        + "two are equal only"
        + " where that scale is held.")
@Example("{direct-path: attn.z, over: [layer, head], to: [L1H0.v], from: corrupted}")
public record DirectPath(
        @Key("direct-path")
        @Doc("The hook point of the senders: `attn.z`, `attn_out`, `mlp_out`, `mlp.post`, " + "`embed` or `pos_embed`.")
        SiteName directPath,

        @Inline PathOptions paths,

        @Inline Earlier earlier)
        implements Intervention {
    public DirectPath {
        new Paths(paths.senders(directPath), paths.from(), true, true);
    }

    @Override
    public Patch.From from() {
        return paths.from();
    }

    @Override
    public Sweep sweep(Planning planning, EditContext run) {
        return new Paths(paths.senders(directPath), paths.from(), true, true)
                .sweep(planning, run, Receivers.of(planning, paths.to(), paths.toHeadsFrom(), paths.input(), true));
    }

    @Override
    public List<String> receivers() {
        return paths.receivers();
    }

    @Override
    public String describe(Chosen chosen) {
        return paths.describe(directPath, chosen) + ", its difference added to " + paths.ends(chosen)
                + " through the residual stream alone (linear)";
    }
}
