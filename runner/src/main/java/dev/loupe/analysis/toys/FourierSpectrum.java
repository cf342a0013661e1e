package dev.loupe.analysis.toys;

import ai.djl.ndarray.NDArray;
import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.ModelComputation;
import dev.loupe.analysis.planning.ToyModel;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.metric.Metric;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Which frequencies a network that computes modulo an odd number uses. */
@Named("fourier-spectrum")
@Doc(
        "The share of power at each frequency of the modulus: in the embedding, in what neurons read and write, or in the logits. Of a "
                + "pair-mlp, or of a transformer that reads two numbers.")
@Example("{fourier-spectrum: embedding, pairs: {modulus: 59}}")
public record FourierSpectrum(
        @Key("fourier-spectrum") @Doc("What is decomposed.") Of of,

        @Doc("Of the neurons of a transformer only: the layer. Default: the last.") @Nullable
        Integer layer,

        @Doc(
                "For a transformer: where it reads the numbers. Its `neurons` need it, `{}` for rows of `modular-pairs`; of "
                        + "`embedding` the modulus alone counts.")
        @Nullable
        PairPlaces pairs)
        implements ToyAnalysis, PairNeurons.Finish, PairLogits.Finish {
    /** What is decomposed. */
    public enum Of {
        @Doc("The embedding over the numbers; A of a pair-mlp.")
        EMBEDDING,
        @Doc(
                "A, B and U: what neurons read of the first number and of the second (of a transformer their mean input over the "
                        + "other number), and what they write towards each result.")
        NEURONS,
        @Doc(
                "The variance of the centred logits over all pairs: the share at each frequency of a + b - c (for subtraction a - b - c); "
                        + "what is missing to 1 depends on more than it.")
        LOGITS
    }

    private static final List<String> TABLES = List.of("A", "B", "U");

    public FourierSpectrum {
        if (layer != null && of != Of.NEURONS) {
            throw new IllegalArgumentException("`layer` is for `neurons`");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        ModelShape shape = planning.model().shape();
        if (!shape.readsTokens()) {
            PairTables.check(planning);
            PairTables.refuse(planning, layer, "layer");
            PairTables.refuse(planning, pairs, "pairs");
            return of == Of.LOGITS
                    ? new FourierLogits.Work(this, PairTables.sums(planning)).add(planning)
                    : new OfTables(this).add(planning);
        }
        PairPlaces places = pairs == null ? PairPlaces.USUAL : pairs;
        int modulus = places.modulus(shape);
        return switch (of) {
            case EMBEDDING -> new OfEmbedding(this, modulus).add(planning);
            case NEURONS -> Fourier.ofNeurons(planning, this, layer, pairs);
            case LOGITS -> {
                PairLogits reading = new PairLogits(places, modulus, this);
                int run = planning.clean(planning.rows(planning.on()), List.of(), reading.logits());
                yield planning.builder().add(id -> new Summarise(id, reading, run));
            }
        };
    }

    @Override
    public boolean readsRows() {
        return of == Of.LOGITS || of == Of.NEURONS && pairs != null;
    }

    @Override
    public double[] numbers(PairTables tables) {
        NeuronWaves waves = NeuronWaves.of(tables);
        List<double[][]> read =
                of == Of.EMBEDDING ? List.<double[][]>of(tables.a()) : List.of(tables.a(), tables.b(), tables.u());
        return read.stream()
                .flatMapToDouble(table -> Arrays.stream(waves.power(table)))
                .toArray();
    }

    @Override
    public double[] numbers(PairAnswers answers) {
        TrigonometricLogits waves = answers.waves();
        return IntStream.rangeClosed(1, (answers.modulus() - 1) / 2)
                .mapToDouble(waves::explained)
                .toArray();
    }

    @Override
    public List<Axis> axes(int modulus) {
        Axis frequency = new RealFourier(modulus).axis();
        return of == Of.NEURONS ? List.of(new Axis("table", TABLES), frequency) : List.of(frequency);
    }

    /** Of a pair MLP: the instances come last. */
    record OfTables(FourierSpectrum analysis) implements ModelComputation {
        @Override
        public NamedArray compute(WeightAccess weights) {
            ToyModel toy = weights.toy();
            return EachNetwork.of(
                    axes(weights.shape()),
                    toy.instances(),
                    i -> analysis.numbers(PairTables.of(toy, i, weights.shape())));
        }

        @Override
        public List<Axis> axes(ModelShape shape) {
            return EachNetwork.axes(analysis.axes(shape.outputs()), shape);
        }

        @Override
        public String label() {
            return analysis.label();
        }

        @Override
        public long flops(ModelShape shape) {
            return 2L * shape.parameters() * shape.outputs();
        }
    }

    /** Of a transformer's token embedding. */
    record OfEmbedding(FourierSpectrum analysis, int modulus) implements ModelComputation {
        @Override
        public NamedArray compute(WeightAccess weights) {
            NDArray embedding = weights.tensor("embed.W_E");
            float[] values = embedding.toFloatArray();
            int width = weights.shape().dModel();
            double[][] table = new double[modulus][width];
            for (int i = 0; i < modulus * width; i++) {
                table[i / width][i % width] = values[i];
            }
            return new NamedArray(axes(weights.shape()), analysis.numbers(new PairTables(table, table, table)));
        }

        @Override
        public List<Axis> axes(ModelShape shape) {
            return analysis.axes(modulus);
        }

        @Override
        public String label() {
            return analysis.label();
        }

        @Override
        public long flops(ModelShape shape) {
            return 2L * modulus * modulus * shape.dModel();
        }
    }

    @Override
    public String label() {
        return "power by frequency of " + of.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String title() {
        return "Power by frequency";
    }

    @Override
    public String formula() {
        return of == Of.LOGITS
                ? "logits centred over c; at each offset a + b - c (a - b - c) their mean over all pairs, and of that curve "
                        + "the share of the variance of all centred logits at each frequency"
                : "(c_k^2 + s_k^2) / sum over k, summed over columns; c_k and s_k are coefficients of the orthonormal real "
                        + "Fourier basis of the modulus, constants removed";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.HIGHER;
    }

    @Override
    public String unit() {
        return "share of power";
    }

    @Override
    public Figure figure() {
        return Figure.BARS;
    }
}
