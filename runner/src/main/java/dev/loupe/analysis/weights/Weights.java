package dev.loupe.analysis.weights;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.ModelComputation;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.intervention.select.HeadName;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.build.Planning;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Weights themselves, as the forward pass uses them. */
@Named("weights")
@Doc("A weight matrix under its TransformerLens name.")
@Example("{weights: W_O, heads: [L0H0]}")
public record Weights(
        @Doc("The matrix.") WeightMatrix weights,

        @Nullable @Doc("The layer of an MLP matrix.") Integer layer,

        @OneOrMany @Default("[]") @Doc("The heads of an attention matrix, such as `L0H0`.")
        List<HeadName> heads)
        implements WeightAnalysis, ModelComputation {
    /** A page of a million numbers would hold no other figure. */
    private static final int LARGEST = 300_000;

    public Weights {
        if (weights.perHead() == heads.isEmpty()) {
            throw new IllegalArgumentException(
                    weights.perHead()
                            ? "name the heads, such as `heads: [L0H0]`"
                            : "`" + weights.tensor() + "` has no heads");
        }
        if (weights.perLayer() && !weights.perHead() == (layer == null)) {
            throw new IllegalArgumentException(
                    layer == null
                            ? "name the layer, such as `layer: 0`"
                            : "`heads` already names the layer; leave " + "`layer` out");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        ModelShape shape = planning.model().shape();
        if (!weights.in(planning)) {
            throw new IllegalArgumentException(planning.model().label() + " has no `" + weights.tensor() + "`");
        }
        heads.forEach(h -> h.in(shape));
        Integer block = layer;
        if (block != null && (block < 0 || block >= shape.layers())) {
            throw new IllegalArgumentException("there is no layer " + block + "; the model has " + shape.layers());
        }
        long size = axes(shape).stream().mapToLong(Axis::size).reduce(1, Math::multiplyExact);
        if (size > LARGEST) {
            throw new IllegalArgumentException(size + " numbers are too many for a page, which can show up "
                    + "to " + LARGEST
                    + "; the files of the model have all of them");
        }
        return add(planning);
    }

    @Override
    public NamedArray compute(WeightAccess w) {
        List<Axis> axes = axes(w.shape());
        double[] out = new double[NamedArray.sizeOf(axes)];
        int at = 0;
        for (float[] part : parts(w)) {
            for (float x : part) {
                out[at++] = x;
            }
        }
        return new NamedArray(axes, out);
    }

    private List<float[]> parts(WeightAccess w) {
        if (!weights.perHead()) {
            String block = layer == null ? "" : "blocks." + layer + ".";
            return List.of(w.tensor(block + weights.tensor()).toFloatArray());
        }
        String matrix = weights.tensor().substring("attn.".length());
        return heads.stream()
                .map(name -> {
                    Planning.Head head = name.in(w.shape());
                    return w.perHead(head.layer(), matrix).get(head.head()).toFloatArray();
                })
                .toList();
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        List<Axis> axes = weights.axes(shape);
        if (weights.perHead()) {
            axes.add(
                    0,
                    new Axis(
                            "weight_head",
                            heads.stream().map(HeadName::toString).toList()));
        }
        return axes;
    }

    @Override
    public long flops(ModelShape shape) {
        return 0;
    }

    @Override
    public String label() {
        return weights.tensor() + (heads.isEmpty() ? "" : " of " + heads);
    }

    @Override
    public String title() {
        return "Weights " + weights.tensor();
    }

    @Override
    public String formula() {
        return "`" + weights.tensor() + "`, used as x W.";
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
    public Figure figure() {
        return Figure.MAP;
    }
}
