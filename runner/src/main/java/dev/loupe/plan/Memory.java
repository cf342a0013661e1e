package dev.loupe.plan;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ask.Estimate;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.edit.RecordedCell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Bytes that a plan holds, from shapes alone. */
public final class Memory {
    private Memory() {}

    /**
     * Bytes of one row that wait for a backward pass. Weights are not differentiated, so that products keep nothing of their
     * input: what waits is the residual stream before each norm, queries, keys, values, patterns and the MLP's activation
     * function and gate, the first two about twice for what is made on the way back; and what is read.
     */
    static long gradient(Estimate estimate, ModelShape s, long length) {
        long block = length * (4L * s.dModel() + 2L * s.dHead() * (s.heads() + 2L * s.kvHeads()))
                + 2L * s.heads() * length * length
                + (s.attentionOnly() ? 0 : length * s.dMlp() * (s.gated() ? 3L : 5L));
        long positions = Differentiate.answersOnly(estimate, s) ? 1 : length;
        long kept = s.layers() * block + 3L * positions * s.outputs();
        for (HookPoint point : estimate.outputs(s)) {
            kept += 3 * s.elements(point, length);
        }
        for (HookPoint point : estimate.inputs(s)) {
            kept += 4 * s.elements(point, length);
        }
        return 4L * kept;
    }

    /**
     * What a run adds to the idle runtime whatever its model: heap, compiled code, the engine's own buffers, pages of the
     * weights' file, and what the allocator cannot give back. Measured on sixteen runs of a model of 135 million parameters,
     * of which it leaves none further than a fifth from what is predicted.
     */
    public static final long RUN = 300_000_000;

    /**
     * Bytes at most resident above the idle runtime: the largest model (one is loaded at a time, but for steps that compare models), what runs on the same rows
     * keep for each other, and the largest batch.
     */
    public static long peak(ExecutionPlan plan) {
        return RUN + weights(plan) + beside(plan);
    }

    /** Bytes of the largest model's weights, since one is loaded at a time, or of all that one step needs together. */
    public static long weights(ExecutionPlan plan) {
        return plan.steps().stream().mapToLong(Memory::weights).max().orElse(0);
    }

    private static long weights(PlanStep step) {
        LongStream each = step.models().stream().mapToLong(Memory::weights);
        return step instanceof WithModel model && model.together()
                ? each.sum()
                : each.max().orElse(0);
    }

    /** Bytes that a plan holds at most at a time beside weights and what every run adds. */
    public static long beside(ExecutionPlan plan) {
        Map<String, List<Forward>> passes = new LinkedHashMap<>();
        long most = 0;
        for (PlanStep step : plan.steps()) {
            most = Math.max(most, step.bytes());
            if (step instanceof Forward forward) {
                passes.computeIfAbsent(group(forward), k -> new ArrayList<>()).add(forward);
            }
        }
        for (List<Forward> pass : passes.values()) {
            most = Math.max(most, pass(pass));
        }
        return most;
    }

    /** Runs that are made batch by batch beside each other: of one model on rows that pair up. */
    private static String group(Forward forward) {
        return forward.model().identity() + " " + forward.rows().alignment();
    }

    /** The most that runs beside each other hold at a time. */
    private static long pass(List<Forward> ordered) {
        Lifetimes lifetimes = Lifetimes.of(ordered);
        Map<Integer, Long> kept = new HashMap<>();
        Map<Integer, Long> recorded = new HashMap<>();
        long most = 0;
        for (Forward forward : ordered) {
            long waiting = kept.values().stream().mapToLong(Long::longValue).sum();
            for (int id : RecordedCell.runs(forward.cells())) {
                waiting += recorded.getOrDefault(id, 0L);
            }
            most = Math.max(most, waiting + forward.bytes());
            if (lifetimes.keeps(forward)) {
                kept.put(forward.id(), captures(forward));
            }
            recorded.put(forward.id(), captures(forward));
            lifetimes.over(forward).forEach(kept::remove);
        }
        return most;
    }

    private static long captures(Forward forward) {
        long most = 0;
        for (RowsRef.Bucket bucket : forward.rows().buckets()) {
            long row = 0;
            for (HookPoint point : forward.captures()) {
                row += forward.model().shape().elements(point, bucket.length());
            }
            most = Math.max(most, row);
        }
        return 4L * rows(forward) * most;
    }

    private static long rows(Forward forward) {
        return (long) Math.min(forward.rowsPerBatch(), forward.rows().rows())
                * Math.min(forward.cellsPerBatch(), forward.cells().size());
    }

    /**
     * What a batch really holds: everything that one block makes until it is over, element-wise results included, its
     * captures, its logits, and the log-probabilities of whoever reads them at every position.
     */
    static long resident(Forward forward) {
        ModelShape s = forward.model().shape();
        long most = 0;
        for (int b = 0; b < forward.rows().buckets().size(); b++) {
            RowsRef.Bucket bucket = forward.rows().buckets().get(b);
            long run = bucket.length() - forward.span().from(b);
            long heads = 3L * s.dHead() * (s.heads() + 2L * s.kvHeads());
            long mlp = s.attentionOnly() ? 0 : s.dMlp() * (s.gated() ? 6L : 4L);
            long block = run * (heads + mlp + 10L * s.dModel()) + 3L * s.heads() * run * bucket.length();
            long logits = forward.unembeds() ? 2L * Cost.positions(forward, bucket) * Cost.columns(forward) : 0;
            long kept = past(forward, b) + edges(forward, bucket.length());
            most = Math.max(most, Math.max(block, logits) + kept);
        }
        return 4L * rows(forward) * most + captures(forward);
    }

    /** Bytes of a loaded model's weights. */
    public static long weights(ModelRef model) {
        return 4 * model.shape().parameters();
    }

    /** Bytes of the largest batch of a forward pass: its captures, its logits and the widest block's temporaries. */
    public static long batch(Forward forward) {
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
                kept += s.elements(point, length);
            }
            kept += edges(forward, length);
            if (forward.unembeds()) {
                kept += 2L * Cost.positions(forward, bucket) * Cost.columns(forward);
            }
            most = Math.max(most, wide + kept);
        }
        return 4L * rows(forward) * most;
    }

    /** Differences that patched edges wait with, and the copies of the residual stream for heads of their own. */
    private static long edges(Forward forward, long length) {
        ModelShape s = forward.model().shape();
        List<HookPoint> own = forward.own();
        long kept = 0;
        for (HookPoint point : own) {
            kept += s.elements(point, length);
        }
        return own.isEmpty() ? 0 : kept + 8L * length * s.heads() * s.dModel();
    }

    /** Elements of keys and values of the positions that a row leaves out: those of every layer are there before the run begins. */
    private static long past(Forward forward, int bucket) {
        ModelShape s = forward.model().shape();
        int layers = forward.stopLayer() - forward.startLayer();
        return 2L * forward.span().from(bucket) * s.kvHeads() * s.dHead() * Math.max(0, layers);
    }
}
