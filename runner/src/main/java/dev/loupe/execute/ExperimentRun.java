package dev.loupe.execute;

import dev.loupe.backend.Backend;
import dev.loupe.execute.edit.DirectionNotices;
import dev.loupe.execute.keep.KeptValues;
import dev.loupe.execute.keep.Room;
import dev.loupe.execute.keep.SharedFolder;
import dev.loupe.execute.keep.ValueStore;
import dev.loupe.execute.keep.WorkFolder;
import dev.loupe.execute.load.Models;
import dev.loupe.execute.outcome.AnswerText;
import dev.loupe.execute.outcome.ClaimEvaluator;
import dev.loupe.execute.outcome.FoundInResults;
import dev.loupe.execute.outcome.InputFacts;
import dev.loupe.execute.outcome.ResultAssembler;
import dev.loupe.execute.pass.Ahead;
import dev.loupe.execute.pass.PlanRunner;
import dev.loupe.execute.request.RunFingerprint;
import dev.loupe.execute.request.RunRequest;
import dev.loupe.execute.request.Seeds;
import dev.loupe.execute.request.Versions;
import dev.loupe.execute.shards.Cluster;
import dev.loupe.execute.shards.TrainingElsewhere;
import dev.loupe.execute.shards.WorkElsewhere;
import dev.loupe.explain.PlanText;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.model.dictionary.DictionaryFolder;
import dev.loupe.model.dictionary.DictionaryOrigin;
import dev.loupe.model.forward.Precision;
import dev.loupe.optimize.PlanOptimizer;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.Experiment;
import dev.loupe.resolve.ExperimentPlanner;
import dev.loupe.resolve.PlanningRound;
import dev.loupe.resolve.SpecFile;
import dev.loupe.resolve.model.ModelFamily;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.rows.RowSet;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.Provenance;
import dev.loupe.result.RunResult;
import dev.loupe.result.store.Resamples;
import dev.loupe.result.store.ResultStore;
import dev.loupe.schema.ResolvedYaml;
import dev.loupe.schema.problem.Problems;
import dev.loupe.spec.ExperimentSpec;
import dev.loupe.train.WeightsFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs a checked experiment to its stored result, wave by wave, and picks up where a killed run of its identity stopped. */
public final class ExperimentRun {
    private final SpecFile.Checked checked;
    private final String variant;
    private final RunRequest request;
    private final Progress progress;
    private final StopSignal stop;
    private final @Nullable Cluster cluster;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final StringBuilder explained = new StringBuilder();

    public ExperimentRun(
            SpecFile.Checked checked, String variant, RunRequest request, Progress progress, StopSignal stop) {
        this(checked, variant, request, progress, stop, null);
    }

