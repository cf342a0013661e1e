package dev.loupe.execute.shards;

import dev.loupe.execute.keep.ValueStore;
import dev.loupe.execute.pass.Schedule;
import dev.loupe.execute.pass.StepNames;
import dev.loupe.execute.send.Packing;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.resolve.rows.RowSet;
import dev.loupe.text.Amount;
import dev.loupe.text.Count;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a plan needs of Java heaps on a cluster, told without one.
 *
 * @param work what other machines make
 * @param models whose weights they need
 * @param sent bytes of the plan, all its rows and the values that its steps need of others, which every executor keeps
 * @param back bytes that come back of all shards; finished ones go to the disk
 * @param most bytes that come back of one shard
 */
public record HeapNeed(List<TaskSplit.Work> work, List<ModelRef> models, long sent, long back, long most) {
    /** What Spark itself takes of an executor's heap. */
    private static final long SPARK = 200L << 20;

    /** Plan and rows are received in pieces, put together, and read; those of the round before may be there too. */
    private static final int SENT_COPIES = 5;

    /** What a shard gives is there as numbers, while it is packed, and in what Spark makes of it. */
    private static final int MADE_COPIES = 6;

    /** @param rows of the plan's datasets */
    public static HeapNeed of(ExecutionPlan plan, Function<RowsRef, RowSet> rows) {
        TaskSplit split = new TaskSplit(plan, StepNames.of(plan), ValueStore.none(), AnswerSize.taken());
        List<TaskSplit.Work> work = Schedule.of(plan).stream()
                .filter(group -> !group.derived())
                .flatMap(group -> split.work(group).stream())
                .toList();
        Map<String, Long> sets = new HashMap<>();
        Map<String, ModelRef> models = new HashMap<>();
        long packed = Packing.size(plan, part -> {
            if (part instanceof RowsRef ref) {
                sets.computeIfAbsent(
                        ref.identity(), k -> SentRows.of(rows.apply(ref)).bytes());
            } else if (part instanceof ModelRef ref) {
                models.put(ref.identity(), ref);
            }
        });
        return new HeapNeed(
                work,
                List.copyOf(models.values()),
                packed + sets.values().stream().mapToLong(Long::longValue).sum() + SentValues.most(plan, split),
                work.stream().mapToLong(TaskSplit.Work::bytes).sum(),
                work.stream().mapToLong(TaskSplit.Work::most).max().orElse(0));
    }

    /** Bytes of the heap of an executor that does so many tasks at once. */
    long executor(int tasks) {
        return SPARK + SENT_COPIES * sent + MADE_COPIES * tasks * most;
    }

    /**
     * What cannot fit is refused.
     *
     * @param size of an executor; nothing is known of the heap of one that is this process
     */
    public void check(ExecutorSize size) {
        if (sent > Integer.MAX_VALUE / 2) {
            throw new EnvironmentException(
                    "the rows of this plan, and the values that its steps need, take " + Amount.of(sent, "B")
                            + ", and at most " + Amount.of(Integer.MAX_VALUE / 2, "B")
                            + " go to an executor: split the datasets, one run for each");
        }
        if (most > Integer.MAX_VALUE / 2) {
            throw new EnvironmentException("one shard of this plan gives " + Amount.of(most, "B") + ", and at most "
                    + Amount.of(Integer.MAX_VALUE / 2, "B")
                    + " come back in one answer: shorten the rows, or run without --on");
        }
        long heap = size.heap() > 0 ? size.heap() : Runtime.getRuntime().maxMemory();
        long need = executor(size.tasks());
        if (need > heap) {
            throw new EnvironmentException("the plan needs a Java heap of " + Amount.of(need, "B") + " with "
                    + Count.of(size.tasks(), "task") + " at once (its rows and the values that its steps need take "
                    + Amount.of(sent, "B")
                    + ", what one shard gives up to " + Amount.of(most, "B") + "), and "
                    + (size.heap() > 0 ? "an executor" : "this process") + " has " + Amount.of(heap, "B")
                    + ": LOUPE_JAVA_OPTS=-" + (size.heap() > 0 ? "Dspark.executor.memory=" : "Xmx")
                    + (need / 1_000_000_000 + 1) + "g gives it more");
        }
    }
}
