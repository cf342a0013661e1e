package dev.loupe.analysis.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.TokenComputation;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.analysis.reading.TokenOrder;
import dev.loupe.hook.Site;
import dev.loupe.intervention.select.HeadName;
import dev.loupe.metric.Metric;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.build.Planning;
import dev.loupe.result.Side;
import dev.loupe.result.TokenRankings;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the strongest singular directions of a head or an MLP say in tokens (Millidge and Black 2022, "The Singular Value
 * Decompositions of Transformer Weight Matrices are Highly Interpretable"); directions and projections as TransformerLens'
 * SVDInterpreter has them.
 */
@Named("svd-tokens")
@Doc("The tokens with the highest and lowest scores along the strongest singular directions: what a head reads "
        + "and writes (OV), which queries attend to which keys (QK), what an MLP reads (W_in) or writes (W_out).")
@Example("{svd-tokens: OV, heads: [L0H0], directions: 2, top: 5}")
public record SvdTokens(
        @Key("svd-tokens") @Doc("The matrix.") Which of,

        @OneOrMany @Default("[]") @Doc("The heads, for OV or QK, such as `L0H0`.")
        List<HeadName> heads,

        @OneOrMany @Default("[]") @Doc("The layers, for W_in or W_out.")
        List<Integer> layers,

        @Default("3") @Doc("Number of directions, strongest first.")
        int directions,

        @Default("8") @Doc("Number of tokens, highest and lowest.")
        int top,

        @Default("embeddings")
        @Doc("The representation of a token that is read: `embeddings`, or `effective-embeddings` for heads "
                + "after layer 0.")
        CircuitBasis between)
        implements WeightAnalysis, TokenComputation {
    /** A matrix. */
    public enum Which {
        @Key("OV")
        @Doc("W_V W_O of heads.")
        OV,
        @Key("QK")
        @Doc("W_Q W_K' of heads.")
        QK,
        @Key("W_in")
        @Doc("Input weights of an MLP, with the gain of the normalisation where it is not folded.")
        IN,
        @Key("W_out")
        @Doc("Output weights of an MLP.")
        OUT
    }

    private static final List<String> COLUMNS = List.of("projection");

    public SvdTokens {
        boolean ofHeads = of == Which.OV || of == Which.QK;
        if (ofHeads ? heads.isEmpty() : layers.isEmpty()) {
            throw new IllegalArgumentException(
                    ofHeads ? "name the heads, such as `heads: [L0H0]`" : "name the layers, such as `layers: [0]`");
        }
        if (!(ofHeads ? layers.isEmpty() : heads.isEmpty())) {
            throw new IllegalArgumentException(
                    ofHeads ? "`heads` already names the layers; leave `layers` out" : "an MLP matrix has no heads");
        }
        if (directions < 1 || directions > 50 || top < 1 || top > 100) {
            throw new IllegalArgumentException("`directions` must be 1 to 50 and `top` 1 to 100");
        }
        if (between == CircuitBasis.RESIDUAL) {
            throw new IllegalArgumentException(
                    "`between` must be `embeddings` or `effective-embeddings`: a token is read in one of them");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        ModelShape shape = planning.model().shape();
        heads.forEach(h -> h.in(shape));
        for (int layer : layers) {
            if (layer < 0 || layer >= shape.layers()) {
                throw new IllegalArgumentException("there is no layer " + layer + "; the model has " + shape.layers());
            }
        }
        if (!layers.isEmpty() && !planning.has(Site.MLP_POST)) {
            throw new IllegalArgumentException(planning.model().label() + " has no MLP");
        }
        return add(planning);
    }

    @Override
    public StepValue.Rankings rank(WeightAccess w) {
        List<TokenRankings.Ranking> rankings = new ArrayList<>();
        for (HeadName name : heads) {
            ofHead(w, name, rankings);
        }
        for (int layer : layers) {
            NDArray matrix = of == Which.IN
                    ? MlpWeights.reading(w, layer, WeightMatrix.IN).transpose()
                    : w.writtenByNeurons(layer);
            NDArray wide = matrix.toType(DataType.FLOAT64, true);
            SingularDirections found = SingularDirections.ofGram(
                    SingularDirections.matrix(wide.transpose().matMul(wide)));
            NDArray output = w.tensor("unembed.W_U");
            for (int i = 0; i < Math.min(directions, found.values().length); i++) {
                double[] logits = along(output.transpose(), found.right()[i]);
                rankings.add(ranking("layer " + layer, i, found, List.of(high("most", logits), low("least", logits))));
            }
        }
        return new StepValue.Rankings(COLUMNS, rankings);
    }

    private void ofHead(WeightAccess w, HeadName name, List<TokenRankings.Ranking> rankings) {
        Planning.Head head = name.in(w.shape());
        boolean ov = of == Which.OV;
        SingularDirections found = ov ? SingularDirections.ofOv(w, head) : SingularDirections.ofQk(w, head);
        try (NDArray tokens = between.tokens(w, head.layer())) {
            NDArray ends = ov ? w.tensor("unembed.W_U").transpose() : tokens;
            rank(name.toString(), found, tokens, ends, rankings);
        }
    }

    private void rank(
            String name, SingularDirections found, NDArray tokens, NDArray ends, List<TokenRankings.Ranking> to) {
        boolean ov = of == Which.OV;
        for (int i = 0; i < Math.min(directions, found.values().length); i++) {
            double[] read = along(tokens, found.left()[i]);
            double[] written = along(ends, found.right()[i]);
            String from = ov ? "reads" : "from";
            String onto = ov ? "writes" : "to";
            to.add(ranking(
                    name,
                    i,
                    found,
                    List.of(
                            high(from + " (+)", read), high(onto + " (+)", written),
                            low(from + " (-)", read), low(onto + " (-)", written))));
        }
    }

    /** [n, d_model] along a direction [d_model]: [n]. */
    private static double[] along(NDArray rows, double[] direction) {
        float[] narrow = new float[direction.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) direction[i];
        }
        NDArray column =
                rows.getManager().create(narrow, new Shape(narrow.length, 1)).toType(rows.getDataType(), false);
        float[] values = rows.matMul(column).toType(DataType.FLOAT32, false).toFloatArray();
        double[] out = new double[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i];
        }
        return out;
    }

    private static TokenRankings.Ranking ranking(
            String what, int i, SingularDirections found, List<TokenRankings.Group> groups) {
        String label = String.format(Locale.ROOT, "%s, direction %d, singular value %.3g", what, i, found.values()[i]);
        return new TokenRankings.Ranking(label, List.of(), groups);
    }

    private TokenRankings.Group high(String title, double[] values) {
        return TokenRankings.Group.of(title, values, TokenOrder.highest(values, top));
    }

    private TokenRankings.Group low(String title, double[] values) {
        return TokenRankings.Group.of(title, values, TokenOrder.lowest(values, top));
    }

    @Override
    public long bytes(ModelShape s) {
        return heads.isEmpty() ? 0 : between.bytes(s);
    }

    @Override
    public long flops(ModelShape s) {
        long tokens = 2L * directions * s.dModel() * (s.vocabulary() + s.outputs());
        long head = 8L * s.dModel() * s.dHead() * s.dHead() + 40L * s.dHead() * s.dHead() * s.dHead();
        long layer = 2L * s.dModel() * s.dModel() * s.dMlp() + 10L * s.dModel() * s.dModel() * s.dModel();
        return heads.size() * (head + tokens) + layers.size() * (layer + tokens);
    }

    @Override
    public String label() {
        return "tokens of the singular directions of " + word() + " of "
                + (heads.isEmpty() ? "layers " + layers : heads);
    }

    private String word() {
        return switch (of) {
            case OV -> "OV";
            case QK -> "QK";
            case IN -> "W_in";
            case OUT -> "W_out";
        };
    }

    @Override
    public String title() {
        return "Singular directions of " + word();
    }

    @Override
    public String formula() {
        String tokens = between == CircuitBasis.EMBEDDINGS
                ? "its embedding"
                : "its embedding plus the output of the MLP of " + "layer 0";
        String x = ", x is the input of the head for a token: " + tokens + " after the normalisation";
        String what = switch (of) {
            case OV ->
                "U S V' = W_V W_O; reads: x . u" + x + "; writes: v . W_U. A head that attends to tokens of one "
                        + "sign writes the tokens of the same sign";
            case QK ->
                "U S V' = W_Q W_K'; from: x . u for queries, to: x . v for keys" + x + ". Queries of one sign "
                        + "attend to keys of the same sign";
            case IN -> "U S V' = W_in', times the gain of ln2 where it is not folded; v . W_U";
            case OUT -> "U S V' = W_out; v . W_U";
        };
        return what + ". The signs of u and v may be flipped together; they are chosen so that the largest entry of "
                + "v is positive.";
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
    public boolean numbers() {
        return false;
    }
}
