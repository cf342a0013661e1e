package dev.loupe.resolve;

import dev.loupe.analysis.planning.Undefined;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.LoadModel;
import dev.loupe.plan.PlanBuilder;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ask.Component;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.Found;
import dev.loupe.plan.ask.FoundEdges;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.build.NothingChosen;
import dev.loupe.plan.build.Planning;
import dev.loupe.plan.edit.EdgeGraph;
import dev.loupe.resolve.model.ModelFamily;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.result.Axis;
import dev.loupe.result.Coordinates;
import dev.loupe.result.NamedArray;
import dev.loupe.schema.Bound;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.spec.ExperimentSpec;
import dev.loupe.spec.Measurement;
import dev.loupe.spec.NullSide;
import dev.loupe.spec.chance.NullChoice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From a resolved spec to plans, wave by wave. */
public final class ExperimentPlanner {
    private final Experiment experiment;
    private final Problems problems;
    private final FaultPlace place;
    private final Map<String, ModelInstance> models = new LinkedHashMap<>();
    private final Map<String, Set<PlanningRound.Need>> needs = new LinkedHashMap<>();
    private final Map<String, String> undefined = new LinkedHashMap<>();

    /** @param problems takes what only planning finds: a hook that a model lacks, names that do not exist */
    public ExperimentPlanner(Experiment experiment, Problems problems) {
        this.experiment = experiment;
        this.problems = problems;
        this.place = new FaultPlace(experiment.bound());
    }

    /** Answers what an earlier measurement found beside a model; throws {@link Planning.NotYetKnown} before. */
    public interface Chooser {
        List<Component> components(Found choice, ComponentKind kind, Coordinates unit, ModelShape shape);

        /** By their names, {@code L0H1->logits}. */
        List<String> edges(FoundEdges choice, Coordinates unit, EdgeGraph graph);
    }

    /** The first component and the first edges stand for every choice that is still to be made. */
    public static final Chooser NOTHING_MEASURED = new Chooser() {
        @Override
        public List<Component> components(Found choice, ComponentKind kind, Coordinates unit, ModelShape shape) {
            return List.of(kind.first(shape, choice.layer()));
        }

        @Override
        public List<String> edges(FoundEdges choice, Coordinates unit, EdgeGraph graph) {
            return graph.edges().stream().limit(choice.most()).map(graph::name).toList();
        }
    };

    /** Plans every measurement of {@code open} that can be planned. */
    public PlanningRound plan(Set<String> open, Chooser found) {
        PlanBuilder builder = new PlanBuilder();
        Map<String, Integer> loads = new HashMap<>();
        Map<String, PlanningRound.Outputs> outputs = new LinkedHashMap<>();
        List<String> waiting = new ArrayList<>();
        for (String name : open) {
            Measurement measurement = experiment.measure().get(name);
            if (measurement == null || !experiment.known().plannable(name)) {
                continue;
            }
            int mark = builder.mark();
            try {
                PlanningRound.Outputs planned = measure(builder, loads, name, measurement, noting(name, found));
                List<PlanStep> added = builder.since(mark);
                added.forEach(LogitsOnly::check);
                new NamesInRows(experiment.rows()::of).check(added);
                outputs.put(name, planned);
            } catch (Planning.NotYetKnown e) {
                builder.rollback(mark);
                loads.values().removeIf(id -> id >= mark);
                waiting.add(name);
            } catch (IllegalArgumentException | dev.loupe.failure.UserInputException e) {
                builder.rollback(mark);
                loads.values().removeIf(id -> id >= mark);
                report(name, e);
            }
        }
        return new PlanningRound(builder.build(), outputs, waiting, needs, models, undefined);
    }

    private Chooser noting(String name, Chooser found) {
        Set<PlanningRound.Need> noted = needs.computeIfAbsent(name, k -> new LinkedHashSet<>());
        return new Chooser() {
            @Override
            public List<Component> components(Found choice, ComponentKind kind, Coordinates unit, ModelShape shape) {
                noted.add(new PlanningRound.Need(choice.by(), kind.word() + "s", kind.axes(), choice.where()));
                return found.components(choice, kind, unit, shape);
            }

            @Override
            public List<String> edges(FoundEdges choice, Coordinates unit, EdgeGraph graph) {
                noted.add(new PlanningRound.Need(choice.by(), "edges", PlanningRound.EDGES, Map.of()));
                return found.edges(choice, unit, graph);
            }
        };
    }

    /** Notes a fault where it was written: in the dataset, at the value that it names, or at what is measured. */
    private void report(String name, RuntimeException fault) {
        Bound<ExperimentSpec> bound = experiment.bound();
        Known known = experiment.known();
        String message = String.valueOf(fault.getMessage());
        if (fault instanceof DatasetException e && !e.dataset().isEmpty()) {
            String dataset = "dataset." + e.dataset().replaceFirst("/.*", "");
            String option = e.option().replace('[', '.').replace("]", "");
            if (known.sure(dataset)) {
                e.faults().forEach(what -> problems.add(bound.at(dataset + "." + option), "bad-dataset", what));
            }
            return;
        }
        String part = "measure." + name;
        // A model's label may be any word, and what is wrong with a dataset names its option.
        List<String> parts = known.with(part).stream()
                .filter(used -> !used.startsWith("model.") && !used.startsWith("dataset."))
                .toList();
        SourceLocation value = known.sure(part)
                ? place.of(message, parts)
                : place.ofValue(
                        message, parts.stream().filter(used -> !guessed(used)).toList());
        if (value != null) {
            problems.addFirst(value, "cannot-measure", message);
        } else if (known.sure(part) && bound.value().measure().containsKey(name)) {
            problems.add(bound.at(part), "cannot-measure", name + ": " + message);
        } else if (known.sure(part)) {
            String instead = bound.value().intervention().isEmpty() ? "metric" : "intervention";
            problems.add(bound.at(instead), "cannot-measure", message);
        }
    }

