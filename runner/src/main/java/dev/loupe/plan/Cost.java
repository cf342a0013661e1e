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
