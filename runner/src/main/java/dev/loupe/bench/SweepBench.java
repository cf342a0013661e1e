package dev.loupe.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.execute.Progress;
import dev.loupe.execute.RunRequest;
import dev.loupe.execute.Workbench;
import dev.loupe.failure.StopSignal;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.StepValue;
import dev.loupe.model.Captures;
import dev.loupe.model.ForwardPass;
import dev.loupe.model.HookVisitor;
import dev.loupe.model.Transformer;
import dev.loupe.optimize.Optimizer;
import dev.loupe.optimize.Rule;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.Memory;
import dev.loupe.plan.PlanStep;
import dev.loupe.resolve.ModelCatalog;
import dev.loupe.resolve.SpecFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * @param pairs how often everything is measured
 * @param only the sweeps to measure; empty for all
 * @param rules whether the head sweep is also run without each rule
 */
public record SweepBench(
        Path work,
        @Nullable Path python,
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
    /** The layers of the sweep that is run without each rule: every so many. */
    private static final int SOME = 4;

    /**
     * Everything that was measured.
     *
     * @param bare samples of a bare forward pass by rows of a batch
     * @param versions of the peers, empty without
     */
    public record Measured(
            Map<Integer, List<Sample>> bare,
            List<SweepResult> sweeps,
            List<SweepResult> without,
            List<ScreenResult> screens,
            SweepResult cache,
            String versions) {
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
        try (Workbench bench = new Workbench(
                        checked, new RunRequest(work, work, "cpu", true, "", ""), Progress.silent(), stop);
                SweepPeer peer = python == null
                        ? null
                        : SweepPeer.start(
                                python, work, model, SPEC, Runtime.getRuntime().availableProcessors())) {
            return measured(bench, peer);
        }
    }

    private Measured measured(Workbench bench, @Nullable SweepPeer peer) {
        Transformer network = bench.transformer();
        Map<Integer, List<Sample>> bare = new TreeMap<>();
        List<SweepResult> sweeps = new ArrayList<>();
        for (SweepCase sweep : SweepCase.ALL) {
            if (wanted(sweep.name())) {
                sweeps.add(sweep(bench, peer, sweep, network, bare));
            }
        }
        List<SweepResult> without = new ArrayList<>();
        if (rules) {
            SweepCase part = new SweepCase("heads", "attn.z", SweepCase.EVERYWHERE, false, SOME);
            without.add(ruled(bench, part, "all rules", Optimizer.RULES));
            for (Rule rule : Optimizer.RULES) {
                List<Rule> rest = new ArrayList<>(Optimizer.RULES);
                rest.remove(rule);
                if (!plan(bench, part, rest).equals(plan(bench, part, Optimizer.RULES))) {
                    without.add(ruled(bench, part, "without " + rule.name(), rest));
                }
            }
        }
        List<ScreenResult> screens = ScreenBench.ALL.stream()
                .filter(c -> wanted(ScreenBench.name(c)))
                .map(new ScreenBench(bench, pairs, watcher, stop)::run)
                .toList();
        return new Measured(bare, sweeps, without, screens, cache(network, peer), peer == null ? "" : peer.versions());
    }

    private boolean wanted(String name) {
        return only.isEmpty() || only.contains(name);
    }

    private SweepResult sweep(
            Workbench bench,
            @Nullable SweepPeer peer,
            SweepCase sweep,
            Transformer network,
            Map<Integer, List<Sample>> bare) {
        ExecutionPlan plan = plan(bench, sweep, Optimizer.RULES);
        double scale = sweep.scale(MODEL.layers());
        List<Integer> layers = sweep.layers(MODEL.layers());
        List<Sample> ours = new ArrayList<>();
        Map<String, List<Sample>> theirs = new LinkedHashMap<>();
        double off = Double.NaN;
        watcher.comparing(sweep.name(), pairs + 1);
        for (int pair = 0; pair <= pairs; pair++) {
            BATCHES.forEach(
                    batch -> bare.computeIfAbsent(batch, k -> new ArrayList<>()).add(forward(network, batch)));
            stop.check();
            Sample begun = Sample.now();
            StepValue value = Objects.requireNonNull(bench.run(plan).get(sweep.name()));
            Sample took = Sample.now().since(begun).times(scale);
            if (pair > 0) {
                ours.add(took);
            }
            if (peer != null && pair > 0) {
                double[] mean = ((StepValue.Table) value).table().estimate().data();
                int layer = layers.get((5 * pair) % layers.size());
                boolean head = sweep.site().equals("attn.z");
                for (String name : head ? SweepPeer.ALL : List.of(SweepPeer.LENS)) {
                    stop.check();
                    SweepPeer.Cells cells = peer.cells(name, sweep, layer, MODEL.heads(), SPEC.length());
                    double all = MODEL.layers() * (sweep.positions() ? SPEC.length() : 1);
                    theirs.computeIfAbsent(name, k -> new ArrayList<>())
                            .add(cells.sample().times(all));
                    off = Double.isNaN(off) ? 0 : off;
                    for (int h = 0; h < cells.values().length; h++) {
                        int at = layer * MODEL.heads() + h;
                        int index = sweep.positions() ? at * SPEC.length() + SPEC.length() - 1 : at;
                        off = Math.max(off, Math.abs(cells.values()[h] - mean[index]));
                    }
                }
            }
            watcher.pair();
        }
        double floor = new SweepFloor(MODEL, SPEC.rows(), SPEC.length()).flops(sweep, SPEC.from(sweep.rows()));
        return new SweepResult(sweep.name(), ours, plan.flops() * scale, bytes(plan), floor, theirs, off);
    }

    private SweepResult ruled(Workbench bench, SweepCase part, String name, List<Rule> some) {
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

    private static ExecutionPlan plan(Workbench bench, SweepCase sweep, List<Rule> some) {
        return Optimizer.optimize(sweep.plan(bench.plan(), MODEL.layers()), some)
                .plan();
    }

    private static long bytes(ExecutionPlan plan) {
        long most = 0;
        for (PlanStep step : plan.steps()) {
            most = Math.max(most, step instanceof Forward forward ? Memory.batch(forward) : 0);
        }
        return most;
    }

    /** A bare forward pass up to the residual stream after the last block: no hooks, no logits. */
    private static Sample forward(Transformer network, int batch) {
        try (NDManager scope = network.parameters().manager().newSubManager()) {
            NDArray tokens = tokens(scope, batch, SPEC.length());
            Sample begun = Sample.now();
            waited(network.forward(ForwardPass.of(tokens).withoutLogits(), HookVisitor.none(), scope)
                    .residual());
            return Sample.now().since(begun);
        }
    }

    /** A forward pass of 8 rows of 64 tokens that keeps the value of every hook point and all logits. */
    private SweepResult cache(Transformer network, @Nullable SweepPeer peer) {
        List<Sample> ours = new ArrayList<>();
        Map<String, List<Sample>> theirs = new LinkedHashMap<>();
        List<HookPoint> points =
                network.hookPoints().stream().filter(p -> !p.site().onRequest()).toList();
        watcher.comparing("forward with full cache", pairs + 1);
        for (int pair = 0; pair <= pairs; pair++) {
            stop.check();
            try (NDManager scope = network.parameters().manager().newSubManager()) {
                NDArray tokens = tokens(scope, SPEC.rows(), CACHED);
                Sample begun = Sample.now();
                waited(network.forward(ForwardPass.of(tokens), new Captures(points, scope), scope)
                        .logits());
                if (pair > 0) {
                    ours.add(Sample.now().since(begun));
                }
            }
            if (peer != null) {
                for (String name : SweepPeer.ALL.subList(0, 3)) {
                    Sample took = peer.cache(name, ids(SPEC.rows(), CACHED));
                    if (pair > 0) {
                        theirs.computeIfAbsent(name, k -> new ArrayList<>()).add(took);
                    }
                }
            }
            watcher.pair();
        }
        SweepFloor long64 = new SweepFloor(MODEL, SPEC.rows(), CACHED);
        double logits = 2.0 * SPEC.rows() * CACHED * MODEL.width() * MODEL.vocabulary();
        return new SweepResult(
                "forward with full cache, 8 x 64",
                ours,
                long64.forward(SPEC.rows()) + logits,
                0,
                0,
                theirs,
                Double.NaN);
    }

    private static void waited(NDArray value) {
        value.get("0, 0, 0").toFloatArray();
    }

    private static NDArray tokens(NDManager scope, int rows, int length) {
        long[] flat = new long[rows * length];
        int[][] ids = ids(rows, length);
        for (int i = 0; i < flat.length; i++) {
            flat[i] = ids[i / length][i % length];
        }
        return scope.create(flat, new Shape(rows, length));
    }

    private static int[][] ids(int rows, int length) {
        return new SweepSpec(MODEL.vocabulary(), rows, length)
                .prompts(SweepCase.EVERYWHERE)
                .clean();
    }
}
