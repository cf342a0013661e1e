package dev.loupe.execute.shards;

import dev.loupe.plan.Memory;
import dev.loupe.text.Amount;
import dev.loupe.text.Count;

/** What a plan takes on a cluster, told without one: shards, bytes that travel, memory. */
public final class ShardsAhead {
    private ShardsAhead() {}

    /**
     * In words.
     *
     * @param size of an executor
     */
    public static String of(MemoryNeed memory, HeapNeed need, ExecutorSize size) {
        long shards = need.work().stream()
                .mapToLong(work -> Math.max(1, work.places().size()))
                .sum();
        return "on a cluster: " + Count.of(shards, "shard") + " in "
                + Count.of(need.work().size(), "piece of work", "pieces of work")
                + ", split into about four tasks for each that "
                + "can run at once\n  bytes to each executor: plan, rows and values "
                + Amount.of(need.sent(), "B") + "; weights "
                + Amount.of(need.models().stream().mapToLong(Memory::weights).sum(), "B")
                + " where it does not have them\n  bytes back: about " + Amount.of(need.back(), "B")
                + ", at most " + Amount.of(need.most(), "B") + " of one shard; they go to the disk as they come"
                + "\n  memory of an executor with " + Count.of(size.tasks(), "task") + " at once: about "
                + Amount.of(memory.of(size.tasks()), "B") + " beside the Java heap"
                + (size.heap() > 0 ? " of " + Amount.of(size.heap(), "B") : "") + ", and "
                + Amount.of(need.executor(size.tasks()), "B") + " in it\n";
    }
}
