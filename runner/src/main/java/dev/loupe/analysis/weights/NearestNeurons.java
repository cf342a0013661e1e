package dev.loupe.analysis.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.ModelComputation;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.analysis.reading.TokenOrder;
import dev.loupe.hook.Site;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantiles;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The neurons whose weights point most nearly where one neuron's do, over all layers, by cosine. What the weights are is said at
 * {@link ReadWrite}. Weights of a trained model lie in some directions more than in others, so a random direction would be too
 * easy to beat: chance is the same search for mixtures of all neurons' weights, which lie where neurons lie and are none.
 */
@Named("nearest-neurons")
@Doc(
        "The neurons, of all layers, whose weights point most nearly where the weights of one neuron do, by cosine. Beside it what chance "
                + "gives: the same search for mixtures of the weights of all neurons, with random factors.")
@Example("{nearest-neurons: L3N110, weights: W_out, seed: 1}")
public record NearestNeurons(
        @Key("nearest-neurons") @Doc("The neuron, such as `L3N110`.")
        NeuronName to,

        @Doc("Which weights are compared.") Weights weights,

        @Default("5") @Doc("How many neurons, the nearest first, on an axis `rank`.")
        int count,

        @Default("100") @Doc("Number of mixtures.") int draws,

        @Doc("Seed of the mixtures.") long seed)
        implements WeightAnalysis, ModelComputation {
    private static final List<String> PARTS = List.of("layer", "neuron", "cosine", "chance");
    private static final int MOST = 1000;

    /** A neuron's weights. */
    public enum Weights {
        @Key("W_in")
        @Doc("What it reads: its column of W_in, times the gain of the norm before the MLP.")
        W_IN("W_in"),
        @Key("W_gate")
        @Doc("What its gate reads, for gated MLPs: its column of W_gate, times the same gain.")
        W_GATE("W_gate"),
        @Key("W_out")
        @Doc("What it writes: its row of W_out.")
        W_OUT("W_out");

        private final String tensor;

        Weights(String tensor) {
            this.tensor = tensor;
        }
    }

    public NearestNeurons {
        NeuronName.at(Site.MLP_POST, List.of(to));
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("`count` must be 1 to " + MOST);
        }
        if (draws < 1 || draws > MOST) {
            throw new IllegalArgumentException("`draws` must be 1 to " + MOST);
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        ModelShape shape = MlpWeights.shape(planning);
        if (weights == Weights.W_GATE && !shape.gated()) {
            throw new IllegalArgumentException("`W_gate` needs a gated MLP, and the MLP of "
                    + planning.model().label() + " has none");
        }
        to.in(shape);
        int others = shape.layers() * shape.dMlp() - 1;
        if (count > others) {
            throw new IllegalArgumentException(
                    "`count` is " + count + ", but the model has only " + others + " other neurons");
        }
        return add(planning);
    }

    @Override
    public NamedArray compute(WeightAccess w) {
        ModelShape shape = w.shape();
        List<List<Near>> found =
                Stream.<List<Near>>generate(ArrayList::new).limit(draws + 1).toList();
        NDArray own = MlpWeights.ofNeurons(w, to.layer(), weights.tensor).get(to.neuron() + ":" + (to.neuron() + 1));
        NDArray asked = own.concat(mixtures(w), 0);
        NDArray directions = asked.div(lengths(asked));
        for (int layer = 0; layer < shape.layers(); layer++) {
            // Given back at once: the copies of all layers would take as much memory as the model.
            try (NDArray vectors = MlpWeights.ofNeurons(w, layer, weights.tensor);
                    NDArray along = directions.matMul(vectors.transpose())) {
                float[] products = along.toFloatArray();
                float[] lengths = lengths(vectors).toFloatArray();
                for (int d = 0; d <= draws; d++) {
                    double[] cosines = new double[lengths.length];
                    for (int n = 0; n < lengths.length; n++) {
                        cosines[n] = (double) products[d * lengths.length + n] / lengths[n];
                    }
                    if (d == 0 && layer == to.layer()) {
                        cosines[to.neuron()] = Double.NaN;
                    }
                    for (int n : TokenOrder.highest(cosines, count)) {
                        found.get(d).add(new Near(layer, n, cosines[n]));
                    }
                }
            }
        }
        found.forEach(near -> near.sort(Comparator.comparingDouble(Near::cosine).reversed()));
        double[] out = new double[count * PARTS.size()];
        Arrays.fill(out, Double.NaN);
        for (int rank = 0; rank < count; rank++) {
            int at = rank;
            if (rank < found.get(0).size()) {
                Near near = found.get(0).get(rank);
                out[rank * PARTS.size()] = near.layer();
                out[rank * PARTS.size() + 1] = near.neuron();
                out[rank * PARTS.size() + 2] = near.cosine();
            }
            double[] chance = found.stream()
                    .skip(1)
                    .filter(drawn -> at < drawn.size())
                    .mapToDouble(drawn -> drawn.get(at).cosine())
                    .toArray();
            out[rank * PARTS.size() + 3] = new NullBand("", chance, Side.HIGHER).edge();
        }
        return new NamedArray(axes(shape), out);
    }

    /** A neuron by its cosine. */
    private record Near(int layer, int neuron, double cosine) {}

    /** Of vectors [n, d_model]: [n, 1]. */
    private static NDArray lengths(NDArray vectors) {
        try (NDArray squares = vectors.mul(vectors)) {
            return squares.sum(new int[] {1}, true).sqrt();
        }
    }

    /** Sums of all neurons' vectors at length 1, each times a normal number of its own [draw, d_model]. */
    private NDArray mixtures(WeightAccess w) {
        ModelShape shape = w.shape();
        Random random = new Random(seed);
        NDArray sum = null;
        for (int layer = 0; layer < shape.layers(); layer++) {
            try (NDArray vectors = MlpWeights.ofNeurons(w, layer, weights.tensor)) {
                float[] lengths = lengths(vectors).toFloatArray();
                float[] factors = new float[draws * lengths.length];
                for (int i = 0; i < factors.length; i++) {
                    double normal = random.nextGaussian();
                    float length = lengths[i % lengths.length];
                    // A neuron without weights adds nothing.
                    factors[i] = length == 0 ? 0 : (float) (normal / length);
                }
                NDArray part = vectors.getManager()
                        .create(factors, new Shape(draws, lengths.length))
                        .matMul(vectors);
                sum = sum == null ? part : sum.addi(part);
            }
        }
        return Objects.requireNonNull(sum);
    }

    @Override
    public String label() {
        return "neurons nearest to " + to + " by " + weights.tensor;
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return List.of(Axis.ranks(count), new Axis("part", PARTS));
    }

    @Override
    public long flops(ModelShape shape) {
        // Mixtures and cosines of each: a product and a sum.
        return 4L * (draws + 1) * shape.layers() * shape.dMlp() * shape.dModel();
    }

    @Override
    public String title() {
        return "Nearest neurons";
    }

    @Override
    public String formula() {
        return "**layer**, **neuron**: which one  \n**cosine**: of the " + weights.tensor
                + " of both, with the gain of the norm before the MLP if it is read, and without its mean where that norm subtracts "
                + "the mean  \n**chance**: the cosine of this rank in the same search for a mixture of all neurons' weights, each at "
                + "length 1 and times a normal number of its own: "
                + (Quantiles.enough(draws, .99) ? "the 99th percentile" : "the largest") + " of " + draws + " mixtures";
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
        return Figure.TABLE;
    }
}
