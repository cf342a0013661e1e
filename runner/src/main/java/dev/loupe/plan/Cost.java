package dev.loupe.plan;

import dev.loupe.hook.HookPoint;

/** What a step costs, from shapes alone. A multiply-add counts as two operations; element-wise work is left out. */
public final class Cost {
    private Cost() {}

    public static long flops(PlanStep step) {
        if (step instanceof Forward forward) {
            return flops(forward);
        }
        return step instanceof Compute compute
                ? compute.computation().flops(compute.model().shape())
                : 0;
    }

    /** Logits at named positions count as one position a row, which is what a named position is. */
    private static long flops(Forward forward) {
        ModelShape shape = forward.model().shape();
        long total = 0;
        for (RowsRef.Bucket bucket : forward.rows().buckets()) {
            long row = (long) (Math.min(forward.stopLayer(), shape.layers()) - forward.startLayer())
                    * block(shape, bucket.length());
            if (forward.unembeds()) {
                long positions = forward.logits().answersOnly() ? 1 : bucket.length();
                row += 2L * positions * shape.dModel() * shape.outputs();
            }
            total += row * bucket.rows() * forward.cells().size();
        }
        return total;
    }

    /** One block on one row of {@code length} tokens. */
    static long block(ModelShape s, long length) {
        long projections = 2L * length * s.dModel() * s.dHead() * (2L * s.heads() + 2L * s.kvHeads());
        long attention = 4L * length * length * s.heads() * s.dHead();
        long mlp = s.attentionOnly() ? 0 : 2L * length * s.dModel() * s.dMlp() * (s.gated() ? 3 : 2);
        return projections + attention + mlp;
    }

    /**
     * What a run adds to the idle runtime whatever its model: heap, compiled code, the engine's own buffers. Measured on
     * loading and running models of 135 million parameters.
     */
    private static final long RUN = 100_000_000;

    /**
     * Bytes at most resident above the idle runtime: the largest model (one is loaded at a time) and the largest batch, with
     * what earlier runs on the same rows keep for it.
     */
    public static long peakBytes(ExecutionPlan plan) {
        long weights = 0;
        long batch = 0;
        for (PlanStep step : plan.steps()) {
            if (step instanceof Forward forward) {
                weights = Math.max(weights, weightBytes(forward.model()));
                long kept = 0;
                for (int input : forward.inputs()) {
                    kept += plan.step(input) instanceof Forward earlier ? peakBytes(earlier) / 2 : 0;
                }
                batch = Math.max(batch, peakBytes(forward) + kept + read(forward));
            } else if (step instanceof Compute compute) {
                weights = Math.max(weights, weightBytes(compute.model()));
            }
        }
        return RUN + weights + batch;
    }

    /** Whoever reads logits at every position makes log-probabilities of them. */
    private static long read(Forward forward) {
        if (!forward.logits().wanted() || forward.logits().answersOnly()) {
            return 0;
        }
        long rows = (long) Math.min(forward.rowsPerBatch(), forward.rows().rows())
                * Math.min(forward.cellsPerBatch(), forward.cells().size());
        return 4L * rows * forward.rows().longest() * forward.model().shape().outputs();
    }

    /** Bytes of a loaded model's weights. */
    public static long weightBytes(ModelRef model) {
        return 4 * model.shape().parameters();
    }

    /** Bytes of the largest batch of a forward pass: its captures, its logits and the widest block's temporaries. */
    public static long peakBytes(Forward forward) {
        ModelShape s = forward.model().shape();
        long rows = (long) Math.min(forward.rowsPerBatch(), forward.rows().rows())
                * Math.min(forward.cellsPerBatch(), forward.cells().size());
        long length = forward.rows().longest();
        long wide = Math.max(
                length * (s.dHead() * (s.heads() + 2L * s.kvHeads())) + 2L * s.heads() * length * length,
                s.attentionOnly() ? 0 : 3L * length * s.dMlp());
        long kept = 3L * length * s.dModel();
        for (HookPoint point : forward.captures()) {
            kept += elements(point, s, length);
        }
        if (forward.unembeds()) {
            kept += 2L * (forward.logits().answersOnly() ? 1 : length) * s.outputs();
        }
        return 4L * rows * (wide + kept);
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
