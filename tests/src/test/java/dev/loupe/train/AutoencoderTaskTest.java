package dev.loupe.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.model.card.Adam;
import dev.loupe.model.card.CheckpointSchedule;
import dev.loupe.model.card.Optimizer;
import dev.loupe.model.card.Schedule;
import dev.loupe.model.card.Sgd;
import dev.loupe.model.toy.ToyActivation;
import dev.loupe.model.toy.ToyAutoencoderConfig;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AutoencoderTaskTest {
    private static final ToyAutoencoderConfig CONFIG = new ToyAutoencoderConfig(5, 2, ToyActivation.RELU, 0.1);
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
            // predicting zero costs the mean importance times E[x^2] = 0.8 * 0.3 / 3
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
            AutoencoderTask task = task(1, 2);
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

    private static AutoencoderTask task(long... seeds) {
        FeatureSource sparse = (seed, rows, into, offset) -> {
            Noise noise = Noise.of(seed, "test", 0);
            for (int i = 0; i < rows * 5; i++) {
                into[offset + i] = noise.uniform() < 0.3 ? (float) noise.uniform() : 0;
            }
        };
        return new AutoencoderTask(
                CONFIG, seeds, Collections.nCopies(seeds.length, sparse), new float[] {1, .9f, .8f, .7f, .6f}, 32);
    }
}
