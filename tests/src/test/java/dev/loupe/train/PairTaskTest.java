package dev.loupe.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.loupe.model.card.AdamW;
import dev.loupe.model.card.CheckpointSchedule;
import dev.loupe.model.card.Schedule;
import dev.loupe.model.toy.PairEmbeddingMlpConfig;
import dev.loupe.model.toy.ToyActivation;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairTaskTest {
    /** Addition modulo 7 with all pairs in every step is learned by both kinds of embedding. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void learnsModularAddition(boolean shared) {
        PairEmbeddingMlpConfig config = new PairEmbeddingMlpConfig(7, 32, 0, ToyActivation.RELU, shared);
        PairSource addition = (seed, rows) -> {
            int[][] pairs = new int[rows][];
            for (int r = 0; r < rows; r++) {
                pairs[r] = new int[] {r / 7, r % 7, (r / 7 + r % 7) % 7};
            }
            return pairs;
        };
        TrainingPlan plan = new TrainingPlan(
                300, new AdamW(1e-2, 0.9, 0.999, 1e-8, 0.01), Schedule.CONSTANT, 0, CheckpointSchedule.LAST_ONLY, 1000);
        try (NDManager manager = NDManager.newBaseManager()) {
            TrainingSnapshot end = new Trainer(manager, Engine.getInstance()::newGradientCollector)
                    .run(
                            new PairTask(config, new long[] {1, 2}, addition, 49),
                            plan,
                            Keeper.NONE,
                            Progress.silent(),
                            new StopSignal());
            float[] losses = end.losses();
            assertThat(losses[0]).isGreaterThan(0.5f);
            assertThat(losses[losses.length - 2]).isLessThan(0.05f);
            assertThat(losses[losses.length - 1]).isLessThan(0.05f);
        }
    }
}
