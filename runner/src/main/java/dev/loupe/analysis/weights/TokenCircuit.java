package dev.loupe.analysis.weights;

import ai.djl.ndarray.NDArray;
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
import dev.loupe.schema.annotation.OnlyWith;
import dev.loupe.schema.shape.IntRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A head's QK or OV circuit between tokens, positions left out. */
@Named("circuit")
@Doc("The QK circuit (which token attends to which) or OV circuit (what attending to a token writes) of a head, as "
        + "a token x token table.")
@Example("{circuit: QK, heads: [L0H0]}")
public record TokenCircuit(
        @Doc("QK or OV.") Which circuit,
        @OneOrMany @Doc("Heads such as `L0H0`.") List<HeadName> heads,

        @Default("0..511") @Doc("Token ids to show; at most 512.")
        IntRange tokens,

        @OnlyWith(
                value = "circuit",
                words = {"QK"})
        @Nullable
        @Doc("Token ids of the queries; at most 512. Default: `tokens`, which are then both keys and queries.")
        IntRange queries)
        implements WeightAnalysis, ModelComputation {
    /** A circuit. */
    public enum Which {
        @dev.loupe.schema.annotation.Key("QK")
        @Doc("LN(e_q) W_Q W_K' LN(e_k)' / attention scale: rows are query tokens, columns key tokens.")
        QK,
        @dev.loupe.schema.annotation.Key("OV")
        @Doc("LN(e_k) W_V W_O W_U: rows are attended tokens, columns output tokens.")
        OV
    }

    public TokenCircuit {
        if (heads.isEmpty()) {
            throw new IllegalArgumentException("name at least one head, such as L0H0");
        }
        for (IntRange shown : queries == null ? List.of(tokens) : List.of(tokens, queries)) {
            if (shown.high() - shown.low() >= 512 || shown.low() < 0) {
                throw new IllegalArgumentException("a table can show at most 512 tokens");
            }
        }
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        heads.forEach(h -> h.in(planning.model().shape()));
        int vocabulary = planning.model().shape().vocabulary();
        if (queries != null && queries.low() >= vocabulary) {
            throw new IllegalArgumentException(
                    "`queries: " + queries + "` exceeds the vocabulary of the model, which is 0.." + (vocabulary - 1));
        }
        return add(planning);
    }

    @Override
    public NamedArray compute(WeightAccess w) {
        NDArray embedding = embedding(w, tokens);
        List<Axis> axes = axes(w.shape());
        double[] out = new double[NamedArray.sizeOf(axes)];
        int at = 0;
        for (HeadName name : heads) {
            Planning.Head head = name.in(w.shape());
            NDArray input = w.beforeAttention(head.layer(), embedding);
            NDArray asking = queries == null ? input : w.beforeAttention(head.layer(), embedding(w, queries));
            NDArray table = circuit == Which.QK ? qk(w, head, asking, input) : ov(w, head, input);
            for (float x : table.toFloatArray()) {
                out[at++] = x;
            }
        }
        return new NamedArray(axes, out);
    }

    private static NDArray embedding(WeightAccess w, IntRange ids) {
        return w.tensor("embed.W_E").get(ids.low() + ":" + (last(ids, w.shape().vocabulary()) + 1));
    }

    private NDArray qk(WeightAccess w, Planning.Head head, NDArray asking, NDArray input) {
        NDArray query = w.asked(head.layer(), head.head(), "W_Q", asking);
        NDArray key = w.asked(head.layer(), head.head(), "W_K", input);
        return query.matMul(key.transpose()).div(w.scoreDivisor(head.layer()));
    }

    private NDArray ov(WeightAccess w, Planning.Head head, NDArray input) {
        int shown = last(tokens, w.shape().outputs()) + 1;
        return input.matMul(w.perHead(head.layer(), "W_V").get(head.head()))
                .matMul(w.inCircuit(head.layer(), "W_O").get(head.head()))
                .matMul(w.tensor("unembed.W_U"))
                .get(":," + tokens.low() + ":" + shown);
    }

    private static int last(IntRange ids, int vocabulary) {
        return Math.min(ids.high(), vocabulary - 1);
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        Axis names =
                new Axis("circuit_head", heads.stream().map(HeadName::toString).toList());
        IntRange asking = queries == null ? tokens : queries;
        Axis read = circuit == Which.QK
                ? new Axis("query_token", range(asking, shape.vocabulary()))
                : new Axis("key_token", range(tokens, shape.vocabulary()));
        Axis other = circuit == Which.QK
                ? new Axis("key_token", range(tokens, shape.vocabulary()))
                : new Axis("output_token", range(tokens, shape.outputs()));
        return List.of(names, read, other);
    }

    private static List<String> range(IntRange ids, int vocabulary) {
        List<String> labels = new ArrayList<>();
        for (int t = ids.low(); t <= last(ids, vocabulary); t++) {
            labels.add(Integer.toString(t));
        }
        return labels;
    }

    @Override
    public long flops(ModelShape s) {
        long n = Math.min(tokens.high() + 1, s.vocabulary());
        return 2L * heads.size() * n * n * s.dHead();
    }

    @Override
    public String label() {
        return circuit + " circuit of " + heads;
    }

    @Override
    public String title() {
        return circuit + " circuit";
    }

    @Override
    public String formula() {
        return circuit == Which.QK
                ? "LN(e_q) W_Q W_K' LN(e_k)' / the model's attention scale, embeddings without positions; "
                        + "queries and keys normalised where the model does so, before a soft-cap"
                : "LN(e_k) W_V W_O W_U, embeddings without positions; W_O times the gain of a norm on attention's output";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.BOTH;
    }

    @Override
    public String unit() {
        return circuit == Which.QK ? "attention score" : "logits";
    }

    @Override
    public Figure figure() {
        return Figure.MAP;
    }
}
