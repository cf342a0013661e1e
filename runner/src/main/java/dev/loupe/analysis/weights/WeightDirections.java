package dev.loupe.analysis.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.ModelComputation;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.hook.Site;
import dev.loupe.intervention.select.HeadName;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.Found;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.plan.build.Planning;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Directions of the residual stream that the weights of neurons and heads name. */
@Named("directions")
@Doc(
        "Directions of the residual stream [d_model] in the weights: what neurons read or write, or the strongest singular "
                + "directions of heads. Interventions act along one of them with `along: {result: {by: NAME, where: ...}}`.")
@Example("{directions: W_out, neurons: [L0N5]}")
public record WeightDirections(
        @Doc("Which directions.") Which directions,

        @OneOrMany
        @Default("[]")
        @Doc("Neurons such as `L3N110`, for W_in, W_gate and W_out; each a label of the axis `neuron`.")
        List<NeuronName> neurons,

        @Nullable
        @Key("neurons-from")
        @Doc("Neurons selected by an earlier measurement, in its order on an axis `rank`; needs `best`.")
        Found neuronsFrom,

        @OneOrMany @Default("[]") @Doc("Heads such as `L5H1`, for OV and QK; each a label of the axis `svd_head`.")
        List<HeadName> heads,

        @Nullable
        @Key("heads-from")
        @Doc("Heads selected by an earlier measurement, in its order on an axis `rank`; needs `best`.")
        Found headsFrom,

        @Default("1") @Doc("Number of singular directions of each head, the strongest first, on an axis `direction`.")
        int count)
        implements WeightAnalysis, ModelComputation {
    /** Which directions. */
    public enum Which {
        @Key("W_in")
        @Doc("What a neuron reads: its column of W_in, with the gain of the normalisation where it is not folded.")
        IN,
        @Key("W_gate")
        @Doc("What the gate of a neuron reads: its column of W_gate, with the same gain.")
        GATE,
        @Key("W_out")
        @Doc("What a neuron writes: its row of W_out.")
        OUT,
        @Key("OV-read")
        @Doc("What a head reads: left singular directions of W_V W_O, of length 1.")
        OV_READ,
        @Key("OV-write")
        @Doc("What a head writes: right singular directions of W_V W_O, of length 1.")
        OV_WRITE,
        @Key("QK-query")
        @Doc("What makes a head attend: left singular directions of W_Q W_K', of length 1.")
        QK_QUERY,
        @Key("QK-key")
        @Doc("What a head attends to: right singular directions of W_Q W_K', of length 1.")
        QK_KEY;

        boolean ofNeurons() {
            return this == IN || this == GATE || this == OUT;
        }
    }

    public WeightDirections {
        neurons = List.copyOf(neurons);
        heads = List.copyOf(heads);
        NeuronName.at(Site.MLP_POST, neurons);
        boolean ofNeurons = directions.ofNeurons();
        if (ofNeurons ? !heads.isEmpty() || headsFrom != null : !neurons.isEmpty() || neuronsFrom != null) {
            throw new IllegalArgumentException(
                    ofNeurons
                            ? "this matrix belongs to neurons: name them with `neurons` or `neurons-from`"
                            : "this circuit belongs to heads: name them with `heads` or `heads-from`");
        }
        Found from = ofNeurons ? neuronsFrom : headsFrom;
        List<?> named = ofNeurons ? neurons : heads;
        String word = ofNeurons ? "neurons" : "heads";
        if (named.isEmpty() && from == null) {
            throw new IllegalArgumentException(
                    "name the " + word + " with `" + word + "`, or select them with `" + word + "-from`");
        }
        if (named.stream().distinct().count() < named.size()) {
            throw new IllegalArgumentException("`" + word + "` names one twice");
        }
        if (from != null && from.best() == null) {
            throw new IllegalArgumentException(
                    "`" + word + "-from` needs `best` here, so that the result has as many numbers in every model");
        }
        if (count < 1 || count > 1 && ofNeurons) {
            throw new IllegalArgumentException(
                    ofNeurons ? "a neuron has one direction: leave `count` out" : "`count` must be at least 1");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        if (!neurons.isEmpty() && neuronsFrom != null || !heads.isEmpty() && headsFrom != null) {
            throw new IllegalArgumentException("name the components or select them by a measurement, not both");
        }
        ModelShape shape = planning.model().shape();
        WeightMatrix needed = directions == Which.GATE
                ? WeightMatrix.GATE
                : directions.ofNeurons() ? WeightMatrix.OUT : WeightMatrix.QUERY;
        if (!needed.in(planning)) {
            throw new IllegalArgumentException(
                    planning.model().label() + " has no `" + needed.tensor().replaceAll(".*[.]", "") + "`");
        }
        if (!directions.ofNeurons() && count > shape.dHead()) {
            throw new IllegalArgumentException(
                    "`count` " + count + " is more than the " + shape.dHead() + " singular directions of a head");
        }
        neurons.forEach(neuron -> neuron.in(shape));
        heads.forEach(head -> head.in(shape));
        return chosen(planning).add(planning);
    }

    /** The same with the components that this model has been found to have. */
    private WeightDirections chosen(Planning planning) {
        List<NeuronName> itsNeurons = neuronsFrom == null
                ? neurons
                : planning.found(neuronsFrom, ComponentKind.NEURON).stream()
                        .map(found -> new NeuronName(found.layer(), found.index()))
                        .toList();
        List<HeadName> itsHeads = headsFrom == null
                ? heads
                : planning.found(headsFrom, ComponentKind.HEAD).stream()
                        .map(found -> new HeadName(found.layer(), found.index()))
                        .toList();
        return new WeightDirections(directions, itsNeurons, neuronsFrom, itsHeads, headsFrom, count);
    }

    @Override
    public NamedArray compute(WeightAccess w) {
        NamedArray out = new NamedArray(axes(w.shape()), numbers(axes(w.shape())));
        int at = 0;
        for (NeuronName neuron : neurons) {
            at = put(ofNeuron(w, neuron), out.data(), at);
        }
        for (HeadName head : heads) {
            for (double[] one : ofHead(w, head.in(w.shape()))) {
                at = put(one, out.data(), at);
            }
        }
        return out;
    }

    /** Undefined where fewer components were found than were asked for. */
    private static double[] numbers(List<Axis> axes) {
        double[] numbers = new double[NamedArray.sizeOf(axes)];
        Arrays.fill(numbers, Double.NaN);
        return numbers;
    }

    private static int put(double[] one, double[] into, int at) {
        System.arraycopy(one, 0, into, at, one.length);
        return at + one.length;
    }

    private double[] ofNeuron(WeightAccess w, NeuronName neuron) {
        NDArray direction = directions == Which.OUT
                ? w.writtenByNeurons(neuron.layer()).get(neuron.neuron())
                : MlpWeights.reading(w, neuron.layer(), directions == Which.IN ? WeightMatrix.IN : WeightMatrix.GATE)
                        .get(":, " + neuron.neuron());
        return direction.toType(DataType.FLOAT64, true).toDoubleArray();
    }

    private List<double[]> ofHead(WeightAccess w, Planning.Head head) {
        boolean ov = directions == Which.OV_READ || directions == Which.OV_WRITE;
        SingularDirections found = ov ? SingularDirections.ofOv(w, head) : SingularDirections.ofQk(w, head);
        boolean left = directions == Which.OV_READ || directions == Which.QK_QUERY;
        return Arrays.asList(left ? found.left() : found.right()).subList(0, count);
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        List<Axis> axes = new ArrayList<>();
        Found from = directions.ofNeurons() ? neuronsFrom : headsFrom;
        List<?> named = directions.ofNeurons() ? neurons : heads;
        axes.add(
                from == null || from.best() == null
                        ? new Axis(
                                directions.ofNeurons() ? "neuron" : "svd_head",
                                named.stream().map(Object::toString).toList())
                        : Axis.ranks(from.best()));
        if (!directions.ofNeurons()) {
            axes.add(Axis.counted("direction", count));
        }
        axes.add(Axis.counted("d_model", shape.dModel()));
        return axes;
    }

    @Override
    public long flops(ModelShape s) {
        long square = (long) s.dHead() * s.dHead();
        return heads.size() * (8L * s.dModel() * square + 40L * square * s.dHead());
    }

    @Override
    public String label() {
        return "directions " + word() + " of " + (directions.ofNeurons() ? neurons : heads);
    }

    private String word() {
        return switch (directions) {
            case IN -> "W_in";
            case GATE -> "W_gate";
            case OUT -> "W_out";
            case OV_READ, OV_WRITE -> "OV";
            case QK_QUERY, QK_KEY -> "QK";
        };
    }

    @Override
    public String title() {
        return "Directions of " + word();
    }

    @Override
    public String formula() {
        return switch (directions) {
            case IN -> "columns of W_in, times the gain of ln2 where it is not folded";
            case GATE -> "columns of W_gate, times the gain of ln2 where it is not folded";
            case OUT -> "rows of W_out";
            case OV_READ -> "u of U S V' = W_V W_O; x . u is read";
            case OV_WRITE -> "v of U S V' = W_V W_O, which is written";
            case QK_QUERY -> "u of U S V' = W_Q W_K', for queries";
            case QK_KEY -> "v of U S V' = W_Q W_K', for keys";
        };
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.BOTH;
    }

    @Override
    public Figure figure() {
        return Figure.MAP;
    }
}
