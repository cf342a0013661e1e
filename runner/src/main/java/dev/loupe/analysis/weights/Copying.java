package dev.loupe.analysis.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.ModelComputation;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import dev.loupe.schema.annotation.OnlyWith;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Whether attending to a token raises that token: scores of a head's OV circuit. */
@Named("copying")
@Doc("Copying scores: whether a head raises the logit of the token that it attends to, by the eigenvalue score, "
        + "and by how often that token is among the k highest or lowest logits.")
@Example("{copying: [eigenvalue, top-k], k: 5}")
public record Copying(
        @OneOrMany @Doc("Which scores.") List<Score> copying,

        @OnlyWith(
                value = "copying",
                words = {"top-k", "bottom-k"})
        @Default("5")
        @Doc("Number of top tokens that count as copied, and of bottom tokens that count as suppressed.")
        int k,

        @OnlyWith(
                value = "copying",
                words = {"top-k", "bottom-k"})
        @Default("1024")
        @Doc("Maximum number of tokens to test for top-k and bottom-k; larger vocabularies are sampled.")
        int tokens,

        @OnlyWith(
                value = "copying",
                words = {"top-k", "bottom-k"})
        @Default("11")
        @Doc("Seed of the sample.")
        long seed)
        implements WeightAnalysis, ModelComputation {
    private static final int LOGITS = 16_000_000;

    /** A copying score. */
    public enum Score {
        @Doc(
                "Sum of the real parts over the sum of magnitudes of the eigenvalues of W_E W_V W_O W_U (Elhage et al. 2021).")
        EIGENVALUE,
        @Key("top-k")
        @Doc("Share of tokens that are among the k highest logits of their OV output (Wang et al. 2022).")
        TOP_K,
        @Key("bottom-k")
        @Doc("Share of tokens that are among the k lowest logits of their OV output: the score of Wang et al. for "
                + "negative name movers, by rank.")
        BOTTOM_K
    }

    public Copying {
        if (k < 1 || tokens < 1) {
            throw new IllegalArgumentException("`k` and `tokens` must be at least 1");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        int vocabulary = planning.model().shape().outputs();
        if (ranks() && k > vocabulary) {
            throw new IllegalArgumentException("`k` " + k + " is more than all " + vocabulary + " tokens of "
                    + planning.model().label() + ", so every token would count");
        }
        return add(planning);
    }

    @Override
    public NamedArray compute(WeightAccess w) {
        ModelShape s = w.shape();
        int n = s.layers() * s.heads();
        double[] out = new double[copying.size() * n];
        double[][] ranked = ranks() ? ranked(w) : new double[2][n];
        for (int c = 0; c < copying.size(); c++) {
            double[] scores = switch (copying.get(c)) {
                case EIGENVALUE -> eigenvalue(w);
                case TOP_K -> ranked[0];
                case BOTTOM_K -> ranked[1];
            };
            System.arraycopy(scores, 0, out, c * n, n);
        }
        return new NamedArray(axes(s), out);
    }

    @Override
    public List<Axis> axes(ModelShape s) {
        return List.of(
                new Axis("score", copying.stream().map(Copying::word).toList()),
                Axis.counted("layer", s.layers()),
                Axis.counted("head", s.heads()));
    }

    private static String word(Score score) {
        return switch (score) {
            case EIGENVALUE -> "eigenvalue";
            case TOP_K -> "top-k";
            case BOTTOM_K -> "bottom-k";
        };
    }

    /**
     * The non-zero eigenvalues of W_E W_V W_O W_U are those of the small matrix W_O W_U W_E W_V [d_head, d_head]; the
     * vocabulary square is never formed, and W_U W_E [d_model, d_model] is one for all heads.
     */
    private static double[] eigenvalue(WeightAccess w) {
        ModelShape s = w.shape();
        int d = s.dHead();
        double[] scores = new double[s.layers() * s.heads()];
        try (NDArray through = w.tensor("unembed.W_U").matMul(w.tensor("embed.W_E"))) {
            for (int layer = 0; layer < s.layers(); layer++) {
                try (NDArray read = through.matMul(w.perHead(layer, "W_V"));
                        NDArray small = w.inCircuit(layer, "W_O").matMul(read)) {
                    float[] data = small.toFloatArray();
                    for (int h = 0; h < s.heads(); h++) {
                        scores[layer * s.heads() + h] = Eigenvalues.positivity(data, h * d * d, d);
                    }
                }
            }
        }
        return scores;
    }

    private boolean ranks() {
        return copying.contains(Score.TOP_K) || copying.contains(Score.BOTTOM_K);
    }

    /** Shares of tokens among the k highest and among the k lowest, by head. */
    private double[][] ranked(WeightAccess w) {
        ModelShape s = w.shape();
        int[] tried = tried(s.vocabulary());
        double[][] scores = new double[2][s.layers() * s.heads()];
        // As many tokens at once as fit a fixed number of logits.
        int chunk = Math.max(1, LOGITS / s.outputs());
        for (int from = 0; from < tried.length; from += chunk) {
            int[] some = Arrays.copyOfRange(tried, from, Math.min(tried.length, from + chunk));
            NDArray ids = w.tensor("embed.W_E").getManager().create(some);
            NDArray embedding = w.effectiveEmbedding(ids);
            for (int layer = 0; layer < s.layers(); layer++) {
                try (NDArray input = w.beforeAttention(layer, embedding);
                        NDArray values = input.expandDims(0).matMul(w.perHead(layer, "W_V"));
                        NDArray outputs = values.matMul(w.inCircuit(layer, "W_O"))) {
                    for (int h = 0; h < s.heads(); h++) {
                        long[] hits = hits(w, outputs.get(h), ids);
                        scores[0][layer * s.heads() + h] += (double) hits[0] / tried.length;
                        scores[1][layer * s.heads() + h] += (double) hits[1] / tried.length;
                    }
                }
            }
        }
        return scores;
    }

    private int[] tried(int vocabulary) {
        return vocabulary <= tokens
                ? IntStream.range(0, vocabulary).toArray()
                : new SplittableRandom(seed)
                        .ints(0, vocabulary)
                        .distinct()
                        .limit(tokens)
                        .sorted()
                        .toArray();
    }

    /** How many tokens have fewer than k logits above their own, and how many fewer than k below. */
    private long[] hits(WeightAccess w, NDArray output, NDArray ids) {
        try (NDManager own = output.getManager().newSubManager();
                NDArray logits = w.unembed(output)) {
            logits.attach(own);
            NDArray column = ids.expandDims(1).toType(DataType.INT64, false);
            column.attach(own);
            NDArray target = logits.gather(column, 1);
            return new long[] {fewer(logits.gt(target)), fewer(logits.lt(target))};
        }
    }

    private long fewer(NDArray beyond) {
        NDArray few = beyond.sum(new int[] {1}).lt(k);
        return few.sum().toType(DataType.INT64, false).getLong();
    }

    @Override
    public long flops(ModelShape s) {
        long heads = (long) s.layers() * s.heads();
        long through = 2L * s.dModel() * s.dModel() * s.vocabulary() + 2L * heads * s.dModel() * s.dModel() * s.dHead();
        long unembedding = 2L * heads * Math.min(tokens, s.vocabulary()) * s.dModel() * s.outputs();
        return (copying.contains(Score.EIGENVALUE) ? through : 0) + (ranks() ? unembedding : 0);
    }

    @Override
    public String label() {
        return "copying scores";
    }

    @Override
    public String title() {
        return "Copying";
    }

    @Override
    public String formula() {
        return "**eigenvalue**: sum of Re(lambda) / sum of |lambda| of W_E W_V W_O W_U; 1 copies, -1 suppresses  \n"
                + "**top-k**: share of tokens t with t among the " + k
                + " highest of LN_final(LN(e_t) W_V W_O) W_U, e_t the embedding after layer 0's MLP where there is one  \n"
                + "**bottom-k**: share of tokens t with t among the " + k + " lowest";
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
        return "score";
    }

    @Override
    public boolean searches() {
        return true;
    }
}
