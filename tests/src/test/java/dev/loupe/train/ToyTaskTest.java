package dev.loupe.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.dataset.features.ModularPairs;
import dev.loupe.dataset.features.SparseFeatures;
import dev.loupe.dataset.rows.HeldOut;
import dev.loupe.model.card.CheckpointSchedule;
import dev.loupe.model.card.Recipe;
import dev.loupe.model.card.Schedule;
import dev.loupe.model.card.StopRule;
import dev.loupe.model.card.ToyGrid;
import dev.loupe.model.card.Vary;
import dev.loupe.model.optimizer.Adam;
import dev.loupe.model.optimizer.AdamW;
import dev.loupe.model.optimizer.Optimizer;
import dev.loupe.model.optimizer.Sgd;
import dev.loupe.model.toy.PairEmbeddingMlpConfig;
import dev.loupe.model.toy.ToyActivation;
import dev.loupe.model.toy.ToyAutoencoderConfig;
import dev.loupe.model.toy.ToyConfig;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToyTaskTest {
    private static final ToyAutoencoderConfig CONFIG = new ToyAutoencoderConfig(5, 2, ToyActivation.RELU, 0.1);
    private static final SparseFeatures FEATURES =
            new SparseFeatures(5, List.of(0.7), SparseFeatures.Distribution.UNIFORM, 0.9, 32, null);
    private static final Optimizer ADAM = new Adam(1e-2, 0.9, 0.999, 1e-8, 0);

    @Test
    void instancesTrainedTogetherEndWhereEachAloneEnds() {
        try (NDManager manager = NDManager.newBaseManager()) {
            float[] together = train(manager, ADAM, 60, 3, 4, 5).parameters();
            for (int i = 0; i < 3; i++) {
                float[] alone = train(manager, ADAM, 60, 3 + i).parameters();
                float[] own = Arrays.copyOfRange(together, i * alone.length, (i + 1) * alone.length);
                assertThat(own).containsExactly(alone, within(1e-6f));
            }
        }
    }

    @Test
    void trainingLowersTheLossOfEveryInstance() {
        try (NDManager manager = NDManager.newBaseManager()) {
            TrainingSnapshot end = train(manager, new Sgd(0.5, 0.9, 0), 800, 3, 4);
            // Predicting zero costs the mean importance times E[x^2], about 0.82 * 0.3 / 3.
            float[] losses = end.losses();
            for (int i = 0; i < 2; i++) {
                double mean = 0;
                for (int record = losses.length / 2 - 20; record < losses.length / 2; record++) {
                    mean += losses[2 * record + i] / 20;
                }
                assertThat(mean).isLessThan(0.5 * 0.08);
            }
        }
    }

    @Test
    void everyArrayOfAStepEndsWithTheStep() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Set<Integer> openAtStepStart = new HashSet<>();
            ToyTask task = task(1, 2);
            Trainable counting = new Trainable() {
                @Override
                public int instances() {
                    return task.instances();
                }

                @Override
                public ParameterLayout layout() {
                    return task.layout();
                }

                @Override
                public float[] initial(int instance) {
                    return task.initial(instance);
                }

                @Override
                public NDArray loss(Map<String, NDArray> parameters, long step, NDManager scope) {
                    openAtStepStart.add(openInAndAbove(scope.getParentManager()));
                    return task.loss(parameters, step, scope);
                }
            };
            new Trainer(manager, Engine.getInstance()::newGradientCollector)
                    .run(counting, plan(ADAM, 300), Keeper.NONE, Progress.silent(), new StopSignal());
            assertThat(openAtStepStart).hasSize(1);
            assertThat(manager.getManagedArrays()).isEmpty();
        }
    }

    /** Arrays held by a manager and all that it was made from. */
    private static int openInAndAbove(NDManager manager) {
        int open = 0;
        for (NDManager at = manager; at != null; at = at.getParentManager()) {
            open += at.getManagedArrays().size();
        }
        return open;
    }

    private static TrainingSnapshot train(NDManager manager, Optimizer optimizer, int steps, long... seeds) {
        return new Trainer(manager, Engine.getInstance()::newGradientCollector)
                .run(task(seeds), plan(optimizer, steps), Keeper.NONE, Progress.silent(), new StopSignal());
    }

    private static TrainingPlan plan(Optimizer optimizer, int steps) {
        return new TrainingPlan(steps, optimizer, Schedule.CONSTANT, 1, CheckpointSchedule.LAST_ONLY, 1000);
    }

    private static ToyTask task(long... seeds) {
        ToyGrid one = new ToyGrid(CONFIG, List.of(CONFIG), List.of(0.7), Map.of("copy", List.of("0")));
        return new ToyTask(one, FEATURES, seeds, new StepRows.Fresh(32));
    }

    /** Every point of a grid trained with the others on the instance axis ends where it ends alone. */
    @Test
    void aGridTrainedTogetherEndsWhereEachPointAloneEnds() {
        Recipe recipe =
                recipe(new Vary(List.of(ToyActivation.RELU, ToyActivation.GELU), List.of(0.0, 0.5), List.of(1, 3)));
        ToyGrid grid = ToyGrid.of(CONFIG, FEATURES, recipe);
        assertThat(grid.axes().keySet()).containsExactly("activation", "dropout", "hidden", "sparsity", "copy");
        long[] seeds = ToyBlueprint.seeds(grid, List.of(7L));
        try (NDManager manager = NDManager.newBaseManager()) {
            float[] together = run(manager, new ToyTask(grid, FEATURES, seeds, new StepRows.Fresh(32)));
            int each = together.length / grid.instances();
            for (int i = 0; i < grid.instances(); i++) {
                ToyConfig own = grid.each().get(i);
                ToyGrid alone = new ToyGrid(own, List.of(own), List.of(0.7), Map.of("copy", List.of("0")));
                float[] expected =
                        run(manager, new ToyTask(alone, FEATURES, new long[] {seeds[i]}, new StepRows.Fresh(32)));
                float[] found = Arrays.copyOfRange(together, i * each, (i + 1) * each);
                // W of the widest network is [3, 5]: a narrow network fills its first rows, the others stay zero.
                int filled = own.hidden() * 5;
                assertThat(Arrays.copyOf(found, filled))
                        .containsExactly(Arrays.copyOf(expected, filled), within(1e-5f));
                assertThat(Arrays.copyOfRange(found, filled, 15)).isEqualTo(new float[15 - filled]);
                assertThat(Arrays.copyOfRange(found, 15, 20))
                        .containsExactly(Arrays.copyOfRange(expected, filled, filled + 5), within(1e-5f));
            }
        }
    }

    /** Addition modulo 7 with all pairs in every step is learned by both kinds of embedding. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void learnsModularAddition(boolean shared) {
        ModularPairs pairs =
                new ModularPairs(7, ModularPairs.Operation.ADD, HeldOut.ALL, 0.4, ModularPairs.Pairs.ORDERED);
        ToyGrid one = ToyGrid.single(new PairEmbeddingMlpConfig(7, 32, 0, ToyActivation.RELU, shared));
        try (NDManager manager = NDManager.newBaseManager()) {
            ToyTask task = new ToyTask(one, pairs, new long[] {1, 2}, new StepRows.Everything(pairs));
            float[] losses = trained(manager, task, new AdamW(1e-2, 0.9, 0.999, 1e-8, 0.01), 300, 0)
                    .losses();
            assertThat(losses[0]).isGreaterThan(0.5f);
            assertThat(losses[losses.length - 2]).isLessThan(0.05f);
            assertThat(losses[losses.length - 1]).isLessThan(0.05f);
        }
    }

    /** An instance whose loss is below the limit keeps its weights, whoever else is still learning. */
    @Test
    void anInstanceBelowTheLimitKeepsItsWeights() {
        ModularPairs pairs =
                new ModularPairs(7, ModularPairs.Operation.ADD, HeldOut.ALL, 0.4, ModularPairs.Pairs.ORDERED);
        ToyGrid one = ToyGrid.single(new PairEmbeddingMlpConfig(7, 32, 0, ToyActivation.RELU, false));
        Optimizer decays = new AdamW(1e-2, 0.9, 0.999, 1e-8, 0.01);
        try (NDManager manager = NDManager.newBaseManager()) {
            StepRows.Everything all = new StepRows.Everything(pairs);
            TrainingSnapshot both = trained(manager, new ToyTask(one, pairs, new long[] {1, 2}, all), decays, 300, 0.5);
            TrainingSnapshot first = trained(manager, new ToyTask(one, pairs, new long[] {1}, all), decays, 300, 0.5);
            int each = first.parameters().length;
            assertThat(Arrays.copyOf(both.parameters(), each)).containsExactly(first.parameters(), within(1e-5f));
            assertThat(first.step()).isLessThan(300);
            float last = first.losses()[first.losses().length - 1];
            assertThat(last).isBetween(0.3f, 0.5f);
            TrainingSnapshot longer = trained(manager, new ToyTask(one, pairs, new long[] {1}, all), decays, 600, 0.5);
            assertThat(longer.parameters()).containsExactly(first.parameters(), within(1e-6f));
        }
    }

    /** Within one pass over a fixed training set every row is taken once by each instance. */
    @Test
    void aPassTakesEveryRowOnce() {
        ModularPairs pairs =
                new ModularPairs(5, ModularPairs.Operation.ADD, HeldOut.ALL, 0.4, ModularPairs.Pairs.ORDERED);
        ToyGrid one = ToyGrid.single(new PairEmbeddingMlpConfig(5, 4, 0, ToyActivation.RELU, false));
        StepRows rows = new StepRows.Shuffled(pairs, 5);
        ToyTask task = new ToyTask(one, pairs, new long[] {1, 2}, rows);
        try (NDManager manager = NDManager.newBaseManager()) {
            List<String> firstPass = passes(rows, task, manager, 0);
            List<String> second = passes(rows, task, manager, 5);
            assertThat(firstPass).hasSize(25).doesNotHaveDuplicates();
            assertThat(second).containsExactlyInAnyOrderElementsOf(firstPass).isNotEqualTo(firstPass);
        }
    }

    /** The rows of five steps of instance 1, each as its two numbers. */
    private static List<String> passes(StepRows rows, ToyTask task, NDManager manager, int from) {
        List<String> seen = new ArrayList<>();
        for (int step = from; step < from + 5; step++) {
            float[] x = rows.of(task, step, manager).x().get(1).toFloatArray();
            for (int row = 0; row < 5; row++) {
                seen.add(Arrays.toString(Arrays.copyOfRange(x, row * 2, (row + 1) * 2)));
            }
        }
        return seen;
    }

    private static float[] run(NDManager manager, ToyTask task) {
        return trained(manager, task, ADAM, 60, 0).parameters();
    }

    private static TrainingSnapshot trained(
            NDManager manager, ToyTask task, Optimizer optimizer, int steps, double stopBelow) {
        TrainingPlan plan =
                new TrainingPlan(steps, optimizer, Schedule.CONSTANT, 0, CheckpointSchedule.LAST_ONLY, 1000, stopBelow);
        return new Trainer(manager, Engine.getInstance()::newGradientCollector)
                .run(task, plan, Keeper.NONE, Progress.silent(), new StopSignal());
    }

    private static Recipe recipe(Vary vary) {
        return new Recipe(
                FEATURES,
                32,
                60,
                ADAM,
                Schedule.CONSTANT,
                0,
                "all",
                1,
                CheckpointSchedule.LAST_ONLY,
                List.of(0L),
                Recipe.TrainingSet.FRESH,
                StopRule.NEVER,
                vary,
                null,
                List.of(),
                0,
                null);
    }
}
