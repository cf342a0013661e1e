package dev.loupe.bench;

import dev.loupe.execute.PlanProfiler;
import dev.loupe.execute.request.RunRequest;
import dev.loupe.optimize.PlanOptimizer;
import dev.loupe.optimize.Rule;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.Memory;
import dev.loupe.plan.PlanStep;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.SpecFile;
import dev.loupe.resolve.model.ModelCatalog;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sweeps of a model of GPT-2-small's shape as the optimizer plans them: against the exact floor at the rate of a bare forward
 * pass, without one rule at a time, and against other libraries. All sides are measured in turn, so that what else the machine
 * does meets them alike.
 *
 * @param work a folder that may be filled; half a gigabyte for the weights
 * @param python an interpreter with the other libraries; null for none
 * @param against the peers to measure; empty for all
 * @param pairs how often everything is measured
 * @param only the sweeps to measure; empty for all
 * @param rules whether the head sweep is also run without each rule
 */
public record SweepBench(
        Path work,
        @Nullable Path python,
        Set<String> against,
        int pairs,
        Set<String> only,
        boolean rules,
        TrainBench.Watcher watcher,
        StopSignal stop) {
    private static final SweepModel MODEL = SweepModel.GPT2_SMALL;
    private static final SweepSpec SPEC = new SweepSpec(MODEL.vocabulary(), 8, 16);
    private static final List<Integer> BATCHES = List.of(8, 48, 96);
    private static final String FOLDER = "gpt2-shape";
    private static final int CACHED = 64;
    private static final int THREADS = Runtime.getRuntime().availableProcessors();
    /** The layers of the sweep that is run without each rule: every so many. */
    private static final int SOME = 4;

    /**
     * Everything that was measured.
     *
     * @param bare samples of a bare forward pass by rows of a batch
     * @param versions of the peers, empty without
     * @param missing peers that the interpreter does not have, and why
     * @param threads of each side
     * @param loads how many threads of the whole machine wanted a core in the minute before the start and before the end
     */
    public record Measured(
            Map<Integer, List<Sample>> bare,
            List<SweepResult> sweeps,
            List<SweepResult> without,
            List<ScreenResult> screens,
            SweepResult cache,
            String versions,
            Map<String, String> missing,
            int threads,
            List<Double> loads) {
        /** GFLOP/s of the bare forward pass at one batch size. */
        public double rate(int batch, boolean cpu) {
            return new SweepFloor(MODEL, SPEC.rows(), SPEC.length()).forward(batch)
                    / 1e9
                    / SweepResult.spread(bare.getOrDefault(batch, List.of()), cpu)
                            .median();
        }

        /** The same at its best batch size. */
        public double best(boolean cpu) {
            return bare.keySet().stream().mapToDouble(b -> rate(b, cpu)).max().orElse(Double.NaN);
        }
    }

    public static List<String> names() {
        return Stream.concat(
                        SweepCase.ALL.stream().map(SweepCase::name),
                        ScreenBench.ALL.stream().map(ScreenBench::name))
                .toList();
    }

    /** The names of all peers. */
    public static List<String> peers() {
        return SweepPeer.names();
    }

    public Measured run() throws IOException {
        Path model = work.resolve(FOLDER);
        watcher.comparing("weights", 1);
        if (!Files.exists(model.resolve("model.safetensors"))) {
            MODEL.write(model);
        }
        watcher.pair();
        Path spec = work.resolve("sweeps.yaml");
        Files.writeString(spec, SPEC.yaml(FOLDER));
        SpecFile.Checked checked = new SpecFile(spec, work, null, List.of(), new ModelCatalog(List.of(work))).check();
        try (PlanProfiler bench = new PlanProfiler(
                        checked, new RunRequest(work, work, "cpu", true, "", ""), Progress.silent(), stop);
                SweepPeer peer = python == null ? null : SweepPeer.start(python, work, model, SPEC, THREADS, against)) {
            return measured(bench, peer);
        }
    }

    private Measured measured(PlanProfiler bench, @Nullable SweepPeer peer) {
        double load = load();
        PassBench passes = new PassBench(bench.transformer(), MODEL, stop);
        Map<Integer, List<Sample>> bare = new TreeMap<>();
        List<SweepResult> sweeps = new ArrayList<>();
        for (SweepCase sweep : SweepCase.ALL) {
            if (wanted(sweep.name())) {
                watcher.comparing(sweep.name(), pairs);
                ExecutionPlan plan = plan(bench, sweep, PlanOptimizer.RULES);
                sweeps.add(
                        new SweepRounds(bench, peer, MODEL, SPEC, pairs, () -> bare(passes, bare), watcher::pair, stop)
                                .run(sweep, plan, bytes(plan)));
            }
        }
        List<SweepResult> without = new ArrayList<>();
        if (rules) {
            SweepCase part = new SweepCase("heads", "attn.z", SweepCase.EVERYWHERE, false, SOME);
            without.add(ruled(bench, part, "all rules", PlanOptimizer.RULES));
            for (Rule rule : PlanOptimizer.RULES) {
                List<Rule> rest = new ArrayList<>(PlanOptimizer.RULES);
                rest.remove(rule);
                if (!plan(bench, part, rest).equals(plan(bench, part, PlanOptimizer.RULES))) {
                    without.add(ruled(bench, part, "without " + rule.name(), rest));
                }
            }
        }
        List<ScreenResult> screens = ScreenBench.ALL.stream()
                .filter(c -> wanted(ScreenBench.name(c)))
                .map(new ScreenBench(bench, pairs, watcher, stop)::run)
                .toList();
        watcher.comparing("forward with full cache", pairs + 1);
        SweepResult cache = passes.cached(peer, SPEC.rows(), CACHED, pairs, watcher::pair);
        return new Measured(
                bare,
                sweeps,
                without,
                screens,
                cache,
                peer == null ? "" : peer.versions(),
                peer == null ? Map.of() : peer.missing(),
                THREADS,
                List.of(load, load()));
    }

    private static void bare(PassBench passes, Map<Integer, List<Sample>> samples) {
        BATCHES.forEach(
                batch -> samples.computeIfAbsent(batch, k -> new ArrayList<>()).add(passes.bare(batch, SPEC.length())));
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private boolean wanted(String name) {
        return only.isEmpty() || only.contains(name);
    }

    private SweepResult ruled(PlanProfiler bench, SweepCase part, String name, List<Rule> some) {
        ExecutionPlan plan = plan(bench, part, some);
        double scale = part.scale(MODEL.layers());
        watcher.comparing(name, 1);
        stop.check();
        Sample begun = Sample.now();
        bench.run(plan);
        Sample took = Sample.now().since(begun).times(scale);
        watcher.pair();
        return new SweepResult(name, List.of(took), plan.flops() * scale, bytes(plan), 0, Map.of(), Double.NaN);
    }

    private static ExecutionPlan plan(PlanProfiler bench, SweepCase sweep, List<Rule> some) {
        return PlanOptimizer.optimize(sweep.plan(bench.plan(), MODEL.layers()), some)
                .plan();
    }

    private static long bytes(ExecutionPlan plan) {
        long most = 0;
        for (PlanStep step : plan.steps()) {
            most = Math.max(most, step instanceof Forward forward ? Memory.batch(forward) : 0);
        }
        return most;
    }
}
