package dev.loupe.execute.shards;

import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.model.ModelSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the tasks that are sent together have in common.
 *
 * @param memory that an executor needs
 * @param answer bytes of results that the machine which asks takes at a time
 * @param values that they need, by step
 * @param models that they open
 * @param trained weight files of those that are trained here
 * @param rows of the datasets that they run on
 */
record SharedJob(
        Setting setting,
        MemoryNeed memory,
        long answer,
        ExecutionPlan plan,
        Map<Integer, StepValue> values,
        List<ModelInstance> models,
        Map<ModelSource.Trained, Path> trained,
        List<SentRows> rows) {
    /**
     * A job with the files that its models are read from, which have to be there before it is read.
     *
     * @param job its bytes
     */
    record Sent(List<SentFile> files, byte[] job) {}
}
