package dev.loupe.bench;

import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.dataset.features.Examples;
import dev.loupe.dataset.features.FeatureDataset;
import dev.loupe.model.card.CheckpointSchedule;
import dev.loupe.model.card.Recipe;
import dev.loupe.model.card.ToyArchitecture;
import dev.loupe.model.card.ToyGrid;
import dev.loupe.model.card.TrainedCard;
import dev.loupe.progress.StopSignal;
import dev.loupe.train.Keeper;
import dev.loupe.train.Trainable;
import dev.loupe.train.TrainedModels;
import dev.loupe.train.Trainer;
import dev.loupe.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How fast networks without tokens are trained: a pair MLP and a grid of autoencoders against the same written plainly in
 * PyTorch, and the grid on the instance axis against its networks one after another.
 *
 * @param pairs the card of a pair MLP that is trained on all pairs in every step
 * @param grid the card of a grid of autoencoders with dropout
 * @param repeats measured pairs of each comparison
 * @param steps measured steps of each side; a multiple of 10
 */
public record ToyBench(
        NDManager manager,
        Supplier<GradientCollector> gradients,
        TrainedCard pairs,
        TrainedCard grid,
        int repeats,
        int steps,
        int threads,
        TrainBench.Watcher watcher,
        StopSignal stop) {
    private static final String SCRIPT = "/bench/peer_training.py";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int UNMEASURED = 20;
    private static final double PEER_GOAL = 1;
    private static final double GRID_GOAL = 1 / 3.0;

    /** @param python an interpreter with torch; null measures our own side alone */
    public List<Ratio> run(@Nullable Path python) throws IOException {
        List<Ratio> ratios = new ArrayList<>();
        if (python != null) {
            ratios.add(peer("pair MLP / PyTorch eager", pairs, python, pairTask()));
            ratios.add(peer("grid of autoencoders / PyTorch eager", grid, python, gridTask()));
        }
        ratios.add(together());
        return ratios;
    }

    private Ratio peer(String name, TrainedCard card, Path python, ObjectNode ask) throws IOException {
        Path work = Files.createTempDirectory("loupe-bench");
        ask.put("threads", threads).put("unmeasured", UNMEASURED).put("steps", steps);
        try (PeerProcess process = new PeerProcess(python, SCRIPT, work)) {
            process.ask(JSON.writeValueAsString(ask));
            return compare(
                    name,
                    PEER_GOAL,
                    () -> train(card, TrainedModels.task(name, card, List.of(0L)), steps),
                    () -> PeerProcess.sample(process.ask("run")).times(1.0 / steps));
        } finally {
            Files.deleteIfExists(work);
        }
    }

    /** A step of the whole grid against as many steps of one network as the grid has. */
    private Ratio together() {
        int networks = toyGrid().instances();
        return compare(
                networks + " networks at once / one after another",
                GRID_GOAL,
                () -> train(grid, TrainedModels.task("grid", grid, List.of(0L)), steps),
                () -> train(grid, TrainedModels.alone("grid", grid, 0, networks - 1), steps)
                        .times(networks));
    }

    private Ratio compare(String name, double goal, Supplier<Sample> ours, Supplier<Sample> theirs) {
        watcher.comparing(name, repeats + 1);
        Ratio ratio = Ratio.measure(name, repeats, goal, checked(ours), checked(theirs), watcher::pair);
        watcher.measured(ratio);
        return ratio;
    }

    private Supplier<Sample> checked(Supplier<Sample> side) {
        return () -> {
            stop.check();
            return side.get();
        };
    }

    /** Seconds of a step. */
    private Sample train(TrainedCard card, Trainable task, int measured) {
        Recipe recipe = card.recipe();
        TrainingPlan plan = new TrainingPlan(
                UNMEASURED + measured,
                recipe.optimizer(),
                recipe.schedule(),
                recipe.clip(),
                CheckpointSchedule.LAST_ONLY,
                Long.MAX_VALUE);
        Stopwatch stopwatch = new Stopwatch(UNMEASURED, plan.steps());
        new Trainer(manager, gradients).run(task, plan, Keeper.NONE, stopwatch, stop);
        return stopwatch.taken().times(1.0 / measured);
    }

    private ToyGrid toyGrid() {
        return ToyGrid.of(
                ((ToyArchitecture) Objects.requireNonNull(grid.architecture())).config(), data(grid), grid.recipe());
    }

    private static FeatureDataset data(TrainedCard card) {
        return (FeatureDataset) card.recipe().data();
    }

    private ObjectNode pairTask() {
        FeatureDataset data = data(pairs);
        Examples rows = data.draw(0, data.enumerated(), 0);
        int[] a = new int[rows.rows()];
        int[] b = new int[rows.rows()];
        int[] c = new int[rows.rows()];
        for (int row = 0; row < rows.rows(); row++) {
            a[row] = (int) rows.x()[2 * row];
            b[row] = (int) rows.x()[2 * row + 1];
            for (int answer = 0; answer < rows.answers(); answer++) {
                c[row] = rows.y()[row * rows.answers() + answer] > 0.5f ? answer : c[row];
            }
        }
        ObjectNode ask = JSON.createObjectNode().put("network", "pair-mlp");
        ask.put("inputs", rows.answers());
        ask.put(
                "hidden",
                ((ToyArchitecture) Objects.requireNonNull(pairs.architecture()))
                        .config()
                        .hidden());
        ask.set("a", JSON.valueToTree(a));
        ask.set("b", JSON.valueToTree(b));
        ask.set("c", JSON.valueToTree(c));
        return ask;
    }

    private ObjectNode gridTask() {
        ToyGrid networks = toyGrid();
        ObjectNode ask = JSON.createObjectNode().put("network", "autoencoders");
        ask.put("features", data(grid).width()).put("hidden", networks.widest().hidden());
        ask.put("rows", grid.recipe().batch())
                .put("sparsity", networks.sparsity().get(0));
        networks.each().forEach(each -> ask.withArray("dropout").add(each.dropout()));
        return ask;
    }
}
