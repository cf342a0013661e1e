package dev.loupe.execute;

import dev.loupe.execute.keep.KeptValues;
import dev.loupe.execute.keep.WorkFolder;
import dev.loupe.execute.pass.Schedule;
import dev.loupe.execute.pass.StepNames;
import dev.loupe.execute.request.RunFingerprint;
import dev.loupe.execute.request.RunRequest;
import dev.loupe.model.forward.Precision;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.PlanStep;
import dev.loupe.resolve.Experiment;
import dev.loupe.resolve.model.ModelFamily;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.model.ModelSource;
import dev.loupe.text.Amount;
import dev.loupe.train.TrainedModels;
import dev.loupe.train.WeightsFiles;
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
        for (Map.Entry<String, List<Integer>> kept :
                kept(experiment, plan, values, cache).entrySet()) {
            List<Integer> steps = kept.getValue();
            text.append("kept by an earlier run in ")
                    .append(run)
                    .append(" on the ")
                    .append(kept.getKey())
                    .append(
                            steps.size() == 1
                                    ? ", and reused instead of computed: the value of "
                                    : ", and reused instead of computed: the values of ")
                    .append(steps.stream().map(id -> "#" + id).collect(Collectors.joining(", ")))
                    .append("; forward passes that only they need are skipped\n");
        }
        if (text.isEmpty()) {
            text.append("no values of an earlier run can be reused from ")
                    .append(run)
                    .append('\n');
        }
        return text.append("a run keeps about ")
                .append(Amount.of(KeptValues.bytes(plan), "B"))
                .append(" of values with its results for later runs, at most as much as `--keep` of `loupe run` "
                        + "allows (")
                .append(Amount.of(RunRequest.USUAL_LIMIT, "B"))
                .append(")\n")
                .toString();
    }

    /** The steps whose values are kept, by device; nothing is looked up where no earlier run left a folder. */
    private static Map<String, List<Integer>> kept(
            Experiment experiment, ExecutionPlan plan, KeptValues values, Path cache) throws IOException {
        Map<String, Path> trained = Files.isDirectory(values.folder()) ? trained(experiment, cache) : null;
        if (trained == null) {
            return Map.of();
        }
        Map<Integer, String> names = StepNames.of(plan);
        Map<String, List<Integer>> kept = new LinkedHashMap<>();
        for (String device : List.of("cpu", "gpu")) {
            Path folder = values.of(RunFingerprint.of(RunFingerprint.setting(Precision.F32, device, trained)));
            WorkFolder work = new WorkFolder(folder);
            List<Integer> steps = Schedule.valued(plan).stream()
                    .map(PlanStep::id)
                    .filter(id ->
                            names.containsKey(id) && work.find(names.get(id)).isPresent())
                    .toList();
            if (!steps.isEmpty()) {
                kept.put(device, steps);
            }
        }
        return kept;
    }

    /** Null where some have yet to be trained: nothing can be kept then. */
    private static @Nullable Map<String, Path> trained(Experiment experiment, Path cache) {
        Map<String, Path> files = new TreeMap<>();
        for (ModelFamily family : experiment.models().values()) {
            for (ModelInstance unit : family.units()) {
                if (unit.source() instanceof ModelSource.Trained source) {
                    WeightsFiles there = TrainedModels.find(source.card(), source.seed(), cache);
                    if (there == null) {
                        return null;
                    }
                    files.put(unit.ref().label(), there.checkpoint(source.seed(), source.step()));
                }
            }
        }
        return files;
    }
}
