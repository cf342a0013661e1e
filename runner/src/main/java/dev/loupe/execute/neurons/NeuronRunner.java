package dev.loupe.execute.neurons;

import ai.djl.ndarray.NDManager;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.hypotheses.CorpusComparison;
import dev.loupe.execute.hypotheses.EditedExamples;
import dev.loupe.execute.hypotheses.MatchedNeurons;
import dev.loupe.execute.hypotheses.PurityJudging;
import dev.loupe.execute.hypotheses.RuleFitting;
import dev.loupe.execute.hypotheses.ShortestContexts;
import dev.loupe.execute.load.LoadedModel;
import dev.loupe.execute.statistics.DescribedSample;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.neurons.AlignVocabulary;
import dev.loupe.plan.neurons.ChooseExamples;
import dev.loupe.plan.neurons.CompareCorpora;
import dev.loupe.plan.neurons.CompareRows;
import dev.loupe.plan.neurons.ContrastFactors;
import dev.loupe.plan.neurons.CountSigns;
import dev.loupe.plan.neurons.DescribeSample;
import dev.loupe.plan.neurons.EditExamples;
import dev.loupe.plan.neurons.ExampleValues;
import dev.loupe.plan.neurons.FitProbe;
import dev.loupe.plan.neurons.FitRules;
import dev.loupe.plan.neurons.JudgePurity;
import dev.loupe.plan.neurons.LiftVocabulary;
import dev.loupe.plan.neurons.MatchNeurons;
import dev.loupe.plan.neurons.NeuronModelStep;
import dev.loupe.plan.neurons.NeuronStep;
import dev.loupe.plan.neurons.RankExamples;
import dev.loupe.plan.neurons.ReadExamples;
import dev.loupe.plan.neurons.SampledValues;
import dev.loupe.plan.neurons.SearchLabels;
import dev.loupe.plan.neurons.ShortenContexts;
import dev.loupe.progress.StopSignal;
import dev.loupe.result.NamedArray;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What each step about neurons gives.
 *
 * @param done values of finished steps
 * @param rows the rows that a plan names
 * @param models the models that it names, in memory
 * @param scans the scan that chose some examples
 */
