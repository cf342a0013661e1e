package dev.loupe.resolve;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.ModelResults;
import dev.loupe.analysis.planning.OtherModels;
import dev.loupe.analysis.planning.Redrawn;
import dev.loupe.dataset.features.FeatureDataset;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.intervention.Intervention;
import dev.loupe.metric.Metric;
import dev.loupe.model.config.RotaryTurn;
import dev.loupe.model.config.Sites;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.plan.LoadModel;
import dev.loupe.plan.PlanBuilder;
import dev.loupe.plan.ask.Component;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.Found;
import dev.loupe.plan.ask.FoundEdges;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.Positions;
import dev.loupe.plan.ask.RotaryPairs;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.build.NothingChosen;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Direction;
import dev.loupe.plan.edit.EdgeGraph;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.plan.edit.Ranking;
import dev.loupe.resolve.model.ModelFamily;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.model.UnknownName;
import dev.loupe.resolve.rows.RowSet;
import dev.loupe.result.Coordinates;
import dev.loupe.schema.DataFile;
import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.spec.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The planning of one measurement on one model. */
public final class UnitPlanning implements AnalysisPlanning {
    private final PlanBuilder builder;
    private final Experiment experiment;
    private final ModelInstance unit;
    private final int load;
    private final String on;
    private final ExperimentPlanner.Chooser found;
    private final Variation variation;
    /** Measurements that are planned because another one reads them. */
    private final List<String> ranking;

    /**
     * @param found answers what earlier measurements found in this model
     * @param variation what a null changes
     */
    UnitPlanning(
            PlanBuilder builder,
            Experiment experiment,
            ModelInstance unit,
            int load,
            String on,
            ExperimentPlanner.Chooser found,
            Variation variation) {
        this(builder, experiment, unit, load, on, found, variation, List.of());
    }

    private UnitPlanning(
            PlanBuilder builder,
            Experiment experiment,
            ModelInstance unit,
            int load,
            String on,
            ExperimentPlanner.Chooser found,
            Variation variation,
            List<String> ranking) {
        this.ranking = ranking;
        this.builder = builder;
        this.experiment = experiment;
        this.unit = unit;
        this.load = load;
        this.on = on;
        this.found = found;
        this.variation = variation;
    }

    @Override
    public PlanBuilder builder() {
        return builder;
    }

    @Override
    public ModelRef model() {
        return unit.ref();
    }

    @Override
    public int load() {
        return load;
    }

    @Override
    public String on() {
        return on;
    }

    private RowSet set(String dataset) {
        String name = dataset.equals("default") && !experiment.spec().dataset().containsKey(dataset) ? on : dataset;
        String base =
                name.endsWith(RowsRef.CORRUPTED) ? name.substring(0, name.length() - RowsRef.CORRUPTED.length()) : name;
        known("dataset", base, experiment.spec().dataset());
        return variation.rows().apply(experiment.rows().of(name, unit));
    }

    @Override
    public RowsRef rows(String dataset) {
        return set(dataset).ref();
    }

    @Override
    public RowsRef permuted(String dataset, long seed) {
        RowSet own = set(on);
        RowSet other = set(dataset);
        if (!own.ref().sameSizes(other.ref())) {
            throw new IllegalArgumentException("resampling `" + on + "` from `" + dataset
                    + "` needs the same number of rows of each length in " + "both");
        }
        if (own.ref().identity().equals(other.ref().identity())) {
            refuseLoneRows(other.ref());
        }
        RowSet permuted = experiment.rows().permuted(other, seed);
        RowsRef ref = permuted.ref();
        return new RowsRef(ref.name(), ref.identity(), own.ref().alignment(), ref.buckets(), ref.labels());
    }

    /** A row that no other shares its length with would keep its own activation, and nothing would be resampled. */
    private static void refuseLoneRows(RowsRef rows) {
        for (RowsRef.Bucket bucket : rows.buckets()) {
            if (bucket.rows() == 1) {
                throw new IllegalArgumentException("`" + rows.name() + "` has one row of " + bucket.length()
                        + " tokens only, so there is no other row to take values from");
            }
        }
    }

