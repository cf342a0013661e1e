package dev.loupe.execute.shards;

import dev.loupe.metric.reading.Part;
import dev.loupe.metric.reading.StepValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a machine gives back for a task.
 *
 * @param task its number
 * @param executor which machine
 * @param parts what its shards gave
 * @param left shards that were not made, since the others already fill an answer
 * @param value of a step that is one shard
 * @param files of a training, or pieces of them
 * @param weights content hashes of the weights that it used, by the model's label
 * @param lacks hashes of files that the machine does not have; nothing else is there then
 * @param fault why nothing else is there
 */
record Outcome(
        int task,
        String executor,
        List<MadePart> parts,
        List<SentTask.Place> left,
        @Nullable StepValue value,
        TrainedElsewhere.@Nullable Pieces files,
        Map<String, String> weights,
        List<String> lacks,
        @Nullable Fault fault) {
    /**
     * A finished shard.
     *
     * @param shard its name among those of the step
     */
    record MadePart(int step, String shard, Part part) {}

    /**
     * A piece of a file.
     *
     * @param name in its folder
     * @param at where in the file it begins
     * @param hash SHA-256 of the whole file, in its last piece; empty in the others
     */
    record MadeFile(String name, long at, byte[] bytes, String hash) {}

    static Outcome parts(
            int task, String executor, List<MadePart> parts, List<SentTask.Place> left, Map<String, String> weights) {
        return new Outcome(task, executor, parts, left, null, null, weights, List.of(), null);
    }

    static Outcome value(int task, String executor, StepValue value, Map<String, String> weights) {
        return new Outcome(task, executor, List.of(), List.of(), value, null, weights, List.of(), null);
    }

    static Outcome files(int task, String executor, TrainedElsewhere.Pieces files) {
        return new Outcome(task, executor, List.of(), List.of(), null, files, Map.of(), List.of(), null);
    }

    static Outcome lacks(int task, String executor, List<String> hashes) {
        return new Outcome(task, executor, List.of(), List.of(), null, null, Map.of(), hashes, null);
    }

    static Outcome fault(int task, String executor, Fault fault) {
        return new Outcome(task, executor, List.of(), List.of(), null, null, Map.of(), List.of(), fault);
    }
}