public record NeuronRunner(
        Map<Integer, StepValue> done,
        Function<RowsRef, TokenRows> rows,
        Function<ModelRef, LoadedModel> models,
        Function<ReadExamples, ScanBatches> scans,
        StopSignal stop)
        implements NeuronStep.Arithmetic<StepValue>, NeuronModelStep.Arithmetic<StepValue> {
    @Override
    public StepValue chooseExamples(ChooseExamples step) {
        StepValue.Activations sample =
                step.scan() == step.sample() ? null : value(step.sample(), StepValue.Activations.class);
        return new StepValue.Occurrences(
                new ChosenExamples(step, rows.apply(step.rows()), value(step.scan(), StepValue.Extremes.class), sample)
                        .all());
    }

    @Override
    public StepValue exampleValues(ExampleValues step) {
        StepValue.Occurrence.Kind kind =
                step.smallest() ? StepValue.Occurrence.Kind.LOWEST : StepValue.Occurrence.Kind.TOP;
        double[] values = new double[NamedArray.sizeOf(step.axes(id -> step))];
        Arrays.fill(values, Double.NaN);
        value(step.examples(), StepValue.Occurrences.class).all().stream()
                .filter(example -> example.kind() == kind)
                .forEach(example -> values[example.component() * step.most() + example.place()] = example.value());
        return new StepValue.Numbers(new NamedArray(step.axes(id -> step), values));
    }

    @Override
    public StepValue sampledValues(SampledValues step) {
        StepValue.Activations sample = value(step.sample(), StepValue.Activations.class);
        double[] values = new double[NamedArray.sizeOf(step.axes(id -> step))];
        Arrays.fill(values, Double.NaN);
        int[] order = IntStream.range(0, sample.row().length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> sample.row()[i]).thenComparingInt(i -> sample.pos()[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int n = 0; n < sample.width(); n++) {
            for (int i = 0; i < order.length; i++) {
                values[n * step.most() + i] = sample.values().get(0)[order[i] * sample.width() + n];
            }
        }
        return new StepValue.Numbers(new NamedArray(step.axes(id -> step), values));
    }

    @Override
    public StepValue countSigns(CountSigns step) {
        return new StepValue.Table(new SignCounts(step, rows.apply(step.rows()))
                .of(
                        value(step.gate(), StepValue.Activations.class),
                        value(step.up(), StepValue.Activations.class),
                        value(step.activation(), StepValue.Activations.class)));
    }

    @Override
    public StepValue contrastFactors(ContrastFactors step) {
        return new StepValue.Table(new FactorContrast(
                        step,
                        rows.apply(step.rows()),
                        value(step.values(), StepValue.Table.class).table())
                .table());
    }

    @Override
    public StepValue fitProbe(FitProbe step) {
        ProbeFitting fitting = new ProbeFitting(
                step, rows.apply(step.rows()), value(step.sample(), StepValue.Activations.class), stop);
        return step.direction() != null
                ? new StepValue.Numbers(fitting.directions())
                : fitting.scores(step.untrained().stream()
                        .map(twin -> value(twin, StepValue.Table.class).table().estimate())
                        .toList());
    }

    @Override
    public StepValue describeSample(DescribeSample step) {
        return new StepValue.Table(DescribedSample.of(
                step, rows.apply(step.rows()), value(step.sample(), StepValue.Activations.class), stop));
    }

    @Override
    public StepValue fitRules(FitRules step) {
        RuleFitting fitting = new RuleFitting(
                step,
                rows.apply(step.rows()),
                value(step.sample(), StepValue.Activations.class),
                rows.apply(step.formedOn()),
                value(step.formed(), StepValue.Activations.class),
                stop);
        return step.shown() ? fitting.rules() : fitting.scores();
    }

    @Override
    public StepValue judgePurity(JudgePurity step) {
        return new PurityJudging(
                        step,
                        rows.apply(step.rows()),
                        value(step.sample(), StepValue.Activations.class),
                        step.withContexts() ? value(step.contexts(), StepValue.Activations.class) : null,
                        stop)
                .value();
    }

    @Override
    public StepValue compareCorpora(CompareCorpora step) {
        return new CorpusComparison(
                        step,
                        rows.apply(step.firstRows()),
                        value(step.first(), StepValue.Activations.class),
                        rows.apply(step.secondRows()),
                        value(step.second(), StepValue.Activations.class),
                        stop)
                .value();
    }

    @Override
    public StepValue compareRows(CompareRows step) {
        return new StepValue.Table(new RowLikeness(
                        step,
                        rows.apply(step.rows()),
                        value(step.first(), StepValue.Table.class).table(),
                        value(step.second(), StepValue.Table.class).table())
                .table());
    }

    @Override
    public StepValue searchLabels(SearchLabels step) {
        return LabelSearching.of(
                step,
                rows.apply(step.rows()),
                value(step.sample(), StepValue.Activations.class),
                step.untrained().stream()
                        .map(twin -> value(twin, StepValue.Table.class).table().estimate())
                        .toList(),
                stop);
    }

    @Override
    public StepValue readExamples(ReadExamples step) {
        StepValue.Activations everywhere =
                step.activations() == step.examples() ? null : value(step.activations(), StepValue.Activations.class);
        return new ExampleTexts(
                        step, rows.apply(step.rows()), models.apply(step.model()), scans.apply(step), everywhere, stop)
                .of(value(step.examples(), StepValue.Occurrences.class).all());
    }

    @Override
    public StepValue alignVocabulary(AlignVocabulary step) {
        return withWeights(
                step.model(),
                weights -> new StepValue.Table(new VocabularyAlignment(step, rows.apply(step.rows()), weights, stop)
                        .of(value(step.examples(), StepValue.Occurrences.class).all())));
    }

    @Override
    public StepValue liftVocabulary(LiftVocabulary step) {
        StepValue.Activations sample = value(step.sample(), StepValue.Activations.class);
        return withWeights(
                step.model(),
                weights -> new StepValue.Numbers(
                        new VocabularyLift(step, rows.apply(step.rows()), sample, weights, stop).of()));
    }

    @Override
    public StepValue rankExamples(RankExamples step) {
        return new StepValue.Table(
                new ExampleRanks(step, rows.apply(step.rows()), value(step.sample(), StepValue.Activations.class), stop)
                        .of(value(step.examples(), StepValue.Occurrences.class).all(), models.apply(step.model())));
    }

    @Override
    public StepValue shortenContexts(ShortenContexts step) {
        return new StepValue.Table(new ShortestContexts(step, rows.apply(step.rows()), models.apply(step.model()), stop)
                .of(value(step.examples(), StepValue.Occurrences.class).all()));
    }

    @Override
    public StepValue editExamples(EditExamples step) {
        StepValue.Activations sample =
                step.sample() == step.examples() ? null : value(step.sample(), StepValue.Activations.class);
        return new StepValue.Table(
                new EditedExamples(step, rows.apply(step.rows()), models.apply(step.model()), sample, stop)
                        .of(value(step.examples(), StepValue.Occurrences.class).all()));
    }

    @Override
    public StepValue matchNeurons(MatchNeurons step) {
        return new StepValue.Table(new MatchedNeurons(
                        step, rows.apply(step.rows()), value(step.sample(), StepValue.Activations.class), stop)
                .table(models));
    }

    private StepValue withWeights(ModelRef ref, Function<WeightAccess, StepValue> work) {
        LoadedModel model = models.apply(ref);
        try (NDManager scope = model.manager().newSubManager()) {
            return work.apply(model.weights(scope));
        }
    }

    private <T extends StepValue> T value(int id, Class<T> kind) {
        StepValue value = done.get(id);
        if (!kind.isInstance(value)) {
            throw new IllegalStateException("#" + id + " holds no " + kind.getSimpleName());
        }
        return kind.cast(value);
    }
}
