package dev.loupe.execute.shards;

import dev.loupe.execute.keep.KeptValues;
import dev.loupe.execute.keep.ValueStore;
import dev.loupe.execute.pass.Schedule;
import dev.loupe.execute.pass.StepNames;
import dev.loupe.execute.send.Packing;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Memory;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.resolve.rows.RowSet;
import dev.loupe.text.Amount;
import dev.loupe.text.Count;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** What a plan takes on a cluster, told without one: shards, bytes that travel, memory. */
public final class ShardsAhead {
    private ShardsAhead() {}

    /**
     * In words.
     *
     * @param rows of the plan's datasets
     * @param size of an executor
     */
    public static String of(ExecutionPlan plan, Function<RowsRef, RowSet> rows, ExecutorSize size) {
        TaskSplit split = new TaskSplit(plan, StepNames.of(plan), ValueStore.none());
        List<TaskSplit.Work> all = Schedule.of(plan).stream()
                .filter(group -> !group.derived())
                .map(split::work)
                .filter(Objects::nonNull)
                .toList();
        long shards = all.stream()
                .mapToLong(work -> Math.max(1, work.places().size()))
                .sum();
        Map<String, Long> sets = new HashMap<>();
        Map<String, Long> weights = new HashMap<>();
        long sent = Packing.of(plan, part -> {
                    if (part instanceof RowsRef ref) {
                        sets.computeIfAbsent(
                                ref.identity(), k -> (long) Packing.of(SentRows.of(rows.apply(ref))).length);
                    } else if (part instanceof ModelRef ref) {
                        weights.put(ref.identity(), Memory.weights(ref));
                    }
                })
                .length;
        MemoryNeed need = MemoryNeed.of(plan);
        return "on a cluster: " + Count.of(shards, "shard") + " in "
                + Count.of(all.size(), "piece of work", "pieces of work")
                + ", split into about four tasks for each that "
                + "can run at once\n  bytes to each executor: plan and rows "
                + Amount.of(sent + sum(sets), "B") + "; weights " + Amount.of(sum(weights), "B")
                + " where it does not have them\n  bytes back: about " + Amount.of(KeptValues.bytes(plan), "B")
                + "\n  memory of an executor with " + Count.of(size.tasks(), "task") + " at once: about "
                + Amount.of(need.of(size.tasks()), "B") + " beside the Java heap"
                + (size.heap() > 0 ? " of " + Amount.of(size.heap(), "B") : "") + "\n";
    }

    private static long sum(Map<String, Long> bytes) {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }
}
