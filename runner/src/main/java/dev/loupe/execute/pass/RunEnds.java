package dev.loupe.execute.pass;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.execute.batch.Reader;
import dev.loupe.execute.keep.Room;
import dev.loupe.execute.keep.Shard;
import dev.loupe.execute.keep.StepKeys;
import dev.loupe.execute.keep.ValueStore;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.TokenModel;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.RowReader;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.RowRange;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.tensors.Sha256;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The residual streams that runs end in, at the positions whose logits they make: kept beside a finished run, so that another
 * metric of the same runs unembeds them again and runs no block. They are kept in batches as they were run and unembedded
 * in batches of the same shape, so that the bits are those of a run that did it all.
 */
public final class RunEnds {
    private final StreamStore streams;
    private final Map<Integer, End> ends;

    /** What a run's end is kept under, and in batches of how many rows. */
    private record End(Forward run, String name, int rowsPerBatch) {
        String of(Shard shard) {
            return name + "." + shard.name();
        }
    }

    private RunEnds(StreamStore streams, Map<Integer, End> ends) {
        this.streams = streams;
        this.ends = ends;
    }

    /** Keeps nothing and knows nothing. */
    static RunEnds none() {
        return new RunEnds(StreamStore.none(), Map.of());
    }

    /** The ends of the runs of a plan that the store has room for, in the order in which they are run. */
    public static RunEnds of(ExecutionPlan plan, ValueStore store) {
        Map<Integer, String> blocks = StepKeys.blocks(plan);
        Map<Integer, End> ends = new LinkedHashMap<>();
        Room room = store.room();
        for (Schedule.Group group : Schedule.of(plan)) {
            if (group.pass()) {
                int rows = Schedule.rowsPerBatch(plan, group.steps());
                for (PlanStep step : group.steps()) {
                    for (int id : ((RowReader) step).forwards()) {
                        Forward run = plan.forward(id);
                        long bytes = bytes(run);
                        if (!ends.containsKey(id) && room.has(bytes, blocks(run))) {
                            String name = blocks.get(id) + "-" + rows + positions(run);
                            ends.put(id, new End(run, "end-" + Sha256.of(name), rows));
                            room = room.without(bytes);
                        }
                    }
                }
            }
        }
        return new RunEnds(new StreamStore(store), ends);
    }

    /** About how many bytes they take. */
    public long bytes() {
        return ends.values().stream().mapToLong(end -> bytes(end.run())).sum();
    }

    /** The runs whose ends are all there: no metric of their logits runs a block. */
    public List<Integer> known() {
        return ends.values().stream()
                .filter(end -> RowRange.of(end.run().rows(), end.rowsPerBatch()).stream()
                        .flatMap(range -> Shard.of(range, end.run()).stream())
                        .allMatch(shard -> has(end.run(), shard)))
                .map(end -> end.run().id())
                .toList();
    }

    /** Float32 of every row, cell and position that is unembedded; 0 where what comes after the blocks is more than that. */
    private static long bytes(Forward run) {
        if (!run.logits().wanted() || run.seesAfterBlocks()) {
            return 0;
        }
        long positions = 0;
        for (RowsRef.Bucket bucket : run.rows().buckets()) {
            long each = run.logits().answersOnly() ? bucket.widest(run.logits().at()) : bucket.length();
            positions += bucket.rows() * Math.max(1, each);
        }
        return 4 * positions * run.model().shape().dModel() * run.cells().size();
    }

    /** Operations of the blocks alone. */
    private static long blocks(Forward run) {
        return run.flopsBefore(run.stopLayer());
    }

    private static String positions(Forward run) {
        LogitsRead logits = run.logits();
        return logits.answersOnly() ? "-at-" + logits.at() : "";
    }

    /** Whether these readers of a shard read logits alone, and the end that gives them is there. */
    boolean serves(Forward run, Shard shard, List<Reader> readers) {
        return readers.stream()
                        .allMatch(reader -> reader.logitsAlone(run.model().shape()))
                && has(run, shard);
    }

    private boolean has(Forward run, Shard shard) {
        End end = ends.get(run.id());
        return end != null && streams.has(end.of(shard));
    }

    boolean keeps(Forward run) {
        return ends.containsKey(run.id());
    }

    /**
     * Keeps what a shard ends in.
     *
     * @param residual [row, k, d_model], each row once per cell
     */
    void keep(Forward run, Shard shard, NDArray residual) {
        streams.keep(Objects.requireNonNull(ends.get(run.id())).of(shard), residual);
    }

    /**
     * The logits of a shard that {@link #serves} said is there: [row, k, d_vocab_out], or only some ids.
     *
     * @param ids those that are read, ascending; null for all
     * @param manager owns the result
     */
    NDArray logits(Forward run, Shard shard, int @Nullable [] ids, TokenModel model, NDManager manager) {
        NDArray residual = Objects.requireNonNull(residual(run, shard, manager));
        ForwardRequest rest =
                ForwardRequest.resume(residual, run.model().shape().layers());
        return model.forward(ids == null ? rest : rest.columns(ids), HookVisitor.none(), manager)
                .logits();
    }

    /** What a shard ended in, null where it is not kept [row, k, d_model]. */
    @Nullable
    NDArray residual(Forward run, Shard shard, NDManager manager) {
        End end = ends.get(run.id());
        return end == null ? null : streams.find(end.of(shard), manager);
    }
}
