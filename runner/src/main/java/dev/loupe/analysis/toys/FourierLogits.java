package dev.loupe.analysis.toys;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.ModelComputation;
import dev.loupe.analysis.planning.ToyModel;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.dataset.features.ModularPairs;
import dev.loupe.metric.Metric;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.ConstantDoc;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How much of the logits of a network that adds is a sum of waves in a + b - c, and what they predict (Nanda et al. 2023). */
@Named("fourier-logits")
@Doc(
        "How much of the logits of a pair-mlp, or of a transformer that reads two numbers, are waves in a + b - c (for "
                + "subtraction a - b - c), and the loss of those waves alone and of the rest. A transformer's rows hold every pair.")
@Example("{fourier-logits: [explained, restricted, excluded], key: 29}")
public record FourierLogits(
        @Key("fourier-logits") @OneOrMany @Doc("What is reported.")
        List<What> what,

        @Default("0")
        @Doc(
                "Number of key frequencies: those that explain most of the logits; 0 for all. All together keep everything that the "
                        + "offset decides, and results that are known by heart do so too: `restricted` then says little.")
        int key,

        @Doc("Of a transformer only: where it reads the numbers. Default: rows of `modular-pairs`.") @Nullable
        PairPlaces pairs)
        implements ToyAnalysis, PairLogits.Finish {
    /** What can be reported. */
    public enum What {
        @Doc("Share of the variance of the centred logits over all pairs at the key frequencies of the offset.")
        EXPLAINED,
        @Doc("Loss in nats of the logits at the key frequencies alone, on the rows of the dataset.")
        RESTRICTED,
        @Doc("Loss in nats of the logits without the key frequencies, on the rows of the dataset.")
        EXCLUDED
    }

    public FourierLogits {
        what = List.copyOf(what);
        if (what.isEmpty() || key < 0) {
            throw new IllegalArgumentException("`fourier-logits` needs a quantity, and `key` must not be negative");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        if (planning.model().shape().readsTokens()) {
            PairPlaces places = pairs == null ? PairPlaces.USUAL : pairs;
            PairLogits reading =
                    new PairLogits(places, places.modulus(planning.model().shape()), this);
            int run = planning.clean(planning.rows(planning.on()), List.of(), reading.logits());
            return planning.builder().add(id -> new Summarise(id, reading, run));
        }
        PairTables.check(planning);
        PairTables.refuse(planning, pairs, "pairs");
        return new Work(this, PairTables.sums(planning)).add(planning);
    }

    /**
     * The same of a network without tokens.
     *
     * @param analysis says what is made of the logits
     * @param data on whose pairs losses are measured
     */
    record Work(PairLogits.Finish analysis, ModularPairs data) implements ModelComputation {
        @Override
        public NamedArray compute(WeightAccess weights) {
            ToyModel toy = weights.toy();
            int p = data.modulus();
            float[] all = new float[2 * p * p];
            int[] right = new int[p * p];
            Arrays.fill(right, -1);
            for (int pair = 0; pair < p * p; pair++) {
                all[2 * pair] = pair / p;
                all[2 * pair + 1] = pair % p;
            }
            for (int[] pair : data.chosen()) {
                right[pair[0] * p + pair[1]] = data.result(pair[0], pair[1]);
            }
            int sign = data.operation() == ModularPairs.Operation.ADD ? 1 : -1;
            return EachNetwork.of(
                    axes(weights.shape()),
                    toy.instances(),
                    i -> analysis.numbers(new PairAnswers(p, sign, toy.answers(i, all), right)));
        }

        @Override
        public List<Axis> axes(ModelShape shape) {
            return EachNetwork.axes(analysis.axes(data.modulus()), shape);
        }

        @Override
        public String label() {
            return analysis.label();
        }

        @Override
        public long flops(ModelShape shape) {
            return 2L * shape.parameters() * data.modulus() * data.modulus();
        }
    }

    @Override
    public double[] numbers(PairAnswers answers) {
        TrigonometricLogits waves = answers.waves();
        boolean[] keys = keys((answers.modulus() - 1) / 2, waves);
        return what.stream()
                .mapToDouble(quantity -> switch (quantity) {
                    case EXPLAINED -> {
                        double sum = 0;
                        for (int k = 1; k <= keys.length; k++) {
                            sum += keys[k - 1] ? waves.explained(k) : 0;
                        }
                        yield sum;
                    }
                    case RESTRICTED -> answers.loss(waves.part(keys, true));
                    case EXCLUDED -> answers.loss(waves.part(keys, false));
                })
                .toArray();
    }

    private boolean[] keys(int frequencies, TrigonometricLogits waves) {
        int count = key == 0 ? frequencies : Math.min(key, frequencies);
        double[] shares = new double[frequencies];
        for (int k = 1; k <= shares.length; k++) {
            shares[k - 1] = waves.explained(k);
        }
        double[] sorted = shares.clone();
        Arrays.sort(sorted);
        double least = sorted[sorted.length - count];
        boolean[] keys = new boolean[shares.length];
        for (int k = 0; k < keys.length; k++) {
            keys[k] = shares[k] >= least;
        }
        return keys;
    }

    @Override
    public List<Axis> axes(int modulus) {
        return List.of(new Axis("quantity", what.stream().map(ConstantDoc::word).toList()));
    }

    @Override
    public String label() {
        return "waves of logits: " + what.stream().map(ConstantDoc::word).collect(Collectors.joining(", "))
                + (key == 0 ? "" : ", " + key + " frequencies");
    }

    @Override
    public String title() {
        return "Waves in the logits";
    }

    @Override
    public String formula() {
        return "logits centred over c; at each offset a + b - c (a - b - c) their mean over all pairs, and the frequencies of "
                + "that curve";
    }

    @Override
    public String formula(String part) {
        return ConstantDoc.before(formula(), what, part);
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.BOTH;
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public String parts() {
        return "quantity";
    }
}