    @Override
    public int clean(RowsRef rows, List<HookPoint> captures, LogitsRead logits) {
        Long seed = redrawn(Redrawn.PATTERNS);
        if (seed == null) {
            return AnalysisPlanning.super.clean(rows, captures, logits);
        }
        List<HookPoint> patterns = IntStream.range(0, unit.ref().shape().layers())
                .mapToObj(layer -> point(Site.PATTERN, layer))
                .toList();
        EditValue others =
                new EditValue.FromRun(AnalysisPlanning.super.clean(permuted(on, seed), patterns, LogitsRead.NONE));
        List<Edit> edits = patterns.stream()
                .map(point -> new Edit(point, List.of(), new Positions.All(), others))
                .toList();
        return run(rows, List.of(new Cell(0, edits)), captures, logits);
    }

    @Override
    public List<Integer> tokens(List<String> words, String at) {
        int outputs = unit.ref().shape().outputs();
        return experiment.rows().read(unit, words.get(0), on, encoder -> {
            WordTokens tokens = new WordTokens(encoder, outputs);
            List<Integer> ids = tokens.ids(words);
            if (variation == Variation.NONE) {
                tokens.checkAfter(set(on), at, words, ids);
            }
            return ids;
        });
    }

    @Override
    public float[] vector(DataFile file, String tensor, List<Integer> at) {
        return experiment.rows().vector(file, tensor, at);
    }

    @Override
    public boolean has(Site site) {
        TransformerConfig config = unit.config();
        return site.ofDictionary()
                ? !model().shape().dictionaries().isEmpty()
                : config != null && Sites.exists(config, site);
    }

    @Override
    public @Nullable RotaryPairs rotary(RowsRef rows, int layer) {
        TransformerConfig config = unit.config();
        if (config == null || config.rotaryDim() == 0) {
            return null;
        }
        int longest = rows.longest();
        RotaryTurn turn = config.rotaryTurn(layer);
        if (turn.scaling().changesAt(longest) && rows.buckets().size() > 1) {
            throw new IllegalArgumentException(unit.ref().label() + " turns rows of " + longest
                    + " tokens differently from shorter ones: give rows of one length");
        }
        List<Double> frequencies = new ArrayList<>();
        for (float frequency : turn.scaling().frequencies(turn.base(), config.rotaryDim(), longest)) {
            frequencies.add((double) frequency);
        }
        return new RotaryPairs(frequencies, config.rotaryAdjacentPairs(), turn.factor());
    }

    @Override
    public HookPoint point(Site site, int layer) {
        TransformerConfig config = unit.config();
        if (config == null) {
            throw new IllegalArgumentException(
                    unit.ref().label() + " is not a transformer and has no `" + site.canonical() + "`");
        }
        if (site.ofDictionary()) {
            return inDictionary(site, layer);
        }
        if (!Sites.exists(config, site)) {
            List<String> there = Sites.of(config).stream()
                    .map(p -> p.site().canonical())
                    .distinct()
                    .toList();
            String near = DidYouMean.to(site.canonical(), there);
            throw new IllegalArgumentException(unit.ref().label() + " has no `" + site.canonical() + "`"
                    + (near == null ? "; it has " + String.join(", ", there) : "; did you mean `" + near + "`?"));
        }
        return HookPoint.of(site, layer);
    }

    private HookPoint inDictionary(Site site, int layer) {
        List<Integer> layers = model().shape().layersWith(site);
        if (!layers.contains(layer)) {
            throw new IllegalArgumentException(unit.ref().label() + " has no `" + site.canonical() + "`"
                    + (layers.isEmpty()
                            ? ": attach a dictionary to it, as in {dictionary: FOLDER, of: " + unit.name() + "}"
                            : " in layer " + layer + ": its dictionaries are in layers " + layers));
        }
        return HookPoint.of(site, layer);
    }

    @Override
    public List<Component> passing(Found choice, ComponentKind kind) {
        kind.check(choice, unit.ref().shape());
        return found.components(choice, kind, unit.at(), unit.ref().shape());
    }

    @Override
    public List<String> edges(FoundEdges choice) {
        List<String> edges =
                found.edges(choice, unit.at(), new EdgeGraph(unit.ref().shape()));
        if (edges.isEmpty() && choice.most() > 0) {
            throw new NothingChosen("no edge of " + unit.ref().label() + " passes `" + choice.by() + "`"
                    + (choice.above() == null ? "" : " with a magnitude above " + choice.above()));
        }
        return edges;
    }

