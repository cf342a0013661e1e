package dev.loupe.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.identity.CardIdentity;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.train.step.Noise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that begins with the weights of another model. */
class FineTuningTest {
    private static final String CARD = """
            card: trained
            title: a model for this test
            architecture:
              transformer: {n_layers: 1, d_model: 8, n_heads: 2, n_ctx: 8, d_vocab: 9, d_mlp: 16, act_fn: gelu}
            recipe:
              data: {generator: repeated-tokens, period: 3..4, length: 8}
              batch: 4
              steps: 30
              optimizer: {kind: adamw, learning-rate: 1e-2, epsilon: 1e-3}
              clip: 1
              checkpoints: {at: [0, 3, 20]}
              seeds: [5, 6]
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void cards() throws IOException {
        card("base", CARD);
        card("tuned", CARD.replace("recipe:", "recipe:\n  from: {card: base}"));
    }

    private void card(String name, String text) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve(name)).resolve("card.yaml"), text);
    }

    private CardFile read(String name) {
        return CardFile.read(folder.resolve(name).resolve("card.yaml"));
    }

    private WeightsFiles train(String name, long seed) {
        try (NDManager manager = NDManager.newBaseManager()) {
            return new TrainedModels(manager, Engine.getInstance()::newGradientCollector)
                    .ensure(read(name), List.of(seed), folder.resolve("cache"), Progress.silent(), new StopSignal())
                    .get(seed);
        }
    }

    private static void equal(Path one, Path other) {
        SafetensorsFile a = SafetensorsFile.open(one);
        SafetensorsFile b = SafetensorsFile.open(other);
        assertThat(a.names()).containsExactlyInAnyOrderElementsOf(b.names());
        for (String name : a.names()) {
            assertThat(a.tensor(name).floats())
                    .as(name)
                    .containsExactly(b.tensor(name).floats());
        }
    }

    @Test
    void noStepsLeaveTheWeightsOfTheBaseBitForBit() throws IOException {
        WeightsFiles tuned = train("tuned", 5);
        WeightsFiles base = train("base", 5);
        equal(tuned.checkpoint(5, 0), base.last(5));
        assertThat(SafetensorsFile.open(tuned.last(5)).metadata()).containsEntry("loupe.base", "base seed 5");
        assertThat(WeightsFiles.made(tuned.last(5))).endsWith(", beginning with the weights of base seed 5");

        card("other", CARD.replace("recipe:", "recipe:\n  from: {card: base, seed: 6, step: 20}"));
        WeightsFiles other = train("other", 5);
        equal(other.checkpoint(5, 0), train("base", 6).checkpoint(6, 20));
        assertThat(SafetensorsFile.open(other.last(5)).metadata()).containsEntry("loupe.base", "base seed 6 step 20");
    }

    /** AdamW written out, on the rows of the card's own seed in a second phase, with moments that begin at zero. */
    @Test
    void itsStepsAreThoseOfAPlainLoop() {
        WeightsFiles tuned = train("tuned", 5);
        TransformerBlueprint blueprint =
                (TransformerBlueprint) TrainedModels.blueprint("tuned", TrainedModels.trained(read("tuned")));
        Trainable task = blueprint.task(List.of(Noise.seed(5, "phase", 1)));
        float[] decayed = task.layout().decayMask();
        float[] x = weights(blueprint, train("base", 5).last(5));
        double[] m = new double[x.length];
        double[] v = new double[x.length];
        try (NDManager manager = NDManager.newBaseManager()) {
            for (int step = 0; step < 3; step++) {
                float[] g = gradient(task, x, step, manager);
                double norm = 0;
                for (float each : g) {
                    norm += (double) each * each;
                }
                double scale = Math.min(1, 1 / (Math.sqrt(norm) + 1e-6));
                for (int i = 0; i < x.length; i++) {
                    m[i] = .9 * m[i] + .1 * scale * g[i];
                    v[i] = .999 * v[i] + .001 * scale * g[i] * scale * g[i];
                    double to = m[i] / (1 - Math.pow(.9, step + 1));
                    double by = Math.sqrt(v[i] / (1 - Math.pow(.999, step + 1))) + 1e-3;
                    x[i] = (float) (x[i] * (1 - 1e-2 * .01 * decayed[i]) - 1e-2 * to / by);
                }
            }
        }
        float[] ours = weights(blueprint, tuned.checkpoint(5, 3));
        double worst = 0;
        for (int i = 0; i < x.length; i++) {
            worst = Math.max(worst, Math.abs(x[i] - ours[i]));
        }
        assertThat(worst).as("largest difference after three steps of 1e-2").isLessThan(1e-5);
    }

    private static float[] weights(TransformerBlueprint blueprint, Path file) {
        SafetensorsFile in = SafetensorsFile.open(file);
        return blueprint.network().flat(name -> in.tensor(name).floats());
    }

    private static float[] gradient(Trainable task, float[] x, long step, NDManager manager) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray leaf = scope.create(x, new Shape(1, x.length));
            leaf.setRequiresGradient(true);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                collector.backward(
                        task.loss(task.layout().split(leaf), step, scope).sum());
            }
            NDArray gradient = leaf.getGradient();
            gradient.attach(scope);
            return gradient.toFloatArray();
        }
    }

    @Test
    void itsRowsAreOthersThanThoseOfTheBase() throws IOException {
        card("again", CARD.replace("recipe:", "recipe:\n  from: {card: tuned}"));
        assertThat(List.of(first("base", 5), first("tuned", 5), first("again", 5)))
                .doesNotHaveDuplicates();
    }

    private List<Long> first(String name, long seed) {
        CardFile card = read(name);
        TransformerBlueprint blueprint =
                (TransformerBlueprint) TrainedModels.blueprint(name, TrainedModels.trained(card));
        int depth = card.base() == null ? 0 : card.base().phase();
        long own = depth == 0 ? seed : Noise.seed(seed, "phase", depth);
        TokenTask task = (TokenTask) blueprint.task(List.of(own));
        return Arrays.stream(task.batch(0).tokens()).boxed().toList();
    }

    @Test
    void itsIdentityIncludesThatOfTheBase() throws IOException {
        String own = CardIdentity.of(read("tuned"), 5).hash();
        assertThat(CardIdentity.of(read("tuned"), 5).canonical())
                .contains("\"from\":\"" + CardIdentity.of(read("base"), 5).hash() + "\"");
        card("tuned", CARD.replace("recipe:", "recipe:\n  from: {card: base, seed: 5}"));
        assertThat(CardIdentity.of(read("tuned"), 5).hash())
                .as("the seed written out")
                .isEqualTo(own);
        card("tuned", CARD.replace("recipe:", "recipe:\n  from: {card: base, seed: 6}"));
        String otherSeed = CardIdentity.of(read("tuned"), 5).hash();
        card("tuned", CARD.replace("recipe:", "recipe:\n  from: {card: base, step: 20}"));
        String otherStep = CardIdentity.of(read("tuned"), 5).hash();
        card("renamed", CARD);
        card("tuned", CARD.replace("recipe:", "recipe:\n  from: {card: renamed}"));
        assertThat(CardIdentity.of(read("tuned"), 5).hash())
                .as("the same under another name")
                .isEqualTo(own);
        card("renamed", CARD.replace("steps: 30", "steps: 31"));
        String otherBase = CardIdentity.of(read("tuned"), 5).hash();
        assertThat(List.of(
                        own,
                        otherSeed,
                        otherStep,
                        otherBase,
                        CardIdentity.of(read("base"), 5).hash()))
                .doesNotHaveDuplicates();
    }
}
