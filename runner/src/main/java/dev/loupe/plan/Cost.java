package dev.loupe.plan;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a step costs, from shapes alone. A multiply-add counts as two operations; element-wise work is left out. */
public final class Cost {
    private Cost() {}

    public static long flops(PlanStep step) {
        if (step instanceof Forward forward) {
            return flops(forward);
        }
        if (step instanceof Differentiate differentiate) {
            return flops(differentiate);
        }
        if (step instanceof Recheck recheck) {
            return recheck.flops();
        }
        if (step instanceof Prune prune) {
            return prune.flops();
        }
        return step instanceof Compute compute
                ? compute.computation().flops(compute.model().shape())
                : 0;
    }

    private static long flops(Forward forward) {
        long total = 0;
        for (int b = 0; b < forward.rows().buckets().size(); b++) {
            RowsRef.Bucket bucket = forward.rows().buckets().get(b);
            long row = unembedding(forward, bucket);
            for (int layer = forward.startLayer(); layer < forward.stopLayer(); layer++) {
                row += block(forward, b, layer);
            }
            total += row * bucket.rows() * forward.cells().size();
            total += edges(forward, bucket.length()) * bucket.rows();
        }
        return total;
    }

    /** What patched edges add on one row, all cells together. */
    private static long edges(Forward forward, long length) {
        long total = 0;
        for (Cell cell : forward.cells()) {
            for (Edit edit : cell.edits()) {
                total += edit.value() instanceof IncomingEdges edges
                        ? edges.flops(edit.point(), forward.model().shape(), length)
                        : 0;
            }
        }
        return total;
    }

    /** One block on one row. */
    private static long block(Forward forward, int bucket, int layer) {
        ModelShape s = forward.model().shape();
        int length = forward.rows().buckets().get(bucket).length();
        long run = length - forward.span().from(bucket);
        long queries = layer == s.layers() - 1 ? forward.span().last(bucket, length) : run;
        long products = 2L * s.dModel() * s.dHead() * (queries * s.heads() + 2L * run * s.kvHeads());
        long attention = 4L * queries * length * s.heads() * s.dHead();
        long out = 2L * queries * s.dModel() * s.dHead() * s.heads();
        long mlp = s.attentionOnly() ? 0 : 2L * queries * s.dModel() * s.dMlp() * (s.gated() ? 3 : 2);
        Site entry = layer == forward.startLayer() ? forward.entry() : Site.RESID_PRE;
        return switch (entry) {
            case Q -> attention + out + mlp;
            case Z -> out + mlp;
            case RESID_MID -> mlp;
            default -> products + attention + out + mlp;
        };
    }

    /** The output's product for one row: as many positions as the widest row asks, and only the columns that are read. */
    private static long unembedding(Forward forward, RowsRef.Bucket bucket) {
        if (!forward.unembeds()) {
            return 0;
        }
        ModelShape shape = forward.model().shape();
        return 2L * positions(forward, bucket) * shape.dModel() * columns(forward);
    }

    private static long positions(Forward forward, RowsRef.Bucket bucket) {
        return forward.logits().answersOnly()
                ? Math.max(1, bucket.widest(forward.logits().at()))
                : bucket.length();
    }

    /** Every row of a batch is asked for the columns of all of them. */
    private static long columns(Forward forward) {
        int all = forward.model().shape().outputs();
        LogitsRead logits = forward.logits();
        if (!logits.answersOnly() || logits.columns().isEmpty()) {
            return all;
        }
        long rows = Math.min(forward.rowsPerBatch(), forward.rows().rows());
        return Math.min(all, rows * logits.columns().size());
    }

    /** Weights are not differentiated, so that a backward pass costs about what a forward pass does. */
    private static long flops(Differentiate step) {
        ModelShape shape = step.model().shape();
        int passes = step.estimate().steps() == 1 ? 3 : 2 + 2 * step.estimate().steps();
        long total = 0;
        for (RowsRef.Bucket bucket : step.edited().buckets()) {
            long row = shape.layers() * block(shape, bucket.length());
            long positions = step.answersOnly() ? 1 : bucket.length();
            total += row * bucket.rows() * passes;
            total += 4L
                    * positions
                    * shape.dModel()
                    * shape.outputs()
                    * bucket.rows()
                    * step.estimate().steps();
        }
        return total;
    }

