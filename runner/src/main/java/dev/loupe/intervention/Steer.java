package dev.loupe.intervention;

import dev.loupe.hook.HookPoint;
import dev.loupe.intervention.select.ComponentOptions;
import dev.loupe.intervention.select.Earlier;
import dev.loupe.intervention.select.EditContext;
import dev.loupe.intervention.select.SelectionOptions;
import dev.loupe.intervention.select.SiteSelection;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.intervention.select.SweepAxis;
import dev.loupe.intervention.select.SweepLayout;
import dev.loupe.metric.direction.DirectionChoice;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.build.Chosen;
import dev.loupe.plan.build.Planning;
import dev.loupe.plan.build.SelectionWords;
import dev.loupe.plan.edit.Direction;
import dev.loupe.plan.edit.DirectionEdit;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import dev.loupe.schema.annotation.OnlyWith;
import dev.loupe.schema.annotation.Sweepable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Steering along a direction (Turner et al. 2023; projecting out: Arditi et al. 2024). */
@Named("steer")
@Doc("Steering: add a direction to an activation, set its component along the direction, or project the "
        + "direction out; in one layer, or in each layer in turn.")
@Example("{steer: resid_pre, toward: pairs, away: pairs/corrupted, by: 2.0}")
public record Steer(
        @Doc("A hook point [batch, pos, d_model] or [batch, pos, d_mlp], such as `resid_pre`, `attn_out`, `mlp.post`.")
        SiteName steer,

        @Nullable
        @Doc("The dataset whose mean activation the direction points to; shorthand for `along: {difference: ...}`.")
        @NameOf("dataset")
        String toward,

        @Nullable @Doc("The dataset whose mean activation the direction starts from.") @NameOf("dataset")
        String away,

        @Nullable @Doc("The direction, instead of `toward` and `away`.")
        DirectionChoice along,

        @Default("add") @Doc("What is done with the direction.")
        Mode mode,

        @OnlyWith(
                value = "mode",
                words = {"add", "clamp"})
        @Sweepable
        @OneOrMany
        @Default("1.0")
        @Doc("The factor of the direction that is added, or the component that `clamp` sets.")
        List<Double> by,

        @Doc("The layer. Without it, each layer in turn, on an axis `layer`.") @Nullable
        Integer layer,

        @OneOrMany @Default("everywhere") @Doc("Named positions or position classes; `everywhere` for all positions.")
        List<String> at,

        @Inline Earlier earlier)
        implements Intervention {
    /** What is done with a direction d, of length 1 as u, to an activation x. */
    public enum Mode {
        @Doc("x + by d.")
        ADD,
        @Doc("x + (by - x . u) u: the coordinate along the direction becomes `by`.")
        CLAMP,
        @Doc("x - (x . u) u; `by` has no effect.")
        PROJECT_OUT
    }

    public Steer {
        if ((toward == null) != (away == null) || (toward == null) == (along == null)) {
            throw new IllegalArgumentException("give the direction either by `toward` and `away`, or by `along`");
        }
        by = Sweep.values("by", by);
        if (!by.stream().allMatch(Double::isFinite) || (layer != null && layer < 0)) {
            throw new IllegalArgumentException("`by` must be finite, and `layer` at least 0");
        }
        where(steer, layer, at);
    }

    private static SiteSelection where(SiteName site, @Nullable Integer layer, List<String> at) {
        boolean sweeps = site.site().perLayer() && layer == null;
        List<SweepAxis> over = sweeps ? List.of(SweepAxis.LAYER) : List.of();
        List<Integer> layers = layer == null ? List.of() : List.of(layer);
        return SiteSelection.of(
                List.of(site), new SelectionOptions(new ComponentOptions(over, layers, List.of(), null), at));
    }

    private DirectionChoice choice() {
        if (along != null) {
            return along;
        }
        if (toward == null || away == null) {
            throw new IllegalStateException("no direction");
        }
        return new DirectionChoice.Difference(toward, away);
    }

    @Override
    public Sweep sweep(Planning planning, EditContext run) {
        RowsRef rows = planning.rows(run.rows());
        SweepLayout layout = new SweepLayout(planning, where(steer, layer, at), rows);
        Map<HookPoint, Direction> directions = new HashMap<>();
        return Sweep.along(
                "by",
                by,
                amount -> layout.writing(point -> new DirectionEdit(
                        directions.computeIfAbsent(point, p -> choice().direction(planning, rows, p)),
                        DirectionEdit.How.valueOf(mode.name()),
                        amount)));
    }

    @Override
    public String describe(Chosen chosen) {
        String direction = choice().describe();
        String amount = SelectionWords.inTurn(by);
        String changed = switch (mode) {
            case ADD -> " plus " + amount + " times " + direction;
            case CLAMP -> " with its component set to " + amount + " along " + direction;
            case PROJECT_OUT -> " without its projection on " + direction;
        };
        return where(steer, layer, at).describe(chosen) + changed;
    }
}
