package dev.loupe.execute.outcome;

import dev.loupe.analysis.Analysis;
import dev.loupe.analysis.families.FamilyAnalysis;
import dev.loupe.analysis.output.ComposedInterventions;
import dev.loupe.claim.Measured;
import dev.loupe.dataset.features.FeatureDataset;
import dev.loupe.intervention.Intervention;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.build.Chosen;
import dev.loupe.resolve.Experiment;
import dev.loupe.resolve.model.ModelFamily;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.result.Artifact;
import dev.loupe.result.AttentionPatterns;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import dev.loupe.result.ResultName;
import dev.loupe.result.Setting;
import dev.loupe.result.Side;
import dev.loupe.result.TokenRankings;
import dev.loupe.result.TokenText;
import dev.loupe.spec.Measurement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From values of steps to what is stored and shown. */
public final class ResultAssembler {
    private final Experiment experiment;
    private final Map<String, MeasuredFamily> families = new LinkedHashMap<>();
    private final Map<String, List<String>> notices = new LinkedHashMap<>();
    private final List<Artifact> artifacts = new ArrayList<>();
    private final Map<String, Map<String, String>> undefined = new LinkedHashMap<>();
    private final SampledIntervals intervals = new SampledIntervals();

    public ResultAssembler(Experiment experiment) {
        this.experiment = experiment;
    }

    /** Results by their name for claims. */
    public Map<String, MeasuredFamily> families() {
        return families;
    }

    public List<Artifact> artifacts() {
        return artifacts;
    }

    /** The numbers on every resample of the rows, of all measurements of which they are kept. */
    public SortedMap<String, float[]> resamples() {
        return intervals.resamples();
    }

    /** What a reader must know of a measurement's numbers, by measurement. */
    public Map<String, List<String>> notices() {
        return notices;
    }

    /** Said on the page with every result of the measurement that is added afterwards. */
    public void notice(String name, List<String> said) {
        if (!said.isEmpty()) {
            notices.put(name, said);
        }
    }

    /**
     * Notes in which models a measurement is undefined, since a choice found nothing there.
     *
     * @param reasons by model label
     */
    public void undefined(String name, Map<String, String> reasons) {
        if (!reasons.isEmpty()) {
            undefined.put(name, reasons);
        }
    }

    /**
     * Stores one measurement for the page.
     *
     * @param units values, one for each model
     * @param chance values of the null's draws in each model, empty where there is none
     */
    public void add(String name, List<StepValue> units, List<List<StepValue>> chance) {
        Measurement measurement = experiment.measure().get(name);
        if (measurement == null) {
            throw new IllegalStateException("no measurement " + name);
        }
        ModelFamily family = experiment.family(measurement);
        if (!measurement.analysis().numbers()) {
            for (int i = 0; i < units.size(); i++) {
                ModelInstance model = family.units().get(i);
                artifacts.add(
                        units.get(i) instanceof StepValue.Numbers undefined
                                ? undefined(name, measurement, model, undefined.numbers())
                                : shown(name, measurement, model, units.get(i)));
            }
            return;
        }
        List<MeasuredFamily> parts = parts(name, measurement, units, chance);
        for (MeasuredFamily part : parts) {
            artifacts.add(quantity(measurement, parts.size() == 1 ? name : part.name(), part));
        }
    }

    /** Makes the numbers of a measurement known to claims and to later measurements. */
    public void learn(String name, List<StepValue> units, List<List<StepValue>> chance) {
        Measurement measurement = experiment.measure().get(name);
        if (measurement == null || !measurement.analysis().numbers()) {
            return;
        }
        List<MeasuredFamily> parts = parts(name, measurement, units, chance);
        if (parts.size() == 1) {
            families.put(name, parts.get(0));
        }
        parts.forEach(part -> families.put(part.name(), part));
    }

    private List<MeasuredFamily> parts(
            String name, Measurement measurement, List<StepValue> units, List<List<StepValue>> chance) {
        return MeasuredFamily.of(
                name,
                experiment.family(measurement),
                measurement.analysis().parts(),
                units,
                chance,
                (part, draws) ->
                        NullDraws.band(Objects.requireNonNull(measurement.chance()), draws, side(measurement, part)),
                undefined.getOrDefault(name, Map.of()));
    }

    private Side side(Measurement measurement, String part) {
        Analysis analysis = measurement.analysis();
        return measurement.chanceSide().or(analysis.side(metrics(analysis, part)));
    }

