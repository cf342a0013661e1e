package dev.loupe.analysis.neurons;

import dev.loupe.analysis.output.Apply;
import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.reading.MetricBundle;
import dev.loupe.analysis.sampled.DictionaryReading;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.ask.DictionaryShape;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.Positions;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.plan.values.Recover;
import dev.loupe.result.Figure;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OnlyWith;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much of an activation a dictionary of features holds. */
@Named("dictionary-quality")
@Doc(
        "How good a dictionary of features is: how much of the activation it reconstructs, with how many active features, and how much "
                + "of the model's loss is kept with the reconstruction in place of the activation.")
@Example("{dictionary-quality: reconstruction}")
public record DictionaryQuality(
        @Key("dictionary-quality") @Doc("What is measured.") Tell tell,

        @Nullable @Doc("The layer of the dictionary. Required where the model has several.")
        Integer layer,

        @OnlyWith(
                value = "dictionary-quality",
                words = {"reconstruction", "density"})
        @Default("everywhere")
        @Doc("Named position or position class; `everywhere` for all positions.")
        String at,

        @Nullable
        @OnlyWith(value = "dictionary-quality", words = "loss-recovered")
        @Doc("The metric, usually a `loss`; required for `loss-recovered`.")
        @NameOf(value = "metric", inPlace = Metric.class)
        String read)
        implements NeuronAnalysis {
    /** What is told. */
    public enum Tell {
        @Doc(
                "Explained variance, mean number of active features at a position (`active`), and share of features that are never "
                        + "active (`dead`).")
        RECONSTRUCTION,
        @Doc("Share of positions at which each feature is active, on the axes `layer` and `feature`.")
        DENSITY,
        @Doc(
                "(loss with the activation at zero - loss with the reconstruction instead) / (loss with the activation at zero - loss "
                        + "of the model): 1 where the reconstruction does all that the activation does, 0 where it does no more than zeros.")
        LOSS_RECOVERED
    }

    public DictionaryQuality {
        if ((tell == Tell.LOSS_RECOVERED) != (read != null)) {
            throw new IllegalArgumentException("`read` names the loss of `loss-recovered`, and is for that alone");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        planning.require(Site.FEATURES);
        DictionaryShape dictionary = chosen(planning);
        if (read != null) {
            return recovered(planning, dictionary, read);
        }
        DictionaryReading reading = new DictionaryReading(dictionary, at, tell == Tell.DENSITY);
        int run = planning.clean(
                planning.rows(planning.on()), reading.captures(planning.model().shape()), LogitsRead.NONE);
        return planning.builder().add(id -> new ReadRows(id, reading, List.of(run), List.of()));
    }

    private DictionaryShape chosen(AnalysisPlanning planning) {
        List<DictionaryShape> all = planning.model().shape().dictionaries();
        if (layer == null && all.size() > 1) {
            throw new IllegalArgumentException(planning.model().label() + " has dictionaries in layers "
                    + planning.model().shape().layersWith(Site.FEATURES) + ": name one with `layer`");
        }
        int its = layer == null ? all.get(0).layer() : layer;
        planning.point(Site.FEATURES, its);
        return all.stream().filter(one -> one.layer() == its).findFirst().orElseThrow();
    }

    private static int recovered(AnalysisPlanning planning, DictionaryShape dictionary, String metric) {
        MetricBundle reading = MetricBundle.of(planning, List.of(metric), planning.on());
        List<Double> least =
                reading.perComponent(planning.model().shape(), planning.rows(planning.on()), Metric::distinct);
        int spliced = Apply.read(
                planning, reading, planning.on(), silenced(HookPoint.of(Site.DICTIONARY_ERROR, dictionary.layer())));
        int zero = Apply.read(planning, reading, planning.on(), silenced(dictionary.writes()));
        int whole = Apply.read(planning, reading, planning.on(), Sweep.NOTHING);
        return planning.builder().add(id -> new Recover(id, spliced, zero, whole, least));
    }

    private static Sweep silenced(HookPoint point) {
        Edit edit = new Edit(point, List.of(), new Positions.All(), new EditValue.Zero());
        return new Sweep(List.of(), List.of(new Cell(0, List.of(edit))));
    }

    @Override
    public String title() {
        return switch (tell) {
            case RECONSTRUCTION -> "Quality of the dictionary";
            case DENSITY -> "Density of features";
            case LOSS_RECOVERED -> "Loss recovered by the dictionary";
        };
    }

    @Override
    public String formula() {
        return switch (tell) {
            case RECONSTRUCTION ->
                "**explained-variance**: 1 - sum of |x - reconstruction|² / sum of |x - mean of x|², over positions  \n"
                        + "**active**: mean number of features that are not 0 at a position  \n"
                        + "**dead**: share of features that are 0 at every position of the dataset";
            case DENSITY -> "share of positions at which the feature is not 0";
            case LOSS_RECOVERED ->
                "(loss of zeros - loss of the reconstruction) / (loss of zeros - loss of the model), each in place of the activation";
        };
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.HIGHER;
    }

    @Override
    public Figure figure() {
        return tell == Tell.RECONSTRUCTION ? Figure.TABLE : Figure.AUTO;
    }

    @Override
    public String unit() {
        return tell == Tell.DENSITY ? "share of positions" : "";
    }

    @Override
    public String parts() {
        return tell == Tell.RECONSTRUCTION ? "part" : "";
    }
}
