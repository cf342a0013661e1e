package dev.loupe.analysis.weights;

import ai.djl.ndarray.NDArray;
import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.ModelComputation;
import dev.loupe.analysis.planning.Redrawn;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.hook.Site;
import dev.loupe.metric.Metric;
import dev.loupe.plan.Compute;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Cosines between what neurons read of the residual stream and what they write to it (Gurnee et al. 2024, "Universal Neurons
 * in GPT2 Language Models", section 5, whose models are processed with {@code fold-ln} and {@code center-writing}: the same
 * numbers result here with and without that processing). Far below 0 a neuron takes away what it reads, far above 0 it adds to
 * it; for unrelated weights the standard deviation is 1 / sqrt(d_model).
 */
@Named("read-write")
@Doc(
        "Cosines between the input weights and the output weights of each neuron, from weights alone: far below 0 a neuron "
                + "removes from the residual stream what it reads, far above 0 it adds to it. W_in and W_gate are taken times the gain of "
                + "the norm before the MLP; where that norm subtracts the mean over d_model, both vectors are taken without "
                + "it, since nothing reads it.")
@Example("{read-write: in-out}")
public record ReadWrite(
        @OneOrMany @Doc("Which weights are compared.") List<Pair> readWrite,

        @OneOrMany @Default("[]") @Doc("Neurons such as `L3N110`, each a label of the axis `neuron`. Default: all.")
        List<NeuronName> neurons)
        implements WeightAnalysis {
    /** Two of a neuron's weight vectors. */
    public enum Pair {
        @Key("in-out")
        @Doc("W_in and W_out.")
        IN_OUT("W_in", "W_out"),
        @Key("gate-out")
        @Doc("W_gate and W_out, for gated MLPs: a neuron with a gate can write with either sign.")
        GATE_OUT("W_gate", "W_out"),
        @Key("gate-in")
        @Doc("W_gate and W_in, for gated MLPs.")
        GATE_IN("W_gate", "W_in"),
        @Key("all")
        @Doc("Every pair that the MLP has.")
        ALL("", "");

        private final String read;
        private final String other;

        Pair(String read, String other) {
            this.read = read;
            this.other = other;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        boolean gated() {
            return this == GATE_OUT || this == GATE_IN;
        }

        static List<Pair> of(ModelShape shape) {
            return shape.gated() ? List.of(IN_OUT, GATE_OUT, GATE_IN) : List.of(IN_OUT);
        }
    }

    public ReadWrite {
        readWrite = List.copyOf(readWrite);
        neurons = List.copyOf(neurons);
        NeuronName.at(Site.MLP_POST, neurons);
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        ModelShape shape = MlpWeights.shape(planning);
        for (Pair pair : readWrite) {
            if (pair.gated() && !shape.gated()) {
                throw new IllegalArgumentException("`" + pair.word() + "` needs a gated MLP, and the MLP of "
                        + planning.model().label() + " has no W_gate");
            }
        }
        neurons.forEach(neuron -> neuron.in(shape));
        if (readWrite.contains(Pair.ALL) && readWrite.size() > 1) {
            throw new IllegalArgumentException("`all` has every pair already: name no other beside it");
        }
        List<Pair> pairs = readWrite.contains(Pair.ALL) ? Pair.of(shape) : readWrite;
        Cosines cosines = new Cosines(pairs, neurons, planning.redrawn(Redrawn.PAIRING));
        return planning.builder().add(id -> new Compute(id, cosines, planning.load(), planning.model()));
    }

    /**
     * The cosines.
     *
     * @param neurons whose, none for all
     * @param shuffled seed of the order in which each layer's second vectors are taken; null leaves each neuron its own
     */
    record Cosines(
            List<Pair> pairs,
            List<NeuronName> neurons,
            @Nullable Long shuffled) implements ModelComputation {
        @Override
        public NamedArray compute(WeightAccess w) {
            ModelShape s = w.shape();
            double[] out = new double[NamedArray.sizeOf(axes(s))];
            int at = 0;
            for (Pair pair : pairs) {
                if (neurons.isEmpty()) {
                    for (int layer = 0; layer < s.layers(); layer++) {
                        for (float cosine : ofLayer(w, pair, layer, null)) {
                            out[at++] = cosine;
                        }
                    }
                } else {
                    Map<Integer, List<Integer>> places = new TreeMap<>();
                    for (int i = 0; i < neurons.size(); i++) {
                        places.computeIfAbsent(neurons.get(i).layer(), layer -> new ArrayList<>())
                                .add(i);
                    }
                    int first = at;
                    places.forEach((layer, own) -> {
                        float[] cosines = ofLayer(
                                w,
                                pair,
                                layer,
                                own.stream()
                                        .mapToLong(i -> neurons.get(i).neuron())
                                        .toArray());
                        for (int k = 0; k < cosines.length; k++) {
                            out[first + own.get(k)] = cosines[k];
                        }
                    });
                    at += neurons.size();
                }
            }
            return new NamedArray(axes(s), out);
        }

        /** @param some neurons of the layer, null for all */
        private float[] ofLayer(WeightAccess w, Pair pair, int layer, long @Nullable [] some) {
            long[] order = shuffled == null ? null : order(w.shape().dMlp(), shuffled, layer);
            if (some == null) {
                NDArray other = MlpWeights.ofNeurons(w, layer, pair.other);
                return cosines(w.readByNeurons(layer, pair.read), order == null ? other : rows(other, order));
            }
            long[] others = order == null
                    ? some
                    : Arrays.stream(some).map(n -> order[(int) n]).toArray();
            return cosines(
                    w.readByNeurons(layer, pair.read, some),
                    pair.other.equals("W_out")
                            ? rows(w.readOfNeurons(layer), others)
                            : w.readByNeurons(layer, pair.other, others));
        }

        private static NDArray rows(NDArray all, long[] which) {
            return all.get(all.getManager().create(which));
        }

        /** Of rows [neuron, d_model]; 0 / 0, where one of the two is all 0, is undefined. */
        private static float[] cosines(NDArray a, NDArray b) {
            int[] last = {1};
            NDArray norms = a.mul(a).sum(last).mul(b.mul(b).sum(last)).sqrt();
            return a.mul(b).sum(last).div(norms).toFloatArray();
        }

        private static long[] order(int neurons, long seed, int layer) {
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, neurons).boxed().toList());
            Collections.shuffle(order, new Random(seed * 31 + layer));
            return order.stream().mapToLong(Integer::longValue).toArray();
        }

        @Override
        public String label() {
            return "cosines " + pairs + (neurons.isEmpty() ? "" : " of " + neurons)
                    + (shuffled == null ? "" : " of shuffled neurons, seed " + shuffled);
        }

        @Override
        public List<Axis> axes(ModelShape s) {
            List<Axis> axes = new ArrayList<>();
            axes.add(new Axis("pair", pairs.stream().map(Pair::word).toList()));
            if (neurons.isEmpty()) {
                axes.add(Axis.counted("layer", s.layers()));
                axes.add(Axis.counted("neuron", s.dMlp()));
            } else {
                axes.add(new Axis(
                        "neuron", neurons.stream().map(NeuronName::toString).toList()));
            }
            return axes;
        }

        @Override
        public long flops(ModelShape s) {
            long compared = neurons.isEmpty() ? (long) s.layers() * s.dMlp() : neurons.size();
            return 6 * pairs.size() * compared * s.dModel();
        }
    }

    @Override
    public String title() {
        return "What neurons read and write";
    }

    @Override
    public String formula() {
        return "cosine of the two weight vectors of each neuron; what is read is multiplied by the gain of the norm before the "
                + "MLP, without its mean where that norm subtracts the mean. Of unrelated vectors the standard deviation is "
                + "1 / sqrt(d_model)";
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
        return "pair";
    }

    @Override
    public Figure figure() {
        return neurons.isEmpty() ? Figure.HISTOGRAM : Figure.BARS;
    }

    @Override
    public boolean searches() {
        return true;
    }
}
