package dev.loupe.execute.pass;

import ai.djl.ndarray.NDManager;
import dev.loupe.analysis.planning.ModelComputation;
import dev.loupe.analysis.planning.TokenComputation;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.execute.batch.Meter;
import dev.loupe.execute.keep.Parts;
import dev.loupe.execute.load.LoadedModel;
import dev.loupe.execute.load.ModelSupply;
import dev.loupe.execute.neurons.NeuronRunner;
import dev.loupe.execute.neurons.ScanBatches;
import dev.loupe.execute.step.AgreedModels;
import dev.loupe.execute.step.Agreeing;
import dev.loupe.execute.step.Cellwise;
import dev.loupe.execute.step.CircuitFaithfulness;
import dev.loupe.execute.step.CircuitReader;
import dev.loupe.execute.step.LogitsBeside;
import dev.loupe.execute.step.Overlapping;
import dev.loupe.execute.step.Pruning;
import dev.loupe.execute.step.Rechecked;
import dev.loupe.execute.step.Recovery;
import dev.loupe.execute.step.RowwiseChecks;
import dev.loupe.execute.step.Together;
import dev.loupe.execute.step.WindowShare;
import dev.loupe.metric.GradientReading;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.CircuitRuns;
import dev.loupe.plan.Compute;
import dev.loupe.plan.Differentiate;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.FromValues;
import dev.loupe.plan.LoadModel;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Prune;
import dev.loupe.plan.Pruned;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.Recheck;
import dev.loupe.plan.Recheck.RealRuns;
import dev.loupe.plan.RowReader;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.WithModel;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.neurons.ChooseExamples;
import dev.loupe.plan.neurons.NeuronModelStep;
import dev.loupe.plan.neurons.NeuronStep;
import dev.loupe.plan.neurons.ReadExamples;
import dev.loupe.plan.values.Additivity;
import dev.loupe.plan.values.AgreeModels;
import dev.loupe.plan.values.Agreement;
import dev.loupe.plan.values.CellByCell;
import dev.loupe.plan.values.Change;
import dev.loupe.plan.values.ChangePoints;
import dev.loupe.plan.values.ClassShapes;
import dev.loupe.plan.values.CompareLogits;
import dev.loupe.plan.values.Distances;
import dev.loupe.plan.values.EstimateScatter;
import dev.loupe.plan.values.OneCompared;
import dev.loupe.plan.values.OverModels;
import dev.loupe.plan.values.RankingOverlap;
import dev.loupe.plan.values.RecheckRows;
import dev.loupe.plan.values.Recover;
import dev.loupe.plan.values.ValueStep;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.rows.RowSet;
import dev.loupe.result.sample.RowTable;
import dev.loupe.result.sample.Sample;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What each kind of step gives by itself, from finished values and a model's weights. Runs and what reads them row by row
 * are made together in a {@link RowPass}.
 *
 * @param plan the plan that the steps are of
 * @param done values of finished steps
 * @param meter told what each step takes
 * @param parts shards that were finished before
 * @param streams kept ones of its runs
 * @param runner runs the small plans that a step asks for, with the same models, rows and store
 * @param unseen the same without telling of progress, for steps that ask for many
 */
