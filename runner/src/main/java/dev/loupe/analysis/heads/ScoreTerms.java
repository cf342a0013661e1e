package dev.loupe.analysis.heads;

import ai.djl.ndarray.NDArray;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.metric.reading.SoftCap;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The terms of attention scores by kind of key.
 *
 * @param heads of the layer
 * @param at queries that count
 * @param scaled whether a normalisation stands before attention
 * @param placed whether positions are added to the embedding
 * @param rotated whether queries and keys are turned by their positions
 * @param normalised whether queries and keys are normalised before that
 */
record ScoreTerms(
        int layer, List<Integer> heads, String at, boolean scaled, boolean placed, boolean rotated, boolean normalised)
        implements RowReading {
    private static final double TOLERANCE = 1e-4;

    /** Near a soft-cap single precision does not tell scores apart. */
    private static final double CAPPED_TOLERANCE = 1e-2;

    private static final List<String> KINDS = List.of("self", "copy", "other", "first");
    private static final String TOTAL = "total";
    private static final String ROTATION = "rotation";

    private boolean afterMlp(ModelShape shape) {
        return layer > 0 && !shape.attentionOnly();
    }

    /** What the residual stream is taken apart into. */
    private List<String> parts(ModelShape shape) {
        List<String> parts = new ArrayList<>(List.of("token"));
        if (placed) {
            parts.add("position");
        }
        if (afterMlp(shape)) {
            parts.add("mlp0");
        }
        parts.add("rest");
        return parts;
    }

    private List<String> terms(ModelShape shape) {
        List<String> terms = new ArrayList<>(List.of(TOTAL));
        for (String query : parts(shape)) {
            for (String key : parts(shape)) {
                terms.add(query + "." + key);
            }
        }
        if (rotated) {
            terms.add(ROTATION);
        }
        return terms;
    }

    @Override
    public List<HookPoint> captures(ModelShape shape) {
        List<HookPoint> points = new ArrayList<>();
        points.add(HookPoint.of(Site.EMBED));
        if (placed) {
            points.add(HookPoint.of(Site.RESID_PRE, 0));
        }
        if (afterMlp(shape)) {
            points.add(HookPoint.of(Site.MLP_OUT, 0));
        }
        if (scaled) {
            points.add(HookPoint.of(Site.LN1_SCALE, layer));
        }
        points.add(HookPoint.of(Site.Q, layer));
        points.add(HookPoint.of(Site.K, layer));
        if (normalised) {
            points.add(HookPoint.of(Site.Q_NORM_SCALE, layer));
            points.add(HookPoint.of(Site.K_NORM_SCALE, layer));
        }
        points.add(HookPoint.of(Site.ATTN_SCORES, layer));
        return points;
    }

    @Override
    public LogitsRead logits() {
        return LogitsRead.NONE;
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return List.of(
                new Axis(
                        "scored_head",
                        heads.stream().map(h -> "L" + layer + "H" + h).toList()),
                new Axis("key", KINDS),
                new Axis("term", terms(shape)));
    }

    @Override
    public void check(TokenRows rows) {
        if (rows.rows() > 0) {
            rows.belongs(at, 0, 0);
        }
    }

    @Override
    public RowValues read(Batch batch) {
        ModelShape shape = batch.shape();
        Map<String, NDArray> queries = split(batch, true);
        Map<String, NDArray> keys = split(batch, false);
        int terms = terms(shape).size();
        int perRow = heads.size() * KINDS.size() * terms;
        RowValues out = RowValues.zeros(batch.rows().rows() * perRow);
        for (int h = 0; h < heads.size(); h++) {
            int head = heads.get(h);
            List<float[]> values = new ArrayList<>();
            values.add(uncapped(
                    batch,
                    batch.at(HookPoint.of(Site.ATTN_SCORES, layer))
                            .get(":, " + head)
                            .toFloatArray()));
            int keyHead = head / (shape.heads() / shape.kvHeads());
            for (NDArray query : queries.values()) {
                for (NDArray key : keys.values()) {
                    // [row, query_pos, key_pos]
                    values.add(query.get(":, :, " + head)
                            .matMul(key.get(":, :, " + keyHead).swapAxes(1, 2))
                            .div(batch.attentionScale(layer))
                            .toFloatArray());
                }
            }
            double tolerance = batch.attentionSoftCap() == -1 ? TOLERANCE : CAPPED_TOLERANCE;
            add(batch.rows(), values, out, h * KINDS.size() * terms, perRow, terms, tolerance);
        }
        return out;
    }

    /** Each part of the residual as queries or keys [row, pos, head, d_head]; `rest` is what they leave of the hook's value. */
    private Map<String, NDArray> split(Batch batch, boolean asQueries) {
        ModelShape shape = batch.shape();
        NDArray embed = batch.at(HookPoint.of(Site.EMBED));
        Map<String, NDArray> residuals = new LinkedHashMap<>();
        residuals.put("token", embed);
        if (placed) {
            residuals.put("position", batch.at(HookPoint.of(Site.RESID_PRE, 0)).sub(embed));
        }
        if (afterMlp(shape)) {
            residuals.put("mlp0", batch.at(HookPoint.of(Site.MLP_OUT, 0)));
        }
        NDArray left = normalised(batch, batch.at(HookPoint.of(asQueries ? Site.Q : Site.K, layer)), asQueries);
        Map<String, NDArray> out = new LinkedHashMap<>();
        for (Map.Entry<String, NDArray> part : residuals.entrySet()) {
            NDArray read =
                    scaled ? part.getValue().div(batch.at(HookPoint.of(Site.LN1_SCALE, layer))) : part.getValue();
            NDArray projected =
                    normalised(batch, asQueries ? batch.asQueries(layer, read) : batch.asKeys(layer, read), asQueries);
            out.put(part.getKey(), projected);
            left = left.sub(projected);
        }
        out.put("rest", left);
        return out;
    }

    /** Queries or keys, or parts of them, under the norm on the whole: over its scale, times its gain. */
    private NDArray normalised(Batch batch, NDArray heads, boolean asQueries) {
        if (!normalised) {
            return heads;
        }
        Site scale = asQueries ? Site.Q_NORM_SCALE : Site.K_NORM_SCALE;
        String norm = "blocks." + layer + ".attn." + (asQueries ? "q_norm" : "k_norm");
        return batch.withHeadGain(norm, heads.div(batch.at(HookPoint.of(scale, layer))));
    }

    private float[] uncapped(Batch batch, float[] scores) {
        for (int i = 0; batch.attentionSoftCap() != -1 && i < scores.length; i++) {
            scores[i] = scores[i] == Float.NEGATIVE_INFINITY
                    ? scores[i]
                    : (float) SoftCap.before(scores[i], batch.attentionSoftCap());
        }
        return scores;
    }

    /**
     * Adds a head's means over keys of a kind, for every counted query that has such a key.
     *
     * @param values the scores and every product of parts [row, query_pos, key_pos]
     * @param from where the head's numbers begin within a row's
     */
    private void add(
            TokenRows rows, List<float[]> values, RowValues out, int from, int perRow, int terms, double tolerance) {
        int length = rows.tokens()[0].length;
        double[] sums = new double[KINDS.size() * terms];
        for (int r = 0; r < rows.rows(); r++) {
            for (int i = 1; i < length; i++) {
                if (!rows.belongs(at, r, i)) {
                    continue;
                }
                Arrays.fill(sums, 0);
                int[] found = new int[KINDS.size()];
                for (int j = 0; j <= i; j++) {
                    int score = (r * length + i) * length + j;
                    // A local layer masks keys that are too far back: nothing looks there.
                    if (values.get(0)[score] == Float.NEGATIVE_INFINITY) {
                        continue;
                    }
                    int kind = kind(rows.tokens()[r], i, j);
                    found[kind]++;
                    terms(values, score, i == j, sums, kind * terms, tolerance);
                }
                for (int kind = 0; kind < found.length; kind++) {
                    for (int t = 0; t < terms && found[kind] > 0; t++) {
                        int to = r * perRow + from + kind * terms + t;
                        out.numerator()[to] += sums[kind * terms + t] / found[kind];
                        out.denominator()[to]++;
                    }
                }
            }
        }
    }

    private static int kind(int[] tokens, int query, int key) {
        if (query == key) {
            return KINDS.indexOf("self");
        }
        return KINDS.indexOf(key == 0 ? "first" : tokens[query] == tokens[key] ? "copy" : "other");
    }

    /** Adds the terms of one score, and makes sure that they are all of it. */
    private void terms(List<float[]> values, int at, boolean self, double[] sums, int to, double tolerance) {
        double total = values.get(0)[at];
        double sum = 0;
        double scale = Math.max(1, Math.abs(total));
        sums[to] += total;
        for (int t = 1; t < values.size(); t++) {
            double term = values.get(t)[at];
            sums[to + t] += term;
            sum += term;
            scale = Math.max(scale, Math.abs(term));
        }
        if (rotated) {
            sums[to + values.size()] += total - sum;
        }
        // A query and a key at one position are turned alike, which leaves their product as it was.
        if ((!rotated || self) && !(Math.abs(sum - total) <= tolerance * scale)) {
            throw new IllegalStateException("score decomposition: the terms sum to " + sum + ", the attention score is "
                    + total + " (scale " + scale + ")");
        }
    }

    @Override
    public String label() {
        return "score decomposition of layer " + layer + " heads " + heads + " at " + at;
    }
}
