package dev.loupe.execute.shards;

import dev.loupe.execute.send.Packing;
import dev.loupe.execute.send.Unpacking;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.progress.StopSignal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Sends tasks until every one has an answer. What is lost is sent again, what comes twice is taken once, and a machine that lacks a
 * file gets it.
 */
record Rounds(Cluster cluster, StopSignal stop) {
    /** Rounds in which nothing comes back before it is given up. */
    private static final int VAIN = 2;

    /**
     * @param files that machines may lack
     * @param taken given each answer once; what an answer had no room for is asked for again
     */
    void run(List<? extends SentTask> tasks, List<SentFile> files, Consumer<Outcome> taken) {
        Map<Integer, SentTask> open = new LinkedHashMap<>();
        tasks.forEach(task -> open.put(task.number(), task));
        Map<Integer, String> begun = new HashMap<>();
        Set<String> shared = new LinkedHashSet<>();
        int vain = 0;
        while (!open.isEmpty()) {
            boolean[] came = {false};
            Set<String> lacks = new LinkedHashSet<>();
            String trouble = cluster.run(
                    open.values().stream()
                            .map(task -> new Cluster.Task(Packing.of(task), begun.getOrDefault(task.number(), "")))
                            .toList(),
                    bytes -> take((Outcome) Objects.requireNonNull(Unpacking.of(bytes)), open, lacks, outcome -> {
                        came[0] = true;
                        if (outcome.files() != null) {
                            begun.put(outcome.task(), outcome.executor());
                        }
                        taken.accept(outcome);
                    }),
                    stop);
            stop.check();
            boolean sent = share(files, lacks, shared);
            vain = sent || came[0] ? 0 : vain + 1;
            if (vain == VAIN) {
                throw new EnvironmentException(
                        "The cluster gives nothing back, and the logs of its executors say why. What was finished is "
                                + "kept, and the same command goes on from there"
                                + (trouble.isEmpty() ? "" : ". " + trouble));
            }
        }
        shared.forEach(cluster::takeBack);
    }

    /** @return whether anything new was shared */
    private boolean share(List<SentFile> files, Set<String> lacks, Set<String> shared) {
        boolean any = false;
        for (SentFile file : files) {
            if (lacks.contains(file.hash()) && shared.add(file.hash())) {
                cluster.share(file.hash(), file.path());
                any = true;
            }
        }
        return any;
    }

    private static void take(Outcome outcome, Map<Integer, SentTask> open, Set<String> lacks, Consumer<Outcome> taken) {
        Fault fault = outcome.fault();
        if (fault != null) {
            throw fault.on(outcome.executor());
        }
        if (!outcome.lacks().isEmpty()) {
            lacks.addAll(outcome.lacks());
            return;
        }
        SentTask task = open.get(outcome.task());
        if (task == null) {
            return;
        }
        TrainedElsewhere.Pieces files = outcome.files();
        if (task instanceof SentTask.Training training && files != null) {
            if (files.from() != training.from()) {
                return;
            }
            if (files.left()) {
                open.put(outcome.task(), training.after(files.next()));
            } else {
                open.remove(outcome.task());
            }
        } else if (outcome.left().isEmpty()) {
            open.remove(outcome.task());
        } else if (task instanceof SentTask.Shards shards) {
            open.put(outcome.task(), shards.only(outcome.left()));
        }
        taken.accept(outcome);
    }
}
