package dev.loupe.analysis.toys;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.ModelComputation;
import dev.loupe.analysis.planning.ToyModel;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.hook.Site;
import dev.loupe.metric.Metric;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.ConstantDoc;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The frequencies and phases of the neurons of a network that computes modulo an odd number. */
@Named("fourier")
@Doc(
        "Whether each neuron of a pair-mlp carries one frequency of the modulus, and whether its phases follow the rule of an "
                + "operation; read from weights. Of a transformer that reads two numbers: the same, where A and B are the mean "
                + "input of each neuron over the other number, and U what it writes towards each result.")
@Example("{fourier: [pure, pure-share, same-frequency, phase], operation: add}")
public record Fourier(
        @Key("fourier") @OneOrMany @Doc("What is reported.") List<What> what,

        @Default("add") @Doc("The operation whose rule of phases is tested.")
        Operation operation,

        @Doc("Of a transformer only: the layer whose neurons are read. Default: the last.") @Nullable
        Integer layer,

        @Doc(
                "For a transformer: where it reads the numbers; `{}` for rows of `modular-pairs`. Left out for a pair-mlp.")
        @Nullable
        PairPlaces pairs)
        implements ToyAnalysis, ModelComputation, PairNeurons.Finish {
    /** What can be reported. */
    public enum What {
        @Doc("Mean over neurons of the share of power at the strongest frequency, the least of those in A, B and U.")
        PURE,
        @Doc("Share of neurons in which that is at least 0.85.")
        PURE_SHARE,
        @Doc("Share of neurons whose strongest frequency in A, B and U is the same.")
        SAME_FREQUENCY,
        @Doc(
                "R = |mean over pure neurons of exp(i (f_A + f_B - f_U))| for addition, with -f_B for subtraction: 1 where all "
                        + "neurons follow the rule, near 0 where none does; undefined without pure neurons.")
        PHASE,
        @Doc("Number of frequencies with at least 1 % of the power of A.")
        FREQUENCIES,
        @Doc("The largest share of the power of A at one frequency.")
        TOP_POWER
    }

    /** The sign of the second input's phase. */
    public enum Operation {
        @Doc("f_A + f_B = f_U")
        ADD(1),
        @Doc("f_A - f_B = f_U")
        SUBTRACT(-1);

        private final int sign;

        Operation(int sign) {
            this.sign = sign;
        }
    }

    private static final double CARRIES = 0.01;

    public Fourier {
        what = List.copyOf(what);
        if (what.isEmpty()) {
            throw new IllegalArgumentException("`fourier` needs at least one quantity, such as `pure-share`");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        if (planning.model().shape().readsTokens()) {
            return ofNeurons(planning, this, layer, pairs);
        }
        PairTables.check(planning);
        PairTables.refuse(planning, layer, "layer");
        PairTables.refuse(planning, pairs, "pairs");
        return add(planning);
    }

    /** Plans what is made of a transformer's neurons. */
    static int ofNeurons(
            AnalysisPlanning planning, PairNeurons.Finish made, @Nullable Integer layer, @Nullable PairPlaces places) {
        ModelShape shape = planning.model().shape();
        if (places == null) {
            throw new IllegalArgumentException(
                    "neurons of a transformer are read on rows: say where the numbers lie with "
                            + "`pairs`, which is `{}` for rows of `modular-pairs`");
        }
        int which = layer == null ? shape.layers() - 1 : layer;
        planning.layers(Site.MLP_PRE, List.of(which));
        PairNeurons reading = new PairNeurons(places, which, places.modulus(shape), made);
        int run = planning.clean(planning.rows(planning.on()), reading.captures(shape), reading.logits());
        return planning.builder().add(id -> new Summarise(id, reading, run));
    }

    @Override
    public NamedArray compute(WeightAccess weights) {
        ToyModel toy = weights.toy();
        return EachNetwork.of(
                axes(weights.shape()), toy.instances(), i -> numbers(PairTables.of(toy, i, weights.shape())));
    }

    @Override
    public boolean readsRows() {
        return pairs != null;
    }

    @Override
    public double[] numbers(PairTables tables) {
        NeuronWaves waves = NeuronWaves.of(tables);
        return what.stream().mapToDouble(quantity -> number(quantity, waves)).toArray();
    }

    private double number(What quantity, NeuronWaves waves) {
        if (quantity == What.FREQUENCIES || quantity == What.TOP_POWER) {
            double[] power = waves.power(waves.a());
            double most = 0;
            int carrying = 0;
            for (double share : power) {
                most = Math.max(most, share);
                carrying += share >= CARRIES ? 1 : 0;
            }
            return quantity == What.TOP_POWER ? most : carrying;
        }
        List<NeuronWaves.Neuron> neurons = new ArrayList<>();
        for (int n = 0; n < waves.neurons(); n++) {
            NeuronWaves.Neuron neuron = waves.neuron(n);
            if (neuron != null) {
                neurons.add(neuron);
            }
        }
        List<NeuronWaves.Neuron> pure =
                neurons.stream().filter(n -> n.pure() >= NeuronWaves.PURE).toList();
        double all = neurons.size();
        return switch (quantity) {
            case PURE ->
                neurons.stream().mapToDouble(NeuronWaves.Neuron::pure).average().orElse(Double.NaN);
            case PURE_SHARE -> all == 0 ? Double.NaN : pure.size() / all;
            case SAME_FREQUENCY ->
                all == 0
                        ? Double.NaN
                        : neurons.stream().filter(NeuronWaves.Neuron::same).count() / all;
            default -> concentration(pure);
        };
    }

    /** |mean of exp(i angle)| of the rule's angle over neurons. */
    private double concentration(List<NeuronWaves.Neuron> pure) {
        double cosine = 0;
        double sine = 0;
        for (NeuronWaves.Neuron neuron : pure) {
            double[] phases = neuron.phases();
            double angle = phases[0] + operation.sign * phases[1] - phases[2];
            cosine += Math.cos(angle);
            sine += Math.sin(angle);
        }
        return pure.isEmpty() ? Double.NaN : Math.hypot(cosine, sine) / pure.size();
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return EachNetwork.axes(axes(0), shape);
    }

    @Override
    public List<Axis> axes(int modulus) {
        return List.of(new Axis("quantity", what.stream().map(ConstantDoc::word).toList()));
    }

    @Override
    public String label() {
        return "waves of neurons: " + what.stream().map(ConstantDoc::word).collect(Collectors.joining(", "))
                + (operation == Operation.SUBTRACT ? ", for subtraction" : "");
    }

    @Override
    public long flops(ModelShape shape) {
        return 2L * shape.parameters() * shape.outputs();
    }

    @Override
    public String whyUndefined() {
        return "no neuron is pure enough to have a phase (`pure-share` is 0)";
    }

    @Override
    public String title() {
        return "Frequencies of neurons";
    }

    @Override
    public String formula() {
        return "orthonormal real Fourier basis of the modulus, constants removed; f is the phase of cos(2 pi k x/p + f) at the "
                + "neuron's strongest frequency; R tests f_A " + (operation == Operation.ADD ? "+" : "-")
                + " f_B = f_U";
    }

    @Override
    public String formula(String part) {
        return ConstantDoc.before(formula(), what, part);
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.HIGHER;
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public Figure figure() {
        return Figure.AUTO;
    }

    @Override
    public String parts() {
        return "quantity";
    }
}
