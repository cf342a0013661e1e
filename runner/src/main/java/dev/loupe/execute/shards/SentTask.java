package dev.loupe.execute.shards;

import dev.loupe.execute.keep.Shard;
import java.util.List;

/** A piece of work for another machine. */
sealed interface SentTask {
    /** Which of those that are sent together it is. */
    int number();

    /**
     * Shards of a pass, or of a step that takes gradients.
     *
     * @param job hash of the {@link SharedJob} that it is of
     * @param steps that want parts
     * @param rowsPerBatch of the whole pass
     */
    record Shards(int number, String job, List<Integer> steps, int rowsPerBatch, List<Place> places)
            implements SentTask {
        /** The same with some of its shards. */
        Shards only(List<Place> some) {
            return new Shards(number, job, steps, rowsPerBatch, some);
        }
    }

    /** A step that is one shard. */
    record Whole(int number, String job, int step) implements SentTask {}

    /**
     * The training of seeds of a card that train together.
     *
     * @param files that it begins with, which have to be there before the work is read
     * @param work bytes of a {@link TrainingWork}
     * @param from bytes of its files that came before
     * @param answer bytes that the machine which asks takes at a time
     */
    record Training(int number, Setting setting, List<SentFile> files, byte[] work, long from, long answer)
            implements SentTask {
        /** The same after what came. */
        Training after(long came) {
            return new Training(number, setting, files, work, came, answer);
        }
    }

    /**
     * A shard among those of a plan.
     *
     * @param run the forward pass, or the step that takes gradients
     */
    record Place(int run, Shard shard) {}
}