    /** Whether a part is used only because its name is like one that was written: what is wrong with it there, nobody wrote. */
    private boolean guessed(String part) {
        return experiment.bound().origin().references().stream()
                .anyMatch(
                        reference -> reference.guessed() && part.equals(reference.section() + "." + reference.name()));
    }

    private PlanningRound.Outputs measure(
            PlanBuilder builder, Map<String, Integer> loads, String name, Measurement measurement, Chooser found) {
        List<String> units = new ArrayList<>();
        List<PlanningRound.Means> means = new ArrayList<>();
        experiment.checkModels(measurement);
        ModelFamily family = experiment.family(measurement);
        for (ModelInstance unit : family.units()) {
            String output = unit.at().labels().isEmpty() ? name : name + "@" + unit.label();
            int mark = builder.mark();
            step(builder, loads, unit, measurement, found, Variation.NONE, output);
            means.addAll(DirectionMeans.keep(builder, mark, output));
            units.add(output);
        }
        sameAxes(builder, units, family);
        return new PlanningRound.Outputs(units, chance(builder, loads, name, measurement, found), means);
    }

    /** What is measured in several models side by side has the same components in all of them. */
    private static void sameAxes(PlanBuilder builder, List<String> units, ModelFamily family) {
        List<Axis> first = builder.axes(units.get(0));
        for (int i = 1; i < units.size() && first != null; i++) {
            List<Axis> own = builder.axes(units.get(i));
            if (!first.equals(own)) {
                throw new IllegalArgumentException("models of one family are measured side by side, but "
                        + family.units().get(i).ref().label() + " has " + described(own) + " and "
                        + family.first().ref().label() + " " + described(first)
                        + ": narrow the measurement to what they share, or measure each by itself");
            }
        }
    }

    private static String described(@Nullable List<Axis> axes) {
        return axes == null ? "no numbers" : NamedArray.describe(axes);
    }

    /** The draws of the null in every model of the family, by model. */
    private List<List<String>> chance(
            PlanBuilder builder, Map<String, Integer> loads, String name, Measurement measurement, Chooser found) {
        NullChoice drawn = measurement.chance();
        if (drawn == null) {
            if (measurement.chanceSide() != NullSide.AUTO) {
                throw new IllegalArgumentException(
                        "`chance-side` needs `chance`, which this measurement does not have: "
                                + "add one, or leave `chance-side` out");
            }
            return List.of();
        }
        drawn.check(measurement.analysis());
        List<List<String>> outputs = new ArrayList<>();
        ModelFamily family = experiment.family(measurement);
        ModelInstance first = family.first();
        for (ModelInstance unit : family.units()) {
            List<String> own = new ArrayList<>();
            for (int i = 0; i < drawn.draws(); i++) {
                Variation draw = drawn.drawn(Variation.of(experiment.rows()), drawn.seed() + i);
                ModelInstance model = draw.model().apply(unit);
                String shared = name + "@null " + i;
                if (unit == first || !sameDraw(name, draw.model().apply(first), model)) {
                    own.add(unit == first ? shared : shared + "@" + unit.label());
                    step(builder, loads, model, measurement, found, draw, own.get(i));
                } else {
                    own.add(shared);
                }
            }
            outputs.add(own);
        }
        return outputs;
    }

    /** Whether a measurement is the same in two models: untrained ones of one seed are, unless earlier results choose what is measured. */
    private boolean sameDraw(String name, ModelInstance first, ModelInstance other) {
        return first.ref().identity().equals(other.ref().identity())
                && Objects.equals(first.tokenizer(), other.tokenizer())
                && needs.getOrDefault(name, Set.of()).isEmpty();
    }

    private void step(
            PlanBuilder builder,
            Map<String, Integer> loads,
            ModelInstance unit,
            Measurement measurement,
            Chooser found,
            Variation variation,
            String output) {
        models.put(unit.ref().identity(), unit);
        int load = loads.computeIfAbsent(unit.ref().identity(), k -> builder.add(id -> new LoadModel(id, unit.ref())));
        UnitPlanning planning =
                new UnitPlanning(builder, experiment, unit, load, experiment.dataset(measurement), found, variation);
        int mark = builder.mark();
        try {
            builder.output(output, measurement.analysis().plan(planning));
        } catch (NothingChosen e) {
            builder.rollback(mark);
            List<Axis> axes = axes(unit, measurement, variation);
            String reason = String.valueOf(e.getMessage());
            undefined.put(output, reason);
            builder.output(output, new Undefined(axes, reason).add(planning));
        }
    }

    /** The axes that a measurement has whatever is chosen; none where its value is no array. */
    private List<Axis> axes(ModelInstance unit, Measurement measurement, Variation variation) {
        PlanBuilder aside = new PlanBuilder();
        int load = aside.add(id -> new LoadModel(id, unit.ref()));
        int value = measurement
                .analysis()
                .plan(new UnitPlanning(
                        aside, experiment, unit, load, experiment.dataset(measurement), NOTHING_MEASURED, variation));
        ExecutionPlan plan = aside.build();
        List<Axis> axes = plan.step(value).axes(plan::step);
        return axes == null ? List.of() : axes;
    }
}
