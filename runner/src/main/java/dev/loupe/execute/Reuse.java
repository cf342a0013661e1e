package dev.loupe.execute;

import dev.loupe.execute.keep.KeptValues;
import dev.loupe.execute.keep.Room;
import dev.loupe.execute.keep.WorkFolder;
import dev.loupe.execute.load.FoundWeights;
import dev.loupe.execute.pass.KeptStreams;
import dev.loupe.execute.pass.Schedule;
import dev.loupe.execute.pass.StepNames;
import dev.loupe.execute.request.RunFingerprint;
import dev.loupe.execute.request.RunRequest;
import dev.loupe.model.forward.Precision;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.RowReader;
import dev.loupe.resolve.Experiment;
import dev.loupe.resolve.model.ModelFamily;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.model.ModelSource;
import dev.loupe.text.Amount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which values of a plan an earlier run left, told without an engine. */
public final class Reuse {
    private static final Room ROOM = Room.of(RunRequest.USUAL_LIMIT);

    private Reuse() {}

    /**
     * What a run would read instead of computing it, and what it would leave, in words.
     *
     * @param run the folder that it would be written to
     * @param cache folder of weights that were trained for a run
     */
    public static String of(Experiment experiment, ExecutionPlan plan, Path run, Path cache) throws IOException {
        KeptValues values = KeptValues.beside(run, RunRequest.USUAL_LIMIT);
        StringBuilder text = new StringBuilder();
        kept(experiment, plan, values, cache).forEach((device, kept) -> {
            String from =
                    "kept by an earlier run in " + run + " on the " + device + ", and reused instead of computed: ";
            if (!kept.steps().isEmpty()) {
                text.append(from)
                        .append(kept.steps().size() == 1 ? "the value of " : "the values of ")
                        .append(list(kept.steps()))
                        .append("; forward passes that only they need are skipped\n");
            }
            if (!kept.ends().isEmpty()) {
                text.append(from)
                        .append("where the blocks of ")
                        .append(list(kept.ends()))
                        .append(" ended; their logits are made again without running a block\n");
            }
            if (!kept.starts().isEmpty()) {
                text.append(from)
                        .append("what the blocks begin with that are read of ")
                        .append(list(kept.starts()))
                        .append("; they begin there\n");
            }
        });
        if (text.isEmpty()) {
            text.append("no values of an earlier run can be reused from ")
                    .append(run)
                    .append('\n');
        }
        long streams =
                KeptStreams.of(plan, new WorkFolder(values.folder(), ROOM)).bytes();
        return text.append("a run keeps about ")
                .append(Amount.of(KeptValues.bytes(plan) + streams, "B"))
                .append(" of values with its results for later runs")
                .append(streams > 0 ? " (with them what its blocks begin with or end in, for other readings)" : "")
                .append(", at most as much as `--keep` of `loupe run` allows (")
                .append(Amount.of(RunRequest.USUAL_LIMIT, "B"))
                .append(")\n")
                .toString();
    }

    private static String list(List<Integer> steps) {
        return steps.stream().map(id -> "#" + id).collect(Collectors.joining(", "));
    }

    /**
     * What is kept of a plan.
     *
     * @param steps those whose values are
     * @param ends runs that another reading of their logits needs no block of
     * @param starts runs that begin at the last block that is read of them
     */
    private record Kept(List<Integer> steps, List<Integer> ends, List<Integer> starts) {
        boolean nothing() {
            return steps.isEmpty() && ends.isEmpty() && starts.isEmpty();
        }
    }

    /** What is kept, by device; nothing is looked up where no earlier run left a folder. */
    private static Map<String, Kept> kept(Experiment experiment, ExecutionPlan plan, KeptValues values, Path cache)
            throws IOException {
        Map<String, Path> trained = Files.isDirectory(values.folder()) ? trained(experiment, cache) : null;
        if (trained == null) {
            return Map.of();
        }
        Map<Integer, String> names = StepNames.of(plan);
        Map<String, Kept> found = new LinkedHashMap<>();
        for (String device : List.of("cpu", "gpu")) {
            Path folder = values.of(RunFingerprint.of(RunFingerprint.setting(Precision.F32, device, trained)));
            WorkFolder work = new WorkFolder(folder, ROOM);
            List<Integer> steps = Schedule.valued(plan).stream()
                    .map(PlanStep::id)
                    .filter(id -> names.containsKey(id) && work.has(names.get(id)))
                    .toList();
            KeptStreams streams = KeptStreams.of(plan, work);
            Kept kept = new Kept(
                    steps,
                    unread(plan, steps, streams.ends().known()),
                    unread(plan, steps, streams.starts().known()));
            if (!kept.nothing()) {
                found.put(device, kept);
            }
        }
        return found;
    }

    /** Of some runs those that a reading needs whose value is not kept. */
    private static List<Integer> unread(ExecutionPlan plan, List<Integer> kept, List<Integer> runs) {
        List<Integer> read = plan.steps().stream()
                .filter(step -> step instanceof RowReader && !kept.contains(step.id()))
                .flatMap(step -> ((RowReader) step).forwards().stream())
                .toList();
        return runs.stream().filter(read::contains).toList();
    }

    /** Null where some have yet to be trained: nothing can be kept then. */
    private static @Nullable Map<String, Path> trained(Experiment experiment, Path cache) {
        FoundWeights found = new FoundWeights(cache);
        Map<String, Path> files = new TreeMap<>();
        for (ModelFamily family : experiment.models().values()) {
            for (ModelInstance unit : family.units()) {
                if (unit.source() instanceof ModelSource.Trained source) {
                    Path there = found.file(source);
                    if (there == null) {
                        return null;
                    }
                    files.put(unit.ref().label(), there);
                }
            }
        }
        return files;
    }
}
