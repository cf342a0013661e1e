package dev.loupe.report.training;

import dev.loupe.report.chart.ChanceMarks;
import dev.loupe.report.chart.ColourLegend;
import dev.loupe.report.chart.MapColours;
import dev.loupe.report.chart.Plotted;
import dev.loupe.report.draw.ChanceWords;
import dev.loupe.report.draw.ColourScale;
import dev.loupe.report.draw.PageDetail;
import dev.loupe.report.draw.TrainingLabel;
import dev.loupe.report.pattern.PatternSeries;
import dev.loupe.report.section.Markup;
import dev.loupe.report.section.Section;
import dev.loupe.result.Artifact;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import dev.loupe.text.Count;
import freemarker.core.TemplateHTMLOutputModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Heads by steps of a training as colours, sorted by onset, and the attention of the chosen head at some steps. */
public record HeadsOverTraining(List<Figure> figures, List<Moments> moments) implements Section {
    /**
     * One measurement.
     *
     * @param data the address of the figure that draws the same numbers as curves, whose data these maps read
     */
    public record Figure(
            String name,
            String title,
            String data,
            TemplateHTMLOutputModel svg,
            TemplateHTMLOutputModel legend,
            List<String> caption) {}

    /** Null where no head was followed along a training, and no attention kept of it. */
    public static @Nullable HeadsOverTraining of(
            List<Artifact> artifacts, Map<String, String> addresses, PageDetail detail) {
        Set<Double> all = new TreeSet<>();
        List<Quantity> heads = new ArrayList<>();
        for (Artifact artifact : artifacts) {
            if (artifact instanceof Quantity quantity) {
                TrainingCurve.of(quantity).forEach(curve -> {
                    for (double step : curve.steps()) {
                        all.add(step);
                    }
                });
                if (HeadHeatmap.fits(Plotted.of(quantity))) {
                    heads.add(quantity);
                }
            }
        }
        List<Figure> figures = heads.stream()
                .map(quantity -> figure(quantity, String.valueOf(addresses.get(quantity.name())), all, detail))
                .toList();
        List<Moments> moments = PatternSeries.of(artifacts).stream()
                .map(series -> Moments.of(
                        series,
                        series.artifacts().stream()
                                .map(patterns -> addresses.get(patterns.name()))
                                .toList(),
                        changing(heads),
                        detail))
                .toList();
        return figures.isEmpty() && moments.isEmpty() ? null : new HeadsOverTraining(figures, moments);
    }

    private static Figure figure(Quantity quantity, String address, Set<Double> everywhere, PageDetail detail) {
        Plotted plotted = Plotted.of(quantity);
        List<List<TrainingCurve>> curves = TrainingCurve.each(quantity);
        ColourScale colours = MapColours.of(List.of(quantity), 0);
        HeadHeatmap map = HeadHeatmap.of(plotted, curves);
        List<String> caption = new ArrayList<>(map.caption());
        caption.addAll(checkpoints(curves.get(0).get(0), everywhere));
        NullBand chance = ChanceMarks.shown(quantity);
        if (chance != null) {
            caption.add("Chance: " + ChanceWords.edge(chance) + " (" + chance.method() + ").");
        }
        caption.add(measuredOn(quantity, curves.size()));
        return new Figure(
                quantity.name(),
                quantity.title(),
                address,
                Markup.svg(map.svg(colours, plotted.values().length <= detail.cells())),
                Markup.svg(ColourLegend.svg(colours, quantity.unit(), chance, List.of())),
                caption);
    }

    /** The head whose number changes most, of all that were followed; empty where none was. */
    private static String changing(List<Quantity> heads) {
        return heads.stream()
                .flatMap(quantity -> TrainingCurve.of(quantity).stream().limit(1))
                .max(Comparator.comparingDouble(TrainingCurve::change))
                .map(TrainingCurve::component)
                .orElse("");
    }

    /** Which checkpoints there are, how they lie, and which other figures of the page have and this one has not. */
    private static List<String> checkpoints(TrainingCurve curve, Set<Double> everywhere) {
        Set<Double> missing = new TreeSet<>(everywhere);
        for (double step : curve.steps()) {
            missing.remove(step);
        }
        String there = Count.of(curve.steps().length, "checkpoint") + ": " + StepSpacing.words(curve.steps()) + ".";
        return List.of(
                there,
                missing.isEmpty()
                        ? "None of this page's checkpoints is missing. Nothing is smoothed."
                        : Count.of(missing.size(), "checkpoint") + " of other figures "
                                + (missing.size() == 1 ? "is" : "are") + " missing here: "
                                + StepSpacing.words(missing.stream()
                                        .mapToDouble(Double::doubleValue)
                                        .toArray())
                                + ". Nothing is smoothed.");
    }

    private static String measuredOn(Quantity quantity, int trainings) {
        List<String> said = new ArrayList<>();
        List<String> models = quantity.setting().models();
        if (!models.isEmpty()) {
            String last = TrainingLabel.of(models.get(models.size() - 1));
            said.add("Model: " + last + (trainings > 1 ? " and " + (trainings - 1) + " more" : ""));
        }
        if (!quantity.setting().dataset().isEmpty()) {
            said.add("dataset: " + quantity.setting().dataset());
        }
        if (quantity.n() != null) {
            said.add("n = " + quantity.n());
        }
        if (!quantity.unit().isEmpty()) {
            said.add("unit: " + quantity.unit());
        }
        return String.join("; ", said) + (said.isEmpty() ? "" : ".");
    }

    @Override
    public String id() {
        return "heads-over-training";
    }

    @Override
    public String title() {
        return "Heads over training";
    }

    @Override
    public String partial() {
        return "heads-over-training";
    }
}
