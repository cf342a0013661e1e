package dev.loupe.execute.shards;

import dev.loupe.failure.EnvironmentException;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Memory;
import dev.loupe.text.Amount;
import dev.loupe.text.Count;

/**
 * Bytes that a plan needs of a process, beside the Java heap.
 *
 * @param weights of the largest model
 * @param models how many there are
 * @param task the most that a task holds beside weights
 * @param training the most that a training before the plan holds; 0 where nothing is trained
 */
public record MemoryNeed(long weights, int models, long task, long training) {
    /** Of a plan before which nothing is trained. */
    public MemoryNeed(long weights, int models, long task) {
        this(weights, models, task, 0);
    }

    public static MemoryNeed of(ExecutionPlan plan) {
        long models = plan.steps().stream()
                .flatMap(step -> step.models().stream())
                .map(ref -> ref.identity())
                .distinct()
                .count();
        return new MemoryNeed(Memory.weights(plan), Math.max(1, (int) models), Memory.beside(plan));
    }

    /** The same with trainings before the plan. */
    public MemoryNeed with(long bytes) {
        return new MemoryNeed(weights, models, task, bytes);
    }

    /** With so many tasks at once: each has its batch, and tasks of other models have other weights; or each is a training. */
    public long of(int tasks) {
        return Math.max(Memory.RUN + Math.min(tasks, models) * weights + tasks * task, tasks * training);
    }

    /** @param there bytes that there are; 0 where that is not known */
    public void check(int tasks, long there) {
        if (there > 0 && of(tasks) > there) {
            throw new EnvironmentException("the plan needs " + Amount.of(of(tasks), "B") + " with "
                    + Count.of(tasks, "task") + " at once, and an executor has " + Amount.of(there, "B")
                    + "; give it more, or fewer cores (-Dspark.executor.cores=1)");
        }
    }
}