    /** Bytes of one row that wait for a backward pass: about ten copies of each block's widths, and what is read. */
    static long gradientBytes(Estimate estimate, ModelShape s, long length) {
        long block = length * (10L * s.dModel() + 4L * s.dHead() * (s.heads() + 2L * s.kvHeads()))
                + 3L * s.heads() * length * length
                + (s.attentionOnly() ? 0 : 6L * length * s.dMlp());
        long positions = Differentiate.answersOnly(estimate, s) ? 1 : length;
        long kept = s.layers() * block + 3L * positions * s.outputs();
        for (HookPoint point : estimate.outputs(s)) {
            kept += 3 * elements(point, s, length);
        }
        for (HookPoint point : estimate.inputs(s)) {
            kept += 4 * elements(point, s, length);
        }
        return 4L * kept;
    }

    /** One block on one row of {@code length} tokens. */
    static long block(ModelShape s, long length) {
        long projections = 2L * length * s.dModel() * s.dHead() * (2L * s.heads() + 2L * s.kvHeads());
        long attention = 4L * length * length * s.heads() * s.dHead();
        long mlp = s.attentionOnly() ? 0 : 2L * length * s.dModel() * s.dMlp() * (s.gated() ? 3 : 2);
        return projections + attention + mlp;
    }

    /**
     * What a run adds to the idle runtime whatever its model: heap, compiled code, the engine's own buffers, pages of the
     * weights' file. Measured on loading and running a model of 135 million parameters.
     */
    private static final long RUN = 250_000_000;

    /**
     * Bytes at most resident above the idle runtime: the largest model (one is loaded at a time), what runs on the same rows
     * keep for each other, and the largest batch.
     */
    public static long peakBytes(ExecutionPlan plan) {
        long weights = 0;
        long batch = 0;
        Map<String, Long> kept = new HashMap<>();
        for (PlanStep step : plan.steps()) {
            if (step instanceof Forward forward && forward.cells().size() == 1 && taken(plan, forward)) {
                kept.merge(group(forward), captureBytes(forward), Long::sum);
            }
        }
        for (PlanStep step : plan.steps()) {
            if (step instanceof Forward forward) {
                weights = Math.max(weights, weightBytes(forward.model()));
                batch = Math.max(batch, residentBytes(forward) + kept.getOrDefault(group(forward), 0L));
            } else if (step instanceof Differentiate gradient) {
                long row = gradientBytes(
                        gradient.estimate(),
                        gradient.model().shape(),
                        gradient.edited().longest());
                weights = Math.max(weights, weightBytes(gradient.model()));
                batch = Math.max(batch, row * gradient.rowsPerBatch());
            } else if (step instanceof Prune prune) {
                long weight = weightBytes(prune.runs().model());
                weights = Math.max(weights, weight);
                batch = Math.max(batch, peakBytes(prune.bare()) - RUN - weight);
            } else if (step instanceof Compute compute) {
                weights = Math.max(weights, weightBytes(compute.model()));
            }
        }
        return RUN + weights + batch;
    }

    /** Runs that are made batch by batch beside each other: of one model on rows that pair up. */
    private static String group(Forward forward) {
        return forward.model().identity() + " " + forward.rows().alignment();
    }

    private static boolean taken(ExecutionPlan plan, Forward forward) {
        return plan.steps().stream()
                .anyMatch(s -> s instanceof Forward f && f.inputs().contains(forward.id()));
    }

    private static long captureBytes(Forward forward) {
        long most = 0;
        for (RowsRef.Bucket bucket : forward.rows().buckets()) {
            long row = 0;
            for (HookPoint point : forward.captures()) {
                row += elements(point, forward.model().shape(), bucket.length());
            }
            most = Math.max(most, row);
        }
        return 4L * rowsOfBatch(forward) * most;
    }

