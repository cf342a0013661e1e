package dev.loupe.intervention;

import dev.loupe.hook.HookPoint;
import dev.loupe.intervention.select.Chosen;
import dev.loupe.intervention.select.Earlier;
import dev.loupe.intervention.select.EditContext;
import dev.loupe.intervention.select.SelectionOptions;
import dev.loupe.intervention.select.SiteName;
import dev.loupe.intervention.select.SiteSelection;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.intervention.select.SweepLayout;
import dev.loupe.intervention.value.DirectionChoice;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.RowsRef;
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
@Doc("Write activations of one half of a paired dataset into the run on the other half, swept or for named components.")
@Example("{patch: attn.z, over: [layer, head], from: clean}")
public record Patch(
        @OneOrMany
        @Doc("The site, such as `resid_pre`, `attn.z`, `attn.pattern`; several are swept on a leading axis `site`.")
        List<SiteName> patch,

        @Inline SelectionOptions select,

        @Default("clean") @Doc("Whose activations are written; the run on the other half is edited.")
        From from,

        @Nullable @Doc("Which half's run is edited: the one that `from` is not. It need not be said.")
        Into into,

        @Nullable @Doc("Patch only the coordinate along this direction.")
        DirectionChoice along,

        @Inline Earlier earlier)
        implements Intervention {
    /** Which run is edited. */
    public enum Into {
        @Doc("The run on the clean half.")
        CLEAN,
        @Doc("The run on the corrupted half.")
        CORRUPTED
    }

    /** Whose activations are written. */
    public enum From {
        @Doc("Those of the clean half, into the run on the corrupted half.")
        CLEAN,
        @Doc("Those of the corrupted half, into the run on the clean half.")
        CORRUPTED,
        @Doc("Those of the same rows' unedited run: restores what `after` changed.")
        UNEDITED;

        /** What is written where, in words. */
        String written() {
            return switch (this) {
                case CLEAN -> " of the clean run written into the corrupted run";
                case CORRUPTED -> " of the corrupted run written into the clean run";
                case UNEDITED -> " restored to what the unedited run has";
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
                    + "` are the same half, which would change nothing: one is `clean`, the other `corrupted`"
                    + (from == From.CLEAN ? " (`from` is `clean` where it is not written)" : ""));
        }
        if (from == From.UNEDITED && into != null) {
            throw new IllegalArgumentException(
                    "`from: unedited` restores the rows of the run itself, so there is no `into`");
        }
        if (from == From.CLEAN) {
            into = Into.CORRUPTED;
        } else if (from == From.CORRUPTED) {
            into = Into.CLEAN;
        }
        if (from == From.UNEDITED && earlier.after().isEmpty()) {
            throw new IllegalArgumentException(
                    "`from: unedited` restores what an earlier intervention changed: name it" + " with `after`");
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
        return places.writing(point -> values.computeIfAbsent(point, p -> value(planning, source, p)));
    }

    private EditValue value(Planning planning, int source, HookPoint point) {
        EditValue value = new EditValue.FromRun(source);
        return along == null ? value : new WithinDirection(along.direction(planning, point), value);
    }

    @Override
    public String describe(Chosen chosen) {
        return where().describe(chosen)
                + (along == null ? "" : ", along " + along.describe() + " only,")
                + from.written();
    }
}
