package dev.loupe.plan;

import dev.loupe.hook.Site;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import org.jspecify.annotations.Nullable;

/** Operations of runs and of their gradients, from shapes alone. */
final class Cost {
    private Cost() {}

    static long flops(Forward forward) {
        Site exit = forward.exit();
        long total = before(forward, exit == null ? forward.stopLayer() : forward.stopLayer() - 1);
        for (int b = 0; b < forward.rows().buckets().size(); b++) {
            RowsRef.Bucket bucket = forward.rows().buckets().get(b);
            long row = unembedding(forward, bucket)
                    + (exit == null ? 0 : block(forward, b, forward.stopLayer() - 1, exit));
            total += row * bucket.rows() * forward.cells().size();
        }
        return total;
    }

    /** The blocks of a run before a layer, each as a whole, and what edits add. */
    static long before(Forward forward, int stop) {
        long total = 0;
        for (int b = 0; b < forward.rows().buckets().size(); b++) {
            RowsRef.Bucket bucket = forward.rows().buckets().get(b);
            long row = 0;
            for (int layer = forward.startLayer(); layer < stop; layer++) {
                row += block(forward, b, layer, null);
            }
            total += row * bucket.rows() * forward.cells().size();
            total += edges(forward, bucket.length()) * bucket.rows();
        }
        return total;
    }

    /** What edits add on one row, all cells together. */
    private static long edges(Forward forward, long length) {
        long total = 0;
        for (Cell cell : forward.cells()) {
            for (Edit edit : cell.edits()) {
                total += edit.value().flops(edit.point(), forward.model().shape(), length);
            }
        }
        return total;
    }

    /**
     * One block on one row.
     *
     * @param exit where in it the run ends; null for its end
     */
    private static long block(Forward forward, int bucket, int layer, @Nullable Site exit) {
        ModelShape s = forward.model().shape();
        int length = forward.rows().buckets().get(bucket).length();
        long run = length - forward.span().from(bucket);
        long queries = layer == s.layers() - 1 ? forward.span().last(bucket, length) : run;
        long products = 2L * s.dModel() * s.dHead() * (queries * s.heads() + 2L * run * s.kvHeads());
        long attention = 4L * queries * length * s.heads() * s.dHead();
        long out = 2L * queries * s.dModel() * s.dHead() * s.heads();
        long matrix = 2L * queries * s.dModel() * s.dMlp();
        long mlp = s.attentionOnly() || exit == Site.RESID_MID
                ? 0
                : matrix * ((s.gated() ? 3 : 2) - (exit == Site.MLP_POST ? 1 : 0));
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

    static long positions(Forward forward, RowsRef.Bucket bucket) {
        return forward.logits().answersOnly()
                ? Math.max(1, bucket.widest(forward.logits().at()))
                : bucket.length();
    }

    /** Every row of a batch is asked for the columns of all of them. */
    static long columns(Forward forward) {
        int all = forward.model().shape().outputs();
        LogitsRead logits = forward.logits();
        if (!logits.answersOnly() || logits.columns().isEmpty()) {
            return all;
        }
        long rows = Math.min(forward.rowsPerBatch(), forward.rows().rows());
        return Math.min(all, rows * logits.columns().size());
    }

    /** Weights are not differentiated, so that a backward pass costs about what a forward pass does. */
    static long flops(Differentiate step) {
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

    /** One block on one row of {@code length} tokens. */
    static long block(ModelShape s, long length) {
        long projections = 2L * length * s.dModel() * s.dHead() * (2L * s.heads() + 2L * s.kvHeads());
        long attention = 4L * length * length * s.heads() * s.dHead();
        long mlp = s.attentionOnly() ? 0 : 2L * length * s.dModel() * s.dMlp() * (s.gated() ? 3 : 2);
        return projections + attention + mlp;
    }
}
