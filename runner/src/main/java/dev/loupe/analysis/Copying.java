package dev.loupe.analysis;

import ai.djl.ndarray.NDArray;
import dev.loupe.plan.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.schema.Default;
import dev.loupe.schema.Doc;
import dev.loupe.schema.Example;
import dev.loupe.schema.Key;
import dev.loupe.schema.Named;
import dev.loupe.schema.OneOrMany;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Whether attending to a token raises that token: two scores of a head's OV circuit. */
@Named("copying")
@Doc("Whether a head's output raises the token that it attends to: eigenvalue score and top-k copying score.")
@Example("{copying: [eigenvalue, top-k], k: 5}")
public record Copying(
        @OneOrMany @Doc("Which scores.") List<Score> copying,

        @Default("5") @Doc("How many top tokens count as copied.")
        int k,

        @Default("1024") @Doc("At most so many tokens are tried for top-k; larger vocabularies are sampled.")
        int tokens,

        @Default("11") @Doc("Seed of that sample.") long seed)
        implements Analysis, ModelComputation {
    /** A copying score. */
    public enum Score {
        @Doc(
                "Sum of the real parts over the sum of magnitudes of the eigenvalues of W_E W_V W_O W_U (Elhage et al. 2021).")
        EIGENVALUE,
        @Key("top-k")
        @Doc("Share of tokens that are among the k highest logits of their own OV output (Wang et al. 2022).")
        TOP_K
    }

    public Copying {
        if (k < 1 || tokens < 1) {
            throw new IllegalArgumentException("`k` and `tokens` count tokens, at least 1");
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        return add(planning);
    }

    @Override
    public NamedArray compute(WeightAccess w) {
        ModelShape s = w.shape();
        int n = s.layers() * s.heads();
        double[] out = new double[copying.size() * n];
        for (int c = 0; c < copying.size(); c++) {
            for (int layer = 0; layer < s.layers(); layer++) {
                double[] scores = copying.get(c) == Score.EIGENVALUE ? eigenvalue(w, layer) : topK(w, layer);
                System.arraycopy(scores, 0, out, c * n + layer * s.heads(), s.heads());
            }
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
        return score == Score.EIGENVALUE ? "eigenvalue" : "top-k";
    }

    /**
     * The non-zero eigenvalues of W_E W_V W_O W_U are those of the small matrix W_O W_U W_E W_V [d_head, d_head]; the
     * vocabulary square is never formed.
     */
    private static double[] eigenvalue(WeightAccess w, int layer) {
        NDArray through = w.tensor("unembed.W_U").matMul(w.tensor("embed.W_E"));
        NDArray small = w.perHead(layer, "W_O").matMul(through).matMul(w.perHead(layer, "W_V"));
        int heads = w.shape().heads();
        int d = w.shape().dHead();
        float[] data = small.toFloatArray();
        double[] scores = new double[heads];
        for (int h = 0; h < heads; h++) {
            scores[h] = Eigenvalues.positivity(data, h * d * d, d);
        }
        return scores;
    }

    private double[] topK(WeightAccess w, int layer) {
        int vocabulary = w.shape().vocabulary();
        int[] tried = vocabulary <= tokens
                ? IntStream.range(0, vocabulary).toArray()
                : new SplittableRandom(seed)
                        .ints(0, vocabulary)
                        .distinct()
                        .limit(tokens)
                        .sorted()
                        .toArray();
        NDArray embedding = w.effectiveEmbedding();
        NDArray ids = embedding.getManager().create(tried);
        NDArray input = w.beforeAttention(layer, embedding.get(ids));
        double[] scores = new double[w.shape().heads()];
        for (int h = 0; h < scores.length; h++) {
            NDArray output = input.matMul(w.perHead(layer, "W_V").get(h))
                    .matMul(w.perHead(layer, "W_O").get(h));
            try (NDArray logits = w.unembed(output)) {
                long[] top =
                        logits.topK(Math.min(k, w.shape().outputs()), 1).get(1).toLongArray();
                int kept = top.length / tried.length;
                int hits = 0;
                for (int i = 0; i < top.length; i++) {
                    hits += top[i] == tried[i / kept] ? 1 : 0;
                }
                scores[h] = (double) hits / tried.length;
            }
        }
        return scores;
    }

    @Override
    public long flops(ModelShape s) {
        return 2L * s.layers() * s.heads() * Math.min(tokens, s.vocabulary()) * s.dModel() * s.outputs()
                + 2L * s.dModel() * s.dModel() * s.vocabulary();
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
                + " highest of LN_final(LN(e_t) W_V W_O) W_U, e_t the embedding after layer 0's MLP where there is one";
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
