package dev.loupe.analysis.heads;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.SoftCap;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.metric.reading.Summary;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RotaryPairs;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sums over a dataset that {@link OffsetScores} follow from: queries, keys, and for every offset how many scores there
 * are, their sum and their sum of squares.
 *
 * @param pairs how each layer turns queries and keys; none where the model does not
 * @param normalised whether queries and keys are normalised before that
 */
record OffsetStatistics(OffsetScores.Part part, int farthest, List<RotaryPairs> pairs, boolean normalised)
        implements Summary<OffsetStatistics.Sums> {
    OffsetStatistics {
        pairs = List.copyOf(pairs);
    }

    /**
     * @param shape of the model
     * @param scales what each layer's scores are divided by
     * @param positions how many queries and keys were added
     * @param queries [layer][head * d_head]
     * @param keys [layer][head * d_head], each key head repeated for the heads that read it
     * @param scores [layer * head][offset * 3]: count, sum, sum of squares
     */
    record Sums(
            ModelShape shape,
            double[] scales,
            long positions,
            double[][] queries,
            double[][] keys,
            double[][] scores) {}

    @Override
    public Sums part(Batch batch, int[] which) {
        ModelShape shape = batch.shape();
        int length = batch.rows().tokens()[0].length;
        Sums sums = new Sums(
                shape,
                new double[shape.layers()],
                (long) batch.rows().rows() * length,
                new double[shape.layers()][shape.heads() * shape.dHead()],
                new double[shape.layers()][shape.heads() * shape.dHead()],
                new double[shape.layers() * shape.heads()][length * 3]);
        for (int layer = 0; layer < shape.layers(); layer++) {
            sums.scales[layer] = batch.attentionScale(layer);
            add(unturned(batch, layer, true), shape.heads(), shape, sums.queries[layer]);
            add(unturned(batch, layer, false), shape.kvHeads(), shape, sums.keys[layer]);
            float[] scores = batch.at(HookPoint.of(Site.ATTN_SCORES, layer)).toFloatArray();
            for (int i = 0; i < scores.length; i++) {
                int query = i / length % length;
                int offset = query - i % length;
                int head = i / length / length % shape.heads();
                if (offset >= 0 && scores[i] != Float.NEGATIVE_INFINITY) {
                    double[] of = sums.scores[layer * shape.heads() + head];
                    double score = SoftCap.before(scores[i], batch.attentionSoftCap());
                    of[offset * 3]++;
                    of[offset * 3 + 1] += score;
                    of[offset * 3 + 2] += score * score;
                }
            }
        }
        return sums;
    }

    /** Queries or keys as they are turned [row, pos, head, d_head]. */
    private float[] unturned(Batch batch, int layer, boolean queries) {
        if (!normalised) {
            return batch.at(HookPoint.of(queries ? Site.Q : Site.K, layer)).toFloatArray();
        }
        Site site = queries ? Site.Q_NORM_NORMALIZED : Site.K_NORM_NORMALIZED;
        String norm = "blocks." + layer + ".attn." + (queries ? "q_norm" : "k_norm");
        return batch.withHeadGain(norm, batch.at(HookPoint.of(site, layer))).toFloatArray();
    }

    /** Adds up [row, pos, some heads, d_head] over rows and positions, each head once for every query head that reads it. */
    private static void add(float[] values, int some, ModelShape shape, double[] to) {
        int group = shape.heads() / some;
        for (int i = 0; i < values.length; i++) {
            int d = i % shape.dHead();
            int head = i / shape.dHead() % some;
            for (int h = head * group; h < (head + 1) * group; h++) {
                to[h * shape.dHead() + d] += values[i];
            }
        }
    }

    @Override
    public Sums merge(Sums left, Sums right) {
        return new Sums(
                left.shape,
                left.scales,
                left.positions + right.positions,
                sum(left.queries, right.queries),
                sum(left.keys, right.keys),
                sum(left.scores, right.scores));
    }

    /** Row by row; the longer row of two keeps its end. */
    private static double[][] sum(double[][] left, double[][] right) {
        double[][] out = new double[left.length][];
        for (int r = 0; r < out.length; r++) {
            out[r] = Arrays.copyOf(left[r], Math.max(left[r].length, right[r].length));
            for (int i = 0; i < right[r].length; i++) {
                out[r][i] += right[r][i];
            }
        }
        return out;
    }

    @Override
    public StepValue finish(Sums whole) {
        List<Axis> axes = axes(whole.shape);
        double[] out = new double[NamedArray.sizeOf(axes)];
        int heads = whole.shape.layers() * whole.shape.heads();
        int each = out.length / heads;
        for (int head = 0; head < heads; head++) {
            double[] numbers = new OffsetCurve(
                            whole, head, pairs.isEmpty() ? null : pairs.get(head / whole.shape.heads()))
                    .of(part, farthest);
            System.arraycopy(numbers, 0, out, head * each, each);
        }
        return new StepValue.Numbers(new NamedArray(axes, out));
    }

    @Override
    public List<HookPoint> captures(ModelShape shape) {
        List<HookPoint> points = new ArrayList<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            List<Site> sites = normalised
                    ? List.of(Site.Q_NORM_NORMALIZED, Site.K_NORM_NORMALIZED, Site.ATTN_SCORES)
                    : List.of(Site.Q, Site.K, Site.ATTN_SCORES);
            for (Site site : sites) {
                points.add(HookPoint.of(site, layer));
            }
        }
        return points;
    }

    @Override
    public LogitsRead logits() {
        return LogitsRead.NONE;
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        Axis offset = Axis.counted("offset", farthest + 1);
        int turned = pairs.isEmpty() ? 0 : pairs.get(0).pairs();
        List<String> names = new ArrayList<>(Axis.counted("pair", turned).labels());
        names.add("rest");
        List<Axis> axes =
                new ArrayList<>(List.of(Axis.counted("layer", shape.layers()), Axis.counted("head", shape.heads())));
        axes.addAll(
                switch (part) {
                    case SCORE, MEAN_SCORE -> List.of(offset);
                    case BY_PAIR -> List.of(new Axis("pair", names), offset);
                    case AMPLITUDE, PHASE -> List.of(Axis.counted("pair", turned));
                    case EXPLAINED, SPREAD -> List.<Axis>of();
                });
        return axes;
    }

    @Override
    public boolean foldsToNumbers() {
        return true;
    }

    @Override
    public String label() {
        return "offset scores, " + part + " to " + farthest;
    }
}
