package dev.loupe.intervention;

import dev.loupe.intervention.select.Earlier;
import dev.loupe.intervention.select.EditContext;
import dev.loupe.intervention.select.HeadName;
import dev.loupe.intervention.select.SelectionOptions;
import dev.loupe.intervention.select.SiteSelection;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.intervention.select.SweepLayout;
import dev.loupe.plan.ask.Found;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.plan.build.Chosen;
import dev.loupe.plan.build.Planning;
import dev.loupe.plan.build.SelectionWords;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Holds activations at what they are in the unedited run, so that an edit elsewhere cannot act through them. */
@Named("freeze")
@Doc("Freeze activations at their values in the unedited run of the same rows: LayerNorm scales, attention "
        + "patterns, or any other hook point. Has an effect only with another intervention.")
@Example("{freeze: [ln1.scale, ln2.scale, ln_final.scale, attn.pattern]}")
public record Freeze(
        @OneOrMany @Doc("The hook points, frozen in every layer unless `layers`, `heads` or `heads-from` name some.")
        List<SiteName> freeze,

        @OneOrMany @Default("[]") @Doc("Only in these layers.")
        List<Integer> layers,

        @OneOrMany @Default("[]") @Doc("Only these heads.") List<HeadName> heads,

        @Nullable @Key("heads-from") @Doc("Only heads selected by an earlier measurement.")
        Found headsFrom,

        @OneOrMany @Default("everywhere") @Doc("Named positions or position classes; `everywhere` for all positions.")
        List<String> at,

        @Inline Earlier earlier)
        implements Intervention {
    public Freeze {
        freeze = List.copyOf(freeze);
        if (freeze.isEmpty()) {
            throw new IllegalArgumentException("name at least one hook point, such as `ln1.scale`");
        }
        for (SiteName site : freeze) {
            boolean named = !heads.isEmpty() || headsFrom != null;
            // Where no layers are named all are meant, and how many there are only a model tells.
            where(
                    site,
                    named || !site.site().perLayer() || !layers.isEmpty() ? layers : List.of(0),
                    heads,
                    headsFrom,
                    at);
        }
    }

    private static SiteSelection where(
            SiteName site, List<Integer> layers, List<HeadName> heads, @Nullable Found headsFrom, List<String> at) {
        return SiteSelection.of(List.of(site), SelectionOptions.together(layers, heads, headsFrom, at));
    }

    @Override
    public Sweep sweep(Planning planning, EditContext run) {
        RowsRef rows = planning.rows(run.rows());
        List<Sweep> sweeps = new ArrayList<>();
        for (SiteName site : freeze) {
            boolean all = site.site().perLayer() && layers.isEmpty() && heads.isEmpty() && headsFrom == null;
            List<Integer> which = all
                    ? IntStream.range(0, planning.model().shape().layers())
                            .boxed()
                            .toList()
                    : layers;
            SweepLayout places = new SweepLayout(planning, where(site, which, heads, headsFrom, at), rows);
            int unedited = planning.clean(rows, places.points(), LogitsRead.NONE);
            sweeps.add(places.writing(point -> new EditValue.FromRun(unedited)));
        }
        return sweeps.stream().reduce(Sweep.NOTHING, Sweep::then);
    }

    @Override
    public String describe(Chosen chosen) {
        boolean all = layers.isEmpty() && heads.isEmpty() && headsFrom == null;
        boolean layered = freeze.stream().anyMatch(site -> site.site().perLayer());
        String components = all
                ? (layered ? " of every layer" : "")
                : where(freeze.get(0), layers, heads, headsFrom, at).components(chosen);
        return SelectionWords.sites(freeze) + components + SelectionWords.at(at) + " frozen at the values of the "
                + "unedited run";
    }
}