    /** Where a choice found nothing there is nothing to show but the reason. */
    private Artifact undefined(String name, Measurement measurement, ModelInstance model, NamedArray nothing) {
        boolean one = experiment.family(measurement).units().size() == 1;
        return new Quantity(
                one ? name : MeasuredFamily.inModel(name, model),
                title(measurement, one ? "" : model.label()),
                measurement.analysis().formula() + "\n\n" + where(measurement),
                Figure.AUTO,
                "",
                nothing,
                null,
                null,
                setting(measurement, "", List.of(), nothing));
    }

    /** What is looked at and gives claims no numbers, one for each model. */
    private Artifact shown(String name, Measurement measurement, ModelInstance model, StepValue value) {
        if (value instanceof StepValue.Examples examples) {
            return patterns(name, measurement, model, examples);
        }
        if (value instanceof StepValue.Rankings rankings) {
            return rankings(name, measurement, model, rankings);
        }
        if (value instanceof StepValue.Text text) {
            return text(name, measurement, model, text);
        }
        throw new IllegalStateException("no artifact shows " + value.getClass().getSimpleName());
    }

    private Artifact text(String name, Measurement measurement, ModelInstance model, StepValue.Text value) {
        boolean one = experiment.family(measurement).units().size() == 1;
        return new TokenText(
                one ? name : MeasuredFamily.inModel(name, model),
                title(measurement, one ? "" : model.label()),
                measurement.analysis().formula() + "\n\n" + where(measurement),
                value.quantity(),
                Passages.of(value, experiment.rows().text(model)),
                model.ref().label());
    }

    private Artifact patterns(String name, Measurement measurement, ModelInstance model, StepValue.Examples value) {
        boolean one = experiment.family(measurement).units().size() == 1;
        List<String> heads = value.examples().get(0).pattern().axis("head").labels();
        return new AttentionPatterns(
                one ? name : MeasuredFamily.inModel(name, model),
                title(measurement, one ? "" : model.label()),
                measurement.analysis().formula() + "\n\n" + where(measurement),
                heads,
                value.examples(),
                model.ref().label());
    }

    private Artifact rankings(String name, Measurement measurement, ModelInstance model, StepValue.Rankings value) {
        boolean one = experiment.family(measurement).units().size() == 1;
        IntFunction<String> text = experiment.rows().text(model);
        return new TokenRankings(
                one ? name : MeasuredFamily.inModel(name, model),
                title(measurement, one ? "" : model.label()),
                measurement.analysis().formula() + "\n\n" + where(measurement),
                measurement.analysis().unit(),
                value.columns(),
                value.rankings().stream().map(r -> r.named(text)).toList(),
                model.ref().label());
    }

    private Quantity quantity(Measurement measurement, String name, MeasuredFamily part) {
        NamedArray estimate =
                part.stacked(part.values().stream().map(Measured::estimate).toList());
        Interval interval = intervals.of(name, part, measurement.interval().resampling());
        String label = ResultName.of(name).part();
        ResultName own = ResultName.of(part.name());
        List<Metric> metrics = metrics(measurement.analysis(), label);
        Analysis analysis = measurement.analysis();
        String unit = unit(measurement, label);
        String formula = metrics.isEmpty()
                ? analysis.formula(own.part().isEmpty() ? own.measurement() : own.part())
                : analysis.formula(metrics.get(0));
        return new Quantity(
                name,
                title(measurement, label),
                formula + "\n\n" + where(measurement),
                measurement.analysis().figure(),
                unit,
                estimate,
                interval,
                NullBand.together(part.values().stream().map(Measured::chance).toList()),
                setting(measurement, label, metrics, estimate));
    }

    /** The unit of a result or of a part of one; of results of results that of the ones that are read, where it stays. */
    private String unit(Measurement measurement, String part) {
        Analysis analysis = measurement.analysis();
        if (analysis instanceof FamilyAnalysis reading && reading.keepsUnit()) {
            List<String> units = reading.of().stream()
                    .map(ResultName::of)
                    .map(of -> unit(Objects.requireNonNull(experiment.measure().get(of.measurement())), of.part()))
                    .distinct()
                    .toList();
            return units.size() == 1 ? units.get(0) : "";
        }
        List<Metric> metrics = metrics(analysis, part);
        return metrics.isEmpty() ? analysis.unit(part) : analysis.unit(metrics.get(0));
    }

