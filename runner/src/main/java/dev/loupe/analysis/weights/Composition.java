package dev.loupe.analysis.weights;

import ai.djl.ndarray.NDArray;
import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.ModelComputation;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.Arrays;
import java.util.List;

/**
 * Composition scores between heads: {@code |W_L W_R|_F / (|W_L|_F |W_R|_F)} with W_L the OV matrix of the earlier head and
 * W_R the later head's QK (K is its transpose) or OV matrix (Elhage et al. 2021, "A Mathematical Framework for Transformer
 * Circuits"). Factors of rank d_head keep it cheap: {@code |AB|_F^2 = tr((A'A)(BB'))}.
 */
@Named("composition")
@Doc("Composition scores: how strongly the output of earlier heads overlaps with the query, key or value input of "
        + "later heads, computed from weights alone.")
@Example("{composition: [Q, K, V]}")
public record Composition(
        @OneOrMany @Doc("The input of the later head.") List<Through> composition)
        implements WeightAnalysis, ModelComputation {
    /** The input of the later head. */
    public enum Through {
        @Key("Q")
        Q,
        @Key("K")
        K,
        @Key("V")
        V
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        return add(planning);
    }

    @Override
    public NamedArray compute(WeightAccess w) {
        ModelShape s = w.shape();
        int layers = s.layers();
        int heads = s.heads();
        double[] out = new double[composition.size() * layers * heads * layers * heads];
        Arrays.fill(out, Double.NaN);
        for (int c = 0; c < composition.size(); c++) {
            Through through = composition.get(c);
            for (int from = 0; from < layers; from++) {
                for (int to = from + 1; to < layers; to++) {
                    float[] scores = pairs(w, through, from, to);
                    for (int a = 0; a < heads; a++) {
                        for (int b = 0; b < heads; b++) {
                            out[(((c * layers + from) * heads + a) * layers + to) * heads + b] = scores[a * heads + b];
                        }
                    }
                }
            }
        }
        return new NamedArray(axes(s), out);
    }

    @Override
    public List<Axis> axes(ModelShape s) {
        return List.of(
                new Axis("through", composition.stream().map(Enum::name).toList()),
                Axis.counted("layer", s.layers()),
                Axis.counted("head", s.heads()),
                Axis.counted("to_layer", s.layers()),
                Axis.counted("to_head", s.heads()));
    }

    /** Scores [from head, to head]. The right factor is written {@code L R} with L [d_model, d_head]. */
    private static float[] pairs(WeightAccess w, Through through, int from, int to) {
        NDArray v1 = w.inCircuit(from, "W_V");
        NDArray o1 = w.inCircuit(from, "W_O");
        NDArray left = w.inCircuit(to, through == Through.V ? "W_V" : through == Through.Q ? "W_Q" : "W_K");
        NDArray right = through == Through.V
                ? w.inCircuit(to, "W_O")
                : w.inCircuit(to, through == Through.Q ? "W_K" : "W_Q").transpose(0, 2, 1);
        // |V1 (O1 L2) R2|^2 = tr(M' (V1'V1) M (R2 R2')), M [d_head, d_head] for every pair of heads.
        NDArray gramV = v1.transpose(0, 2, 1).matMul(v1).expandDims(1);
        NDArray gramR = right.matMul(right.transpose(0, 2, 1)).expandDims(0);
        NDArray m = o1.expandDims(1).matMul(left.expandDims(0));
        NDArray inner = m.transpose(0, 1, 3, 2).matMul(gramV.matMul(m));
        NDArray product = inner.mul(gramR.transpose(0, 1, 3, 2)).sum(new int[] {2, 3});
        NDArray norms = norm(v1, o1).expandDims(1).mul(norm(left, right).expandDims(0));
        return product.maximum(0).sqrt().div(norms).toFloatArray();
    }

    /** Frobenius norm of A B for factors [head, d_model, d_head] and [head, d_head, d_model]. */
    private static NDArray norm(NDArray a, NDArray b) {
        NDArray gramA = a.transpose(0, 2, 1).matMul(a);
        NDArray gramB = b.matMul(b.transpose(0, 2, 1));
        return gramA.mul(gramB.transpose(0, 2, 1)).sum(new int[] {1, 2}).sqrt();
    }

    @Override
    public long flops(ModelShape s) {
        return 4L
                * composition.size()
                * s.layers()
                * s.layers()
                * s.heads()
                * s.heads()
                * s.dHead()
                * s.dHead()
                * s.dModel();
    }

    @Override
    public String label() {
        return "composition " + composition;
    }

    @Override
    public String title() {
        return "Composition between heads";
    }

    @Override
    public String formula() {
        return "norm of (earlier head's OV) x (later head's QK, QK transposed or OV) over the product of their norms;"
                + " Frobenius norms (Elhage et al. 2021)";
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
    public String parts() {
        return "through";
    }

    @Override
    public boolean searches() {
        return true;
    }
}
