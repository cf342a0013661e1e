package dev.loupe.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.loupe.dataset.repeats.DuplicateTokens;
import dev.loupe.dataset.repeats.RepeatedTokens;
import dev.loupe.model.card.CheckpointSchedule;
import dev.loupe.model.card.Schedule;
import dev.loupe.model.config.Activation;
import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.optimizer.AdamW;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.schema.shape.IntRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransformerTaskTest {
    private static final RepeatedTokens REPEATS = new RepeatedTokens(
            new IntRange(3, 4),
            2,
            null,
            RepeatedTokens.Tail.REPEAT,
            RepeatedTokens.Offset.NONE,
            null,
            true,
            null,
            8,
            null);

    /** Rows of different lengths, LayerNorm, an MLP: everything that could let instances touch. */
    private static final TransformerConfig CONFIG = TransformerConfig.builder(1, 16, 12, 13)
            .nHeads(2)
            .actFn(Activation.GELU_NEW)
            .build();

    private static final TransformerConfig BARE = TransformerConfig.builder(2, 16, 12, 13)
            .nHeads(2)
            .attnOnly(true)
            .normalizationType(Normalization.NONE)
            .build();

    @Test
    void instancesTrainedTogetherEndWhereEachAloneEnds() {
        try (NDManager manager = NDManager.newBaseManager()) {
            float[] together = train(manager, 12, 7, 8).parameters();
            for (int i = 0; i < 2; i++) {
                float[] alone = train(manager, 12, 7 + i).parameters();
                float[] own = Arrays.copyOfRange(together, i * alone.length, (i + 1) * alone.length);
                assertThat(own).containsExactly(alone, within(2e-4f));
            }
        }
    }

    @Test
    void garbageCollectionDoesNotChangeGradients() {
        try (NDManager manager = NDManager.newBaseManager()) {
            TokenTask task = task(CONFIG, 1, 2);
            NDArray parameters = initial(task, manager);
            float[] quiet = gradient(task, parameters, manager, false);
            for (int i = 0; i < 3; i++) {
                assertThat(gradient(task, parameters, manager, true)).isEqualTo(quiet);
            }
        }
    }

    @Test
    void lossAndGradientAreThoseOfANetworkWrittenOut() {
        BareAttention bare = new BareAttention(2, 2, 16, 12, 13);
        TransformerNetwork packed = new TransformerNetwork(BARE);
        try (NDManager manager = NDManager.newBaseManager()) {
            TokenTask ours = task(BARE, 3);
            TokenTask theirs = new TokenTask(bare, REPEATS, new long[] {3}, 8, null);
            float[] start = ours.initial(0);
            List<NamedWeights> tensors = new TransformerBlueprint(packed, REPEATS, null).export(start);
            float[] named = bare.layout().join(byName(tensors));
            try (NDManager scope = manager.newSubManager()) {
                float a = ours.loss(packed.layout().split(scope.create(start).reshape(1, -1)), 4, scope)
                        .toFloatArray()[0];
                float b = theirs.loss(bare.layout().split(scope.create(named).reshape(1, -1)), 4, scope)
                        .toFloatArray()[0];
                assertThat(a).isCloseTo(b, within(1e-5f));
            }
            float[] ourGradient = gradient(ours, manager.create(start).reshape(1, -1), manager, false);
            float[] theirGradient = gradient(theirs, manager.create(named).reshape(1, -1), manager, false);
            float[] renamed =
                    bare.layout().join(byName(new TransformerBlueprint(packed, REPEATS, null).export(ourGradient)));
            assertThat(renamed).containsExactly(theirGradient, within(1e-5f));
        }
    }

    @Test
    void onlyAskedPositionsOfTheNamedClassAreTrained() {
        DuplicateTokens data = new DuplicateTokens(
                8, new IntRange(2, 3), null, DuplicateTokens.Task.OCCURRED_BEFORE, 12, null, 4, null);
        TransformerConfig config = BARE.with().dVocabOut(2).build();
        TokenBatch all = new TokenTask(new TransformerNetwork(config), data, new long[] {1}, 4, null).batch(0);
        TokenBatch some = new TokenTask(new TransformerNetwork(config), data, new long[] {1}, 4, "duplicate").batch(0);
        assertThat(all.asked()[0]).isEqualTo(4 * 8);
        assertThat(some.asked()[0]).isBetween(4 * 2, 4 * 3);
        assertThat(all.weights(2)).hasSize(4 * 9 * 2);
        float sum = 0;
        for (float weight : some.weights(2)) {
            sum += weight;
        }
        assertThat(sum).isCloseTo(1, within(1e-5f));
    }

    private static Map<String, float[]> byName(List<NamedWeights> tensors) {
        Map<String, float[]> named = new HashMap<>();
        tensors.forEach(tensor -> named.put(tensor.name(), tensor.values()));
        return named;
    }

    private static NDArray initial(TokenTask task, NDManager manager) {
        int size = task.layout().size();
        float[] all = new float[task.instances() * size];
        for (int i = 0; i < task.instances(); i++) {
            System.arraycopy(task.initial(i), 0, all, i * size, size);
        }
        return manager.create(all, new Shape(task.instances(), size));
    }

    private static float[] gradient(TokenTask task, NDArray parameters, NDManager manager, boolean collectGarbage) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray leaf = parameters.stopGradient();
            leaf.attach(scope);
            leaf.setRequiresGradient(true);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray loss = task.loss(task.layout().split(leaf), 5, scope);
                if (collectGarbage) {
                    // Java buffers that nobody holds are released now, and their memory is used for something else.
                    System.gc();
                    List<float[]> others = new ArrayList<>();
                    for (int i = 0; i < 200; i++) {
                        others.add(scope.create(new float[] {Float.NaN}).toFloatArray());
                    }
                }
                collector.backward(loss.sum());
            }
            NDArray gradient = leaf.getGradient();
            gradient.attach(scope);
            return gradient.toFloatArray();
        }
    }

    private static TrainingSnapshot train(NDManager manager, int steps, long... seeds) {
        TrainingPlan plan = new TrainingPlan(
                steps,
                new AdamW(1e-3, 0.9, 0.98, 1e-6, 0.01),
                Schedule.CONSTANT,
                1,
                CheckpointSchedule.LAST_ONLY,
                1000);
        return new Trainer(manager, Engine.getInstance()::newGradientCollector)
                .run(task(CONFIG, seeds), plan, Keeper.NONE, Progress.silent(), new StopSignal());
    }

    private static TokenTask task(TransformerConfig config, long... seeds) {
        return new TokenTask(new TransformerNetwork(config), REPEATS, seeds, 8, null);
    }
}