    /** @param cluster whose machines make the shards of the plan; null to make all here */
    public ExperimentRun(
            SpecFile.Checked checked,
            String variant,
            RunRequest request,
            Progress progress,
            StopSignal stop,
            @Nullable Cluster cluster) {
        this.cluster = cluster;
        this.checked = checked;
        this.variant = variant;
        this.request = request;
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * @param result what was stored
     * @param reused whether a finished run of the same identity was found instead of running
     */
    public record Outcome(RunResult result, boolean reused) {}

    /** Runs, stores and returns the result. */
    public Outcome run() throws IOException {
        Experiment experiment = checked.experiment();
        try (SharedFolder alone = alone();
                Models models = new Models(experiment, request, progress, stop)) {
            return run(experiment, models);
        }
    }

    /** Each run removes what it finds beside its folder and does not need; null where files cannot be locked. */
    private @Nullable SharedFolder alone() {
        if (request.shared() != null) {
            return null;
        }
        SharedFolder taken;
        try {
            taken = SharedFolder.take(
                    KeptValues.beside(request.out(), request.keep()).folder());
        } catch (IOException e) {
            return null;
        }
        if (taken == null) {
            throw new EnvironmentException("Another run writes to " + request.out()
                    + ". Wait until it has ended, or give this one a folder of its own with --out");
        }
        return taken;
    }

    private Outcome run(Experiment experiment, Models models) throws IOException {
        progress.stage("starting PyTorch", 0);
        if (cluster != null) {
            TrainingElsewhere.run(experiment, cluster, models.device(), request, progress, stop);
        }
        Map<String, Path> trained = models.trained();
        Map<String, String> setting = RunFingerprint.setting(request.precision(), models.device(), trained);
        Map<String, String> hashes = new LinkedHashMap<>(RunFingerprint.parts(experiment));
        hashes.putAll(setting);
        String identity = RunFingerprint.of(hashes);
        ResultStore store = new ResultStore();
        if (!request.fresh() && ResultStore.isComplete(request.out())) {
            RunResult before = store.read(request.out());
            if (before.provenance().identity().equals(identity)) {
                return new Outcome(before, true);
            }
        }
        Path shared = request.shared();
        KeptValues kept = shared == null
                ? KeptValues.beside(request.out(), request.keep())
                : new KeptValues(shared, request.keep());
        if (request.fresh()) {
            kept.clear();
        }
        String started = Instant.now().toString();
        ResultAssembler assembly = new ResultAssembler(experiment);
        waves(
                experiment,
                models,
                new WorkFolder(kept.of(RunFingerprint.of(setting)), Room.of(request.keep())),
                assembly);
        models.hashes().forEach((label, hash) -> hashes.put("weights/" + label, hash));
        dictionaries(experiment)
                .forEach(one -> one.hashes()
                        .forEach((file, hash) -> hashes.put("dictionary/" + one.name() + "/" + file, hash)));
        RunResult result = result(
                experiment,
                assembly,
                provenance(described(experiment, trained), identity, hashes, started, device(models)));
        new Resamples(identity, assembly.resamples()).write(request.out());
        store.write(request.out(), result);
        kept.tidy(RunFingerprint.of(setting));
        return new Outcome(result, false);
    }

    /** The models that answer, and which version of the trainer made those that are trained here. */
    private static List<String> described(Experiment experiment, Map<String, Path> trained) {
        List<String> models = new ArrayList<>();
        for (ModelFamily family : experiment.models().values()) {
            for (ModelInstance unit : family.units()) {
                String label = unit.ref().label();
                Path file = trained.get(label);
                models.add(file == null ? label : label + ", " + WeightsFiles.made(file));
            }
        }
        dictionaries(experiment).forEach(one -> {
            DictionaryOrigin origin = one.origin();
            if (origin != null) {
                models.add(origin.described());
            }
        });
        return models;
    }

    /** Every dictionary of features that is attached to a model, each once. */
    private static List<DictionaryFolder> dictionaries(Experiment experiment) {
        Map<Path, DictionaryFolder> each = new LinkedHashMap<>();
        for (ModelFamily family : experiment.models().values()) {
            for (ModelInstance unit : family.units()) {
                unit.dictionaries().forEach(one -> each.putIfAbsent(one.folder(), one.rotated(null)));
            }
        }
        return List.copyOf(each.values());
    }

    private String device(Models models) {
        String device = Backend.describe(models.device());
        return request.precision() == Precision.F32
                ? device
                : device + ", weights and products in " + request.precision();
    }

    private void waves(Experiment experiment, Models models, ValueStore store, ResultAssembler assembly) {
        Set<String> open = new LinkedHashSet<>(experiment.measure().keySet());
        Map<String, Assembled> done = new LinkedHashMap<>();
        Ahead elsewhere = cluster == null
                ? Ahead.nothing()
                : WorkElsewhere.on(cluster, models, request, ref -> rows(experiment, ref), progress, stop);
        for (int n = 1; !open.isEmpty(); n++) {
            long before = System.nanoTime();
            Problems problems = new Problems();
            PlanningRound wave =
                    new ExperimentPlanner(experiment, problems).plan(open, new FoundInResults(assembly.families()));
            problems.throwIfAny();
            if (wave.outputs().isEmpty()) {
                throw new dev.loupe.failure.UserInputException(
                        "these measurements depend on results that no measurement produces: "
                                + String.join(", ", wave.waiting()));
            }
            models.know(wave.models());
            PlanOptimizer.Optimized optimized = PlanOptimizer.optimize(wave.plan());
            explain(n, wave.plan(), optimized);
            PlanRunner runner = new PlanRunner(models, (RowsRef ref) -> rows(experiment, ref), store, progress, stop);
            Map<String, StepValue> values = runner.with(elsewhere).run(optimized.plan());
            for (String name : experiment.measure().keySet()) {
                PlanningRound.Outputs outputs = wave.outputs().get(name);
                if (outputs != null) {
                    done.put(
                            name,
                            new Assembled(
                                    picked(outputs.units(), values),
                                    outputs.chance().stream()
                                            .map(draws -> picked(draws, values))
                                            .toList(),
                                    notices(outputs, values)));
                    assembly.undefined(name, undefined(experiment, name, outputs, wave.undefined(), values));
                    assembly.learn(name, done.get(name).units(), done.get(name).chance());
                    open.remove(name);
                }
            }
            seconds.merge("measure", since(before), Double::sum);
        }
        long before = System.nanoTime();
        progress.stage("intervals", experiment.measure().size());
        for (String name : experiment.measure().keySet()) {
            Assembled assembled = done.get(name);
            if (assembled != null) {
                assembly.notice(name, assembled.notices());
                assembly.add(name, assembled.units(), assembled.chance());
            }
            progress.advance(1);
        }
        seconds.put("intervals", since(before));
    }

    private record Assembled(List<StepValue> units, List<List<StepValue>> chance, List<String> notices) {}

    /** What a reader must know of the numbers of a measurement, each thing once. */
    private static List<String> notices(PlanningRound.Outputs outputs, Map<String, StepValue> values) {
        return Stream.concat(
                        DirectionNotices.of(outputs.means(), values).stream(),
                        picked(outputs.units(), values).stream().flatMap(value -> value.remarks().notices().stream()))
                .distinct()
                .toList();
    }

    private static RowSet rows(Experiment experiment, RowsRef ref) {
        return experiment.rows().of(ref);
    }

    /** By model label, why a measurement is undefined, or a part of it: since nothing was chosen, or what was read is too little. */
    private static Map<String, String> undefined(
            Experiment experiment,
            String name,
            PlanningRound.Outputs outputs,
            Map<String, String> reasons,
            Map<String, StepValue> values) {
        ModelFamily family = experiment.family(
                java.util.Objects.requireNonNull(experiment.measure().get(name)));
        Map<String, String> undefined = new LinkedHashMap<>();
        for (int i = 0; i < outputs.units().size(); i++) {
            String output = outputs.units().get(i);
            String reason = reasons.get(output);
            StepValue value = values.get(output);
            if (reason == null && value != null && !value.remarks().undefined().isEmpty()) {
                reason = String.join("; ", value.remarks().undefined());
            }
            if (reason != null) {
                undefined.put(family.units().get(i).label(), reason);
            }
        }
        return undefined;
    }

    private static List<StepValue> picked(List<String> names, Map<String, StepValue> values) {
        List<StepValue> out = new ArrayList<>();
        for (String name : names) {
            StepValue value = values.get(name);
            if (value == null) {
                throw new IllegalStateException("no value for " + name);
            }
            out.add(value);
        }
        return out;
    }

    private void explain(int wave, ExecutionPlan plain, PlanOptimizer.Optimized optimized) {
        if (wave > 1) {
            explained.append("\nwave ").append(wave).append(", planned from earlier results\n");
        }
        explained.append(PlanText.render(plain, optimized.plan(), optimized.did()));
    }

    private RunResult result(Experiment experiment, ResultAssembler assembly, Provenance provenance) {
        ExperimentSpec spec = experiment.spec();
        long before = System.nanoTime();
        progress.stage("claims", spec.claims().size());
        ClaimEvaluator answers = new ClaimEvaluator(assembly.families(), experiment);
        List<ClaimResult> claims = answers.check(spec.claims());
        progress.done();
        seconds.put("claims", since(before));
        String answer = new AnswerText(answers, claims).fill(spec.report().answer());
        return new RunResult(
                spec.id(),
                title(spec),
                spec.question(),
                variant,
                answer,
                claims,
                assembly.artifacts(),
                provenance,
                ResolvedYaml.of(spec),
                experiment.bound().defaulted(),
                spec.report().notes(),
                explained.toString(),
                extra(spec, assembly));
    }

    private static Map<String, String> extra(ExperimentSpec spec, ResultAssembler assembly) {
        Map<String, String> extra = new LinkedHashMap<>();
        if (!spec.report().figure().isEmpty()) {
            extra.put("key-figure", spec.report().figure());
        }
        assembly.notices().forEach((name, notices) -> extra.put(RunResult.NOTICE + name, String.join(" ", notices)));
        return extra;
    }

    /** A page needs a heading: a spec that says nothing of itself goes by its folder's name. */
    private String title(ExperimentSpec spec) {
        boolean silent = (spec.title() + spec.question() + spec.id()).isBlank();
        return silent ? String.valueOf(request.out().getFileName()) : spec.title();
    }

    private Provenance provenance(
            List<String> models, String identity, Map<String, String> hashes, String started, String device) {
        InputFacts facts = InputFacts.of(checked.experiment());
        return new Provenance(
                identity,
                hashes,
                Seeds.of(checked.experiment().spec()),
                models,
                checked.experiment().rows().corpora(),
                facts.models(),
                facts.rows(),
                Versions.all(),
                request.commit(),
                device,
                "float32",
                seconds,
                Backend.peakBytes(),
                started,
                request.rerun());
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
