package dev.loupe.intervention;

import dev.loupe.hook.HookPoint;
import dev.loupe.intervention.select.Earlier;
import dev.loupe.intervention.select.EditContext;
import dev.loupe.intervention.select.SelectionOptions;
import dev.loupe.intervention.select.SiteSelection;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.intervention.select.SweepLayout;
import dev.loupe.intervention.value.AblationValue;
import dev.loupe.metric.direction.DirectionChoice;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.build.Chosen;
import dev.loupe.plan.build.Planning;
import dev.loupe.plan.edit.Direction;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.plan.edit.WithinDirection;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Named;
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

        @Inline SelectionOptions select,

        @Nullable @Doc("Replace only the component along this direction.")
        DirectionChoice along,

        @Default("zero") @Doc("The value that replaces the activation.")
        AblationValue with,

        @Inline Earlier earlier)
        implements Intervention {
    public Ablate {
        SiteSelection.of(List.of(ablate), select);
    }

    private SiteSelection where() {
        return SiteSelection.of(List.of(ablate), select);
    }

    @Override
    public Sweep sweep(Planning planning, EditContext run) {
        Map<HookPoint, EditValue> values = new HashMap<>();
        return new SweepLayout(planning, where(), planning.rows(run.rows()))
                .writing(point -> values.computeIfAbsent(point, p -> value(planning, run, p)));
    }

    private EditValue value(Planning planning, EditContext run, HookPoint point) {
        EditValue value = with.value(planning, run.on(), point);
        if (along == null) {
            return value;
        }
        Direction direction = along.direction(planning, planning.rows(run.rows()), point);
        return new WithinDirection(direction, value);
    }

    @Override
    public String describe(Chosen chosen) {
        return where().describe(chosen)
                + (along == null ? "" : ", along " + along.describe() + " only,")
                + " replaced by " + with.describe();
    }
}