    private static long rowsOfBatch(Forward forward) {
        return (long) Math.min(forward.rowsPerBatch(), forward.rows().rows())
                * Math.min(forward.cellsPerBatch(), forward.cells().size());
    }

    /**
     * What a batch really holds: everything that one block makes until it is over, element-wise results included, its
     * captures, its logits, and the log-probabilities of whoever reads them at every position.
     */
    private static long residentBytes(Forward forward) {
        ModelShape s = forward.model().shape();
        long most = 0;
        for (int b = 0; b < forward.rows().buckets().size(); b++) {
            RowsRef.Bucket bucket = forward.rows().buckets().get(b);
            long run = bucket.length() - forward.span().from(b);
            long heads = 3L * s.dHead() * (s.heads() + 2L * s.kvHeads());
            long mlp = s.attentionOnly() ? 0 : s.dMlp() * (s.gated() ? 6L : 4L);
            long block = run * (heads + mlp + 10L * s.dModel()) + 3L * s.heads() * run * bucket.length();
            long logits = forward.unembeds() ? 2L * positions(forward, bucket) * columns(forward) : 0;
            long kept = past(forward, b) + edgeElements(forward, bucket.length());
            most = Math.max(most, Math.max(block, logits) + kept);
        }
        return 4L * rowsOfBatch(forward) * most + captureBytes(forward);
    }

    /** Bytes of a loaded model's weights. */
    public static long weightBytes(ModelRef model) {
        return 4 * model.shape().parameters();
    }

    /** Bytes of the largest batch of a forward pass: its captures, its logits and the widest block's temporaries. */
    public static long peakBytes(Forward forward) {
        ModelShape s = forward.model().shape();
        long most = 0;
        for (int b = 0; b < forward.rows().buckets().size(); b++) {
            RowsRef.Bucket bucket = forward.rows().buckets().get(b);
            long length = bucket.length();
            long run = length - forward.span().from(b);
            long wide = Math.max(
                    run * (s.dHead() * (s.heads() + 2L * s.kvHeads())) + 2L * s.heads() * run * length,
                    s.attentionOnly() ? 0 : 3L * run * s.dMlp());
            long kept = 3L * run * s.dModel();
            kept += past(forward, b);
            for (HookPoint point : forward.captures()) {
                kept += elements(point, s, length);
            }
            kept += edgeElements(forward, length);
            if (forward.unembeds()) {
                kept += 2L * positions(forward, bucket) * columns(forward);
            }
            most = Math.max(most, wide + kept);
        }
        return 4L * rowsOfBatch(forward) * most;
    }

    /** Differences that patched edges wait with, and the copies of the residual stream for heads of their own. */
    private static long edgeElements(Forward forward, long length) {
        ModelShape s = forward.model().shape();
        List<HookPoint> own = forward.own();
        long kept = 0;
        for (HookPoint point : own) {
            kept += elements(point, s, length);
        }
        return own.isEmpty() ? 0 : kept + 8L * length * s.heads() * s.dModel();
    }

    /** Elements of keys and values of the positions that a row leaves out: those of every layer are there before the run begins. */
    private static long past(Forward forward, int bucket) {
        ModelShape s = forward.model().shape();
        int layers = forward.stopLayer() - forward.startLayer();
        return 2L * forward.span().from(bucket) * s.kvHeads() * s.dHead() * Math.max(0, layers);
    }

    private static long elements(HookPoint point, ModelShape s, long length) {
        long n = 1;
        for (String axis : point.site().axes()) {
            n *= switch (axis) {
                case "batch" -> 1;
                case "pos", "query_pos", "key_pos" -> length;
                case "head" -> s.heads();
                case "kv_head" -> s.kvHeads();
                case "d_head" -> s.dHead();
                case "d_mlp" -> s.dMlp();
                case "d_vocab_out" -> s.outputs();
                case "d_model" -> s.dModel();
                default -> 1;
            };
        }
        return n;
    }
}