    @Override
    public Ranking.ByStep ranking(String measurement, String axis, int components, Ranking.Order order) {
        return new RankingPlan(experiment, unit, on, ranking).by(measurement, axis, components, order, this::measuring);
    }

    @Override
    public ModelResults results(String reference) {
        return new FamilyPlan(experiment, unit.at(), ranking).results(reference, this::inModel);
    }

    @Override
    public ModelResults resultBeside(String reference) {
        return new FamilyPlan(experiment, unit.at(), ranking).beside(reference, this::inModel);
    }

    @Override
    public ModelResults everyResult(String reference) {
        return new FamilyPlan(experiment, Coordinates.NONE, ranking).results(reference, this::inModel);
    }

    @Override
    public OtherModels others(String model) {
        known("model", model, experiment.models());
        ModelFamily family = Objects.requireNonNull(experiment.models().get(model));
        List<ModelRef> refs = new ArrayList<>();
        List<Integer> loads = new ArrayList<>();
        for (ModelInstance other : family.units()) {
            int outputs = other.ref().shape().outputs();
            if (outputs != unit.ref().shape().outputs()
                    || !experiment.rows().of(on, other).ref().identity().equals(rows(on).identity())) {
                throw new IllegalArgumentException(
                        other.ref().label() + " and " + unit.ref().label()
                                + " read other token ids in `" + on + "`, or predict vocabularies of unequal size ("
                                + outputs + " and " + unit.ref().shape().outputs()
                                + "): models are compared token by token");
            }
            refs.add(other.ref());
            loads.add(builder.add(id -> new LoadModel(id, other.ref())));
        }
        return new OtherModels(family.axes(), refs, loads);
    }

    /** What a null changes here it changes in the measurement that gives the direction as well. */
    @Override
    public Direction direction(String reference, Map<String, String> where, HookPoint point, int width) {
        return new DirectionPlan(experiment, unit, ranking)
                .of(
                        reference,
                        where,
                        point,
                        width,
                        (name, measurement, model) ->
                                inModel(name, measurement, variation.model().apply(model), variation));
    }

    private UnitPlanning inModel(String name, Measurement measurement, ModelInstance model) {
        return inModel(name, measurement, model, Variation.NONE);
    }

    /** The planning of another measurement on another model, into the same plan. */
    private UnitPlanning inModel(String name, Measurement measurement, ModelInstance model, Variation changed) {
        List<String> open = new ArrayList<>(ranking);
        open.add(name);
        int its = builder.add(id -> new LoadModel(id, model.ref()));
        return new UnitPlanning(builder, experiment, model, its, experiment.dataset(measurement), found, changed, open);
    }

    /** The planning of the measurement that ranks, on this model and into the same plan. */
    private UnitPlanning measuring(String name, Measurement measurement) {
        List<String> open = new ArrayList<>(ranking);
        open.add(name);
        return new UnitPlanning(
                builder, experiment, unit, load, experiment.dataset(measurement), found, Variation.NONE, open);
    }

    @Override
    public boolean dropsHidden() {
        return ToyData.toy(unit).grid().drops();
    }

    @Override
    public FeatureDataset vectors() {
        if (experiment.spec().source(on) instanceof FeatureDataset data) {
            return ToyData.of(unit, on, data);
        }
        throw new IllegalArgumentException(
                "dataset `" + on + "` has no rows of vectors, which a network without tokens "
                        + "reads: use sparse-features, feature-pairs or modular-pairs");
    }

    @Override
    public @Nullable Long redrawn(Redrawn what) {
        return variation.seeds().get(what);
    }

    @Override
    public Metric metric(String name) {
        return known("metric", name, experiment.spec().metric()).in(this);
    }

    @Override
    public Intervention intervention(String name) {
        return known("intervention", name, experiment.spec().intervention());
    }

    private static <T> T known(String kind, String name, Map<String, T> all) {
        T value = all.get(name);
        if (value == null) {
            throw UnknownName.of(kind, name, all.keySet());
        }
        return value;
    }
}
