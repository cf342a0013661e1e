package dev.loupe.intervention;

import dev.loupe.hook.HookPoint;
import dev.loupe.intervention.select.Earlier;
import dev.loupe.intervention.select.EditContext;
import dev.loupe.intervention.select.SelectionOptions;
import dev.loupe.intervention.select.SiteSelection;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.intervention.select.SweepLayout;
import dev.loupe.metric.direction.DirectionChoice;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.build.Chosen;
import dev.loupe.plan.build.Planning;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.plan.edit.WithinDirection;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Activation patching: the run on one half of a dataset of pairs is edited with activations of the other half's run (Vig et
 * al. 2020; Meng et al. 2022; the sweeps of TransformerLens' {@code patching} module).
 */
@Named("patch")
@Doc("Activation patching: write activations of the clean or corrupted run of a paired dataset into the other run, "
        + "swept or for selected components.")
@Example("{patch: attn.z, over: [layer, head], from: clean}")
public record Patch(
        @OneOrMany
        @Doc("The hook point, such as `resid_pre`, `attn.z`, `attn.pattern`; several are swept on a leading axis "
                + "`site`.")
        List<SiteName> patch,

        @Inline SelectionOptions select,

        @Default("clean") @Doc("The run that activations are taken from; the other run is edited.")
        From from,

        @Nullable @Doc("The run that is edited; defaults to the opposite of `from`.")
        Into into,

        @Nullable @Doc("Patch only the component along this direction.")
        DirectionChoice along,

        @Inline Earlier earlier)
        implements Intervention {
    /** Which run is edited. */
    public enum Into {
        @Doc("The clean run.")
        CLEAN,
        @Doc("The corrupted run.")
        CORRUPTED
    }

    /** Whose activations are written. */
    public enum From {
        @Doc("Activations of the clean run, written into the corrupted run.")
        CLEAN,
        @Doc("Activations of the corrupted run, written into the clean run.")
        CORRUPTED,
        @Doc("Activations of the unedited run on the same rows: restores what `after` changed.")
        UNEDITED;

        /** What is written where, in words. */
        String written() {
            return switch (this) {
                case CLEAN -> " of the clean run written into the corrupted run";
                case CORRUPTED -> " of the corrupted run written into the clean run";
                case UNEDITED -> " restored to the values of the unedited run";
            };
        }

        /** The dataset whose run is edited. */
        String edited(String on) {
            return this == CLEAN ? on + RowsRef.CORRUPTED : on;
        }

        /** The dataset whose activations are written. */
        String source(String on) {
            return this == CORRUPTED ? on + RowsRef.CORRUPTED : on;
        }
    }

    public Patch {
        patch = List.copyOf(patch);
        SiteSelection.of(patch, select);
        if (from != From.UNEDITED && into != null && into.name().equals(from.name())) {
            String half = from.name().toLowerCase(Locale.ROOT);
            throw new IllegalArgumentException("`from: " + half + "` and `into: " + half
                    + "` are the same run, which has no effect: one must be `clean`, the other `corrupted`"
                    + (from == From.CLEAN ? " (`from` defaults to `clean`)" : ""));
        }
        if (from == From.UNEDITED && into != null) {
            throw new IllegalArgumentException(
                    "`from: unedited` restores the rows of the same run, so `into` must be left out");
        }
        if (from == From.CLEAN) {
            into = Into.CORRUPTED;
        } else if (from == From.CORRUPTED) {
            into = Into.CLEAN;
        }
        if (from == From.UNEDITED && earlier.after().isEmpty()) {
            throw new IllegalArgumentException(
                    "`from: unedited` restores what an earlier intervention changed: name that intervention with "
                            + "`after`");
        }
    }

    private SiteSelection where() {
        return SiteSelection.of(patch, select);
    }

    @Override
    public Sweep sweep(Planning planning, EditContext run) {
        RowsRef sources = planning.rows(from == From.UNEDITED ? run.rows() : source(run.on()));
        SweepLayout places = new SweepLayout(planning, where(), sources);
        int source = planning.clean(sources, places.points(), LogitsRead.NONE);
        Map<HookPoint, EditValue> values = new HashMap<>();
        return places.writing(point -> values.computeIfAbsent(point, p -> value(planning, run, source, p)));
    }

    private EditValue value(Planning planning, EditContext run, int source, HookPoint point) {
        EditValue value = new EditValue.FromRun(source);
        return along == null
                ? value
                : new WithinDirection(along.direction(planning, planning.rows(edited(run.on())), point), value);
    }

    @Override
    public String describe(Chosen chosen) {
        return where().describe(chosen)
                + (along == null ? "" : ", along " + along.describe() + " only,")
                + from.written();
    }
}