record StepRunner(
        ExecutionPlan plan,
        Map<Integer, StepValue> done,
        ModelSupply models,
        Function<RowsRef, RowSet> rows,
        Progress progress,
        StopSignal stop,
        Meter meter,
        Parts parts,
        KeptStreams streams,
        Function<ExecutionPlan, Map<String, StepValue>> runner,
        Function<ExecutionPlan, Map<String, StepValue>> unseen)
        implements PlanStep.Visitor<StepValue>, ValueStep.Arithmetic<StepValue> {
    private static final RowTable NOTHING = new RowTable(List.of(), 0, new double[0], new double[0]);

    @Override
    public StepValue load(LoadModel step) {
        throw notAlone(step);
    }

    @Override
    public StepValue forward(Forward step) {
        throw notAlone(step);
    }

    @Override
    public StepValue readRows(ReadRows step) {
        throw notAlone(step);
    }

    @Override
    public StepValue summarise(Summarise step) {
        throw notAlone(step);
    }

    private static IllegalStateException notAlone(PlanStep step) {
        return new IllegalStateException("#" + step.id() + " is run with others");
    }

    @Override
    public StepValue compute(Compute step) {
        progress.stage(step.model().label() + ": " + step.describe(), 0);
        LoadedModel model = meter.of(step.load(), () -> models.open(step.model()));
        return meter.of(step.id(), () -> {
            try (NDManager scope = model.manager().newSubManager()) {
                WeightAccess weights = model.weights(scope);
                return step.computation() instanceof TokenComputation tokens
                        ? tokens.rank(weights)
                        : new StepValue.Numbers(((ModelComputation) step.computation()).compute(weights));
            }
        });
    }

    @Override
    public StepValue fromValues(FromValues step) {
        return step instanceof NeuronStep neurons
                ? meter.of(step.id(), () -> neurons.accept((NeuronStep.Arithmetic<StepValue>) neurons()))
                : ((ValueStep) step).accept((ValueStep.Arithmetic<StepValue>) this);
    }

    @Override
    public StepValue withModel(WithModel step) {
        progress.stage(step.model().label() + ": " + step.describe(), 0);
        if (step instanceof AgreeModels agree) {
            return meter.of(
                    step.id(),
                    () -> new AgreedModels(
                                    agree, rows.apply(agree.rows()).rows(), models.together(agree.models()), stop)
                            .value());
        }
        return meter.of(
                step.id(), () -> ((NeuronModelStep) step).accept((NeuronModelStep.Arithmetic<StepValue>) neurons()));
    }

    private NeuronRunner neurons() {
        return new NeuronRunner(done, ref -> rows.apply(ref).rows(), models::open, this::scanned, stop);
    }

    private ScanBatches scanned(ReadExamples step) {
        RowReader scan = (RowReader) plan.step(((ChooseExamples) plan.step(step.examples())).scan());
        return new ScannedAgain(plan, scan, rows.apply(step.rows()), models.open(step.model()), streams);
    }

    @Override
    public StepValue recover(Recover step) {
        Set<Integer> absent = Set.copyOf(((ReadRows) plan.step(step.value())).absent());
        return new StepValue.Table(
                Recovery.of(step, table(step.value()), table(step.zero()), table(step.one()), absent));
    }

    @Override
    public StepValue change(Change step) {
        Set<Integer> absent = Set.copyOf(((ReadRows) plan.step(step.value())).absent());
        return new StepValue.Table(Recovery.change(table(step.value()), table(step.zero()), absent));
    }

    @Override
    public StepValue additivity(Additivity step) {
        return new StepValue.Table(WindowShare.of(step, table(step.value()), table(step.zero())));
    }

    @Override
    public StepValue compareLogits(CompareLogits step) {
        return LogitsBeside.of(step, step.runs().stream().map(this::logits).toList());
    }

    @Override
    public StepValue differentiate(Differentiate step) {
        return meter.of(step.id(), () -> new StepValue.Table(gradients(step).run()));
    }

    GradientPass gradients(Differentiate step) {
        GradientReading reading = (GradientReading) step.estimate();
        return new GradientPass(step, reading, () -> models.open(step.model()), rows, progress, stop, meter, parts);
    }

    @Override
    public StepValue recheck(Recheck step) {
        return metered(step, () -> rechecked(step, table(step.estimate())));
    }

    @Override
    public StepValue recheckRows(RecheckRows step) {
        return metered(
                step,
                () -> RowwiseChecks.recheck(step, table(step.estimate()), table(step.value()), table(step.zero())));
    }

    @Override
    public StepValue agreement(Agreement step) {
        return meter.of(step.id(), () -> {
            RowTable both = table(step.recheck());
            return step.rows()
                    ? new StepValue.Table(RowwiseChecks.agreement(step, both))
                    : new StepValue.Numbers(Agreeing.of(both.estimate(), step.axis(), step.top()));
        });
    }

    @Override
    public StepValue estimateScatter(EstimateScatter step) {
        return meter.of(step.id(), () -> new StepValue.Numbers(RowwiseChecks.points(step, table(step.recheck()))));
    }

    @Override
    public StepValue rankingOverlap(RankingOverlap step) {
        return meter.of(step.id(), () -> new StepValue.Numbers(Overlapping.of(step, done)));
    }

    @Override
    public StepValue overModels(OverModels step) {
        return Together.of(step, values(step.family().results()));
    }

    @Override
    public StepValue cellByCell(CellByCell step) {
        return Cellwise.of(step, id -> Objects.requireNonNull(done.get(id)));
    }

    @Override
    public StepValue changePoints(ChangePoints step) {
        return Together.of(step, values(step.family().results()));
    }

    @Override
    public StepValue distances(Distances step) {
        return Together.of(step, values(step.family().results()));
    }

    @Override
    public StepValue classShapes(ClassShapes step) {
        return Together.of(step, Objects.requireNonNull(done.get(step.means())));
    }

    @Override
    public StepValue oneCompared(OneCompared step) {
        Sample all = ((StepValue.Sampled) Objects.requireNonNull(done.get(step.all()))).sample();
        return new StepValue.Sampled(all.at(AgreeModels.COMPARED, step.index()));
    }

    private List<StepValue> values(List<Integer> steps) {
        return steps.stream().map(id -> Objects.requireNonNull(done.get(id))).toList();
    }

    @Override
    public StepValue prune(Prune step) {
        return metered(step, () -> new Pruning(step, reader(step.runs(), step.measure()), progress).run());
    }

    @Override
    public StepValue pruned(Pruned step) {
        return metered(
                step,
                () -> new CircuitFaithfulness(step, runs -> reader(runs, step.measure())).of(table(step.prune())));
    }

    private StepValue metered(PlanStep step, Supplier<RowTable> work) {
        return meter.of(step.id(), () -> new StepValue.Table(work.get()));
    }

    private CircuitReader reader(CircuitRuns runs, Prune.Measure measure) {
        return new CircuitReader(runs, measure, unseen);
    }

    private RowTable rechecked(Recheck step, RowTable estimate) {
        List<Integer> cells =
                Rechecked.largest(estimate.estimate().data(), step.runs().cells(), step.best());
        if (cells.isEmpty()) {
            return Rechecked.of(estimate, NOTHING, NOTHING, cells);
        }
        Map<String, StepValue> exact = runner.apply(step.runs().only(cells));
        return Rechecked.of(estimate, table(exact.get(RealRuns.VALUE)), table(exact.get(RealRuns.ZERO)), cells);
    }

    private StepValue.Logits logits(int id) {
        if (done.get(id) instanceof StepValue.Logits logits) {
            return logits;
        }
        throw new IllegalStateException("#" + id + " kept no logits");
    }

    private RowTable table(int id) {
        return table(done.get(id));
    }

    private static RowTable table(@Nullable StepValue value) {
        if (value instanceof StepValue.Table table) {
            return table.table();
        }
        throw new IllegalStateException("no table of rows");
    }
}