    private Setting setting(Measurement measurement, String part, List<Metric> metrics, NamedArray numbers) {
        Analysis analysis = measurement.analysis();
        String why = said(undefined.getOrDefault(name(measurement), Map.of()));
        List<String> edits = analysis.edits();
        List<String> receivers = new ArrayList<>();
        for (String edit : edits) {
            var intervention = experiment.spec().intervention().get(edit);
            receivers.addAll(intervention == null ? List.of() : intervention.receivers());
        }
        String dataset = experiment.dataset(measurement);
        List<String> models = experiment.family(measurement).units().stream()
                .map(u -> u.ref().label())
                .toList();
        return new Setting(
                String.join(" ", models),
                dataset,
                metrics.isEmpty() ? analysis.reading() : metrics.get(0).label(),
                sumsTo(measurement),
                edits,
                receivers,
                why.isEmpty() && numbers.undefined() ? analysis.whyUndefined(part) : why,
                edits.isEmpty()
                        ? ""
                        : ComposedInterventions.of(this::intervention, edits).rows(dataset),
                models,
                ExamplePrompts.of(experiment, measurement, numbers.axes()),
                metrics.isEmpty() ? null : enumerated(dataset));
    }

    /** How many rows a metric is read on where a dataset lists all that exist; null where it draws them. */
    private @Nullable Integer enumerated(String dataset) {
        var rows = experiment.spec().dataset().get(dataset);
        int count = rows != null && rows.source() instanceof FeatureDataset all ? all.enumerated() : 0;
        return count == 0 ? null : count;
    }

    /** What an attribution's terms sum to; of capped logits, what they are before that. */
    private String sumsTo(Measurement measurement) {
        String reading = measurement.analysis().sumsTo();
        boolean capped = experiment.family(measurement).units().stream()
                .anyMatch(u -> u.ref().shape().cappedLogits());
        return capped && !reading.isEmpty() ? reading + " before the soft-cap" : reading;
    }

    /** The reasons with the models that they hold for. */
    private static String said(Map<String, String> reasons) {
        return reasons.values().stream().distinct().collect(Collectors.joining("; "));
    }

    /** The metrics that a measurement reads. */
    private List<Metric> read(Analysis analysis) {
        return analysis.reads().stream()
                .map(experiment.spec().metric()::get)
                .filter(Objects::nonNull)
                .toList();
    }

    private List<Metric> metrics(Analysis analysis, String label) {
        List<String> names = analysis.reads();
        String wanted = label.isEmpty() && names.size() == 1 ? names.get(0) : label;
        Metric metric = names.contains(wanted) ? experiment.spec().metric().get(wanted) : null;
        return metric == null ? List.of() : List.of(metric);
    }

    private String title(Measurement measurement, String part) {
        String own = measurement.title();
        if (own.isEmpty()) {
            own = measurement.analysis().title();
            String kind = own;
            long alike = experiment.measure().values().stream()
                    .filter(m -> m.title().isEmpty() && m.analysis().title().equals(kind))
                    .count();
            // Headings that say the same tell nobody which is which.
            own = alike > 1 ? own + " (" + name(measurement) + ")" : own;
        }
        return part.isEmpty() ? own : own + ": " + part;
    }

    private String name(Measurement measurement) {
        return experiment.measure().entrySet().stream()
                .filter(e -> e.getValue() == measurement)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    private String where(Measurement measurement) {
        StringBuilder text = new StringBuilder();
        if (measurement.analysis() instanceof FamilyAnalysis reading
                && reading.of().size() > 1) {
            return "Computed from `" + String.join("` and `", reading.of()) + "`, in each model by itself.";
        }
        ModelFamily family = experiment.models(measurement);
        text.append("Model: ").append(family.first().ref().label());
        if (family.units().size() > 1) {
            text.append(" and ")
                    .append(family.units().size() - 1)
                    .append(" more (axis ")
                    .append(family.axes().stream().map(Axis::name).collect(Collectors.joining(", ")))
                    .append(')');
        }
        if (!measurement.readsRows()) {
            return text.append(". Computed from weights alone.").toString();
        }
        String dataset = experiment.dataset(measurement);
        String beginning = experiment.rows().beginning(dataset, family.first());
        text.append(". Dataset: ").append(dataset);
        text.append(beginning.isEmpty() ? "." : " (" + beginning + ").");
        Chosen chosen = new FoundWords(new FoundInResults(families), family);
        read(measurement.analysis()).stream()
                .map(metric -> metric.describe(chosen))
                .filter(said -> !said.isEmpty())
                .distinct()
                .forEach(said -> text.append(' ').append(said));
        List<String> edits = measurement.analysis().edits();
        if (!edits.isEmpty()) {
            ComposedInterventions run = ComposedInterventions.of(this::intervention, edits);
            text.append(' ').append(run.describe(dataset, chosen));
        }
        notices.getOrDefault(name(measurement), List.of())
                .forEach(notice -> text.append("\n\nNotice: ").append(notice));
        return text.toString();
    }

    private Intervention intervention(String name) {
        return Objects.requireNonNull(experiment.spec().intervention().get(name), name);
    }
}
