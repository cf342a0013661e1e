package dev.loupe.intervention;

import dev.loupe.hook.HookPoint;
import dev.loupe.intervention.select.Chosen;
import dev.loupe.intervention.select.EditContext;
import dev.loupe.intervention.select.HeadName;
import dev.loupe.intervention.select.NeuronName;
import dev.loupe.intervention.select.SiteName;
import dev.loupe.intervention.select.SiteSelection;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.intervention.select.SweepAxis;
import dev.loupe.intervention.select.SweepLayout;
import dev.loupe.intervention.value.AblationValue;
import dev.loupe.intervention.value.DirectionChoice;
import dev.loupe.plan.ask.FoundHeads;
import dev.loupe.plan.build.Planning;
import dev.loupe.plan.edit.Direction;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.plan.edit.WithinDirection;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replaces an activation by one that carries no information about the row. */
@Named("ablate")
@Doc("Ablate: replace an activation, swept over layers, heads, neurons or positions, or for selected components "
        + "together.")
@Example("{ablate: attn.z, over: [layer, head], with: {mean: {of: default, per: position}}}")
public record Ablate(
        @Doc("The hook point, such as `attn.z`, `attn_out`, `mlp_out`, `mlp.post`.")
        SiteName ablate,

        @Default("[]")
        @Doc("Sweep axes, in the order of the result. Without them, all selected components are "
                + "edited in one run.")
        List<SweepAxis> over,

        @Default("[]")
        @Doc("Only these layers. With `over: layer` they are swept; without it they are edited " + "together.")
        List<Integer> layers,

        @Default("[]") @Doc("Heads such as `L0H3`, ablated together.")
        List<HeadName> heads,

        @Nullable @Key("heads-from") @Doc("Heads selected by an earlier measurement, ablated together.")
        FoundHeads headsFrom,

        @Default("[]") @Doc("Neurons such as `L3N110`, ablated together.")
        List<NeuronName> neurons,

        @OneOrMany @Default("everywhere") @Doc("Named positions or position classes; `everywhere` for all positions.")
        List<String> at,

        @OneOrMany
        @Default("everywhere")
        @Doc("For `attn.pattern` and `attn.scores`: the key positions, where `at` names the query positions.")
        List<String> keys,

        @OneOrMany
        @Default("1")
        @Doc("Window size in layers: the swept layer and its neighbours are ablated together. Several sizes are "
                + "swept on an axis `window`.")
        List<Integer> window,

        @Nullable @Doc("Replace only the component along this direction.")
        DirectionChoice along,

        @Default("zero") @Doc("The value that replaces the activation.")
        AblationValue with,

        @OneOrMany
        @Default("[]")
        @Doc("Interventions that are applied before this one in the same " + "run.")
        @NameOf("intervention")
        List<String> after)
        implements Intervention {
    public Ablate {
        where(ablate, over, layers, heads, headsFrom, neurons, at, keys, window);
    }

    private static SiteSelection where(
            SiteName site,
            List<SweepAxis> over,
            List<Integer> layers,
            List<HeadName> heads,
            @Nullable FoundHeads headsFrom,
            List<NeuronName> neurons,
            List<String> at,
            List<String> keys,
            List<Integer> window) {
        return new SiteSelection(List.of(site.site()), over, layers, heads, headsFrom, neurons, at, keys, window);
    }

    @Override
    public Sweep sweep(Planning planning, EditContext run) {
        SiteSelection where = where(ablate, over, layers, heads, headsFrom, neurons, at, keys, window);
        Map<HookPoint, EditValue> values = new HashMap<>();
        return new SweepLayout(planning, where, planning.rows(run.rows()))
                .writing(point -> values.computeIfAbsent(point, p -> value(planning, run, p)));
    }

    private EditValue value(Planning planning, EditContext run, HookPoint point) {
        EditValue value = with.value(planning, run.on(), point);
        if (along == null) {
            return value;
        }
        Direction direction = along.direction(planning, point);
        return new WithinDirection(direction, value);
    }

    @Override
    public String describe(Chosen chosen) {
        return where(ablate, over, layers, heads, headsFrom, neurons, at, keys, window)
                        .describe(chosen)
                + (along == null ? "" : ", along " + along.describe() + " only,")
                + " replaced by " + with.describe();
    }
}
