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
import dev.loupe.intervention.value.DirectionChoice;
import dev.loupe.plan.ask.FoundHeads;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.build.Planning;
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

        @Default("[]")
        @Doc("Sweep axes, in the order of the result. Without them, all selected components are "
                + "edited in one run.")
        List<SweepAxis> over,

        @Default("clean") @Doc("The run that activations are taken from; the other run is edited.")
        From from,

        @Nullable @Doc("The run that is edited; defaults to the opposite of `from`.")
        Into into,

        @Default("[]")
        @Doc("Only these layers. With `over: layer` they are swept; without it they are edited " + "together.")
        List<Integer> layers,

        @Default("[]") @Doc("Heads such as `L0H3`, patched together.")
        List<HeadName> heads,

        @Nullable @Key("heads-from") @Doc("Heads selected by an earlier measurement, patched together.")
        FoundHeads headsFrom,

        @Default("[]") @Doc("Neurons such as `L3N110`, patched together.")
        List<NeuronName> neurons,

        @OneOrMany
        @Default("everywhere")
        @Doc("Named positions or position classes; `everywhere` for all positions. With `over: position`, one at a "
                + "time. Not together with `pos` or `dest` in `over`.")
        List<String> at,

        @OneOrMany
        @Default("everywhere")
        @Doc("For `attn.pattern` and `attn.scores`: the key positions, where `at` names the query positions.")
        List<String> keys,

        @OneOrMany
        @Default("1")
        @Doc("Window size in layers: the swept layer and its neighbours are patched together. Several sizes are "
                + "swept on an axis `window`.")
        List<Integer> window,

        @Nullable @Doc("Patch only the component along this direction.")
        DirectionChoice along,

        @OneOrMany
        @Default("[]")
        @Doc("Interventions that are applied before this one in the same " + "run.")
        @NameOf("intervention")
        List<String> after)
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
        over = List.copyOf(over);
        where(patch, over, layers, heads, headsFrom, neurons, at, keys, window);
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
        if (from == From.UNEDITED && after.isEmpty()) {
            throw new IllegalArgumentException(
                    "`from: unedited` restores what an earlier intervention changed: name that intervention with "
                            + "`after`");
        }
    }

    private static SiteSelection where(
            List<SiteName> sites,
            List<SweepAxis> over,
            List<Integer> layers,
            List<HeadName> heads,
            @Nullable FoundHeads headsFrom,
            List<NeuronName> neurons,
            List<String> at,
            List<String> keys,
            List<Integer> window) {
        return new SiteSelection(
                sites.stream().map(SiteName::site).toList(), over, layers, heads, headsFrom, neurons, at, keys, window);
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
        RowsRef sources = planning.rows(from == From.UNEDITED ? run.rows() : source(run.on()));
        SiteSelection where = where(patch, over, layers, heads, headsFrom, neurons, at, keys, window);
        SweepLayout places = new SweepLayout(planning, where, sources);
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
        return where(patch, over, layers, heads, headsFrom, neurons, at, keys, window)
                        .describe(chosen)
                + (along == null ? "" : ", along " + along.describe() + " only,")
                + from.written();
    }
}
