package dev.loupe.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.forward.Captures;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.Parameters;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.recipe.Penalty;
import dev.loupe.model.recipe.PenaltyDirection;
import dev.loupe.model.recipe.PenaltySite;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.train.step.Classes;
import dev.loupe.train.step.Noise;
import dev.loupe.train.step.StepTerms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings with noise on the embedding and with a penalty, from the card to the weights. */
class TrainingAdditionsTest {
    private static final double DEVIATION = .3;
    private static final double WEIGHT = 4;
    private static final float[] UNIT = {0, .6f, 0, 0, -.8f, 0, 0, 0};

    private static final String CARD = """
            card: trained
            title: a model for this test
            architecture:
              transformer: {n_layers: 1, d_model: 8, n_heads: 2, n_ctx: 8, d_vocab: 9, d_mlp: 16, act_fn: gelu}
            recipe:
              data: {generator: repeated-tokens, period: 3..4, length: 8}
              batch: 4
              steps: 12
              optimizer: {kind: adamw, learning-rate: 1e-2, epsilon: 1e-3}
              clip: 1
              checkpoints: {at: [0, 1]}
              seeds: [5, 6]
            """;
    private static final String NOISE = "  embedding-noise: 0.3\n";
    private static final String PENALTY =
            "  penalty: {site: L0.resid_post, direction: {numbers: [0, 3, 0, 0, -4, 0, 0, 0]}, weight: 4}\n";

    @TempDir
    Path folder;

    private CardFile card(String name, String additions) throws IOException {
        Path card = Files.createDirectories(folder.resolve(name)).resolve("card.yaml");
        return CardFile.read(Files.writeString(card, CARD + additions));
    }

    private Map<Long, WeightsFiles> train(CardFile card, Path cache, List<Long> seeds) {
        try (NDManager manager = NDManager.newBaseManager()) {
            return new TrainedModels(manager, Engine.getInstance()::newGradientCollector)
                    .ensure(card, seeds, cache, Progress.silent(), new StopSignal());
        }
    }

    private static TransformerBlueprint blueprint(CardFile card) {
        return (TransformerBlueprint) TrainedModels.blueprint(card.name(), TrainedModels.trained(card));
    }

    private static float[] weights(CardFile card, Path file) {
        SafetensorsFile in = SafetensorsFile.open(file);
        return blueprint(card).network().flat(name -> in.tensor(name).floats());
    }

    /**
     * One step of AdamW written out. The loss is the plain task's on an embedding to which this test adds the noise itself, and
     * the penalty is a sum over the numbers of the residual stream, its gradient taken by differences.
     */
    @Test
    void oneStepIsThatOfAPlainLoop() throws IOException {
        CardFile both = card("both", NOISE + PENALTY);
        WeightsFiles files = train(both, folder.resolve("cache"), List.of(5L)).get(5L);
        float[] x = weights(both, files.checkpoint(5, 0));
        TokenTask plain = (TokenTask) blueprint(card("plain", "")).task(List.of(5L));
        float[] g = gradient(plain, x);
        double norm = 0;
        for (float each : g) {
            norm += (double) each * each;
        }
        double scale = Math.min(1, 1 / (Math.sqrt(norm) + 1e-6));
        float[] decayed = plain.layout().decayMask();
        float[] after = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            double to = scale * g[i];
            double by = Math.abs(scale * g[i]) + 1e-3;
            after[i] = (float) (x[i] * (1 - 1e-2 * .01 * decayed[i]) - 1e-2 * to / by);
        }
        assertThat(weights(both, files.checkpoint(5, 1))).containsExactly(after, within(2e-5f));
        assertThat(weights(both, files.checkpoint(5, 1)))
                .as("without noise and penalty it is another step")
                .isNotEqualTo(weights(
                        card("plain", ""),
                        train(card("plain", ""), folder.resolve("cache"), List.of(5L))
                                .get(5L)
                                .checkpoint(5, 1)));
    }

    /** Of the loss with this test's own noise and penalty. */
    private static float[] gradient(TokenTask plain, float[] x) {
        TokenBatch batch = plain.batch(0);
        HookPoint post = HookPoint.of(Site.RESID_POST, 0);
        try (NDManager scope = NDManager.newBaseManager()) {
            NDArray leaf = scope.create(x, new Shape(1, x.length));
            leaf.setRequiresGradient(true);
            NDArray noise = scope.create(noise(), new Shape(1, 4, 8, 8));
            NDArray[] kept = new NDArray[1];
            HookVisitor mine = new HookVisitor() {
                @Override
                public boolean wants(HookPoint point) {
                    return point.equals(post) || point.site() == Site.EMBED;
                }

                @Override
                public NDArray visit(HookPoint point, NDArray value) {
                    if (point.equals(post)) {
                        kept[0] = value.reshape(value.getShape());
                        kept[0].attach(scope);
                        return value;
                    }
                    return value.add(noise);
                }
            };
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray logits = plain.network()
                        .logits(plain.layout().split(leaf), scope.create(batch.tokens(), new Shape(1, 4, 8)), mine);
                NDArray answers = scope.create(batch.weights(9), new Shape(1, 4, 8, 9));
                NDArray loss = Classes.crossEntropy(logits, answers).sum();
                NDArray coordinate = kept[0].mul(scope.create(UNIT)).sum(new int[] {3});
                NDArray penalty = coordinate.mul(coordinate).mean().mul(WEIGHT);
                collector.backward(loss.add(penalty));
            }
            return leaf.getGradient().toFloatArray();
        }
    }

    /** The stream of each row of seed 5 in step 0, named here once more. */
    private static float[] noise() {
        float[] all = new float[4 * 64];
        for (int row = 0; row < 4; row++) {
            float[] drawn =
                    Noise.of(Noise.seed(5, "embedding-noise", 0), "row", row).normal(64, DEVIATION);
            System.arraycopy(drawn, 0, all, row * 64, 64);
        }
        return all;
    }

    /** Those on request too, and the embedding. */
    @Test
    void everyHookPointWithDirectionsCanBePenalised() throws IOException {
        TokenTask plain = (TokenTask) blueprint(card("plain", "")).task(List.of(5L, 6L));
        List<String> sites = List.of(
                "embed",
                "pos_embed",
                "L0.resid_pre",
                "L0.ln1.normalized",
                "L0.attn_out",
                "L0.resid_mid",
                "L0.mlp_in",
                "L0.ln2.normalized",
                "L0.mlp.pre",
                "L0.mlp.post",
                "L0.mlp_out",
                "L0.resid_post",
                "ln_final.normalized",
                "unembed.in");
        float[] without = losses(plain);
        for (String site : sites) {
            List<Double> numbers = new ArrayList<>(Collections.nCopies(site.startsWith("L0.mlp.p") ? 16 : 8, 0.0));
            numbers.set(3, 2.0);
            Penalty penalty = new Penalty(PenaltySite.parse(site), new PenaltyDirection.Numbers(numbers), 100);
            float[] with = losses(new TokenTask(
                    plain.network(), plain.data(), plain.seeds(), plain.rows(), null, new StepTerms(0, penalty)));
            for (int i = 0; i < 2; i++) {
                assertThat(with[i]).as(site).isFinite().isGreaterThan(without[i]);
            }
        }
    }

    private static float[] losses(TokenTask task) {
        int size = task.layout().size();
        float[] x = Arrays.copyOf(task.initial(0), 2 * size);
        System.arraycopy(task.initial(1), 0, x, size, size);
        try (NDManager scope = NDManager.newBaseManager()) {
            return task.loss(task.layout().split(scope.create(x, new Shape(2, size))), 0, scope)
                    .toFloatArray();
        }
    }

    @Test
    void seedsTrainedTogetherEndWhereEachAloneEnds() throws IOException {
        CardFile both = card("both", NOISE + PENALTY);
        Map<Long, WeightsFiles> together = train(both, folder.resolve("together"), List.of(5L, 6L));
        for (long seed : List.of(5L, 6L)) {
            WeightsFiles alone =
                    train(both, folder.resolve("alone" + seed), List.of(seed)).get(seed);
            assertThat(weights(both, together.get(seed).last(seed)))
                    .containsExactly(weights(both, alone.last(seed)), within(2e-4f));
        }
    }

    @Test
    void equalSeedsGiveEqualBytes() throws IOException {
        CardFile both = card("both", NOISE + PENALTY);
        WeightsFiles once = train(both, folder.resolve("once"), List.of(5L)).get(5L);
        WeightsFiles again = train(both, folder.resolve("again"), List.of(5L)).get(5L);
        assertThat(Files.readAllBytes(again.last(5))).isEqualTo(Files.readAllBytes(once.last(5)));
        assertThat(WeightsFiles.made(once.last(5)))
                .endsWith(", with noise of standard deviation 0.3 on the embedding and a penalty of weight 4.0 along a "
                        + "direction at blocks.0.hook_resid_post");
    }

    /** What a trained model answers and how it is measured has no noise in it: the same numbers as of a card without. */
    @Test
    void aTrainedModelIsMeasuredWithoutNoise() throws IOException {
        CardFile noisy = card("noisy", NOISE);
        Path weights =
                train(noisy, folder.resolve("cache"), List.of(5L)).get(5L).last(5);
        try (NDManager manager = NDManager.newBaseManager()) {
            assertThat(HeldOutFigures.measure(noisy, weights, manager))
                    .isEqualTo(HeldOutFigures.measure(card("plain", ""), weights, manager));
        }
    }

    /** Of two trainings that differ by the penalty alone, the one with it has a smaller coordinate in the end. */
    @Test
    void thePenaltyLowersTheCoordinate() throws IOException {
        CardFile noisy = card("noisy", NOISE);
        CardFile both = card("both", NOISE + PENALTY);
        assertThat(coordinate(both)).isLessThan(.8 * coordinate(noisy));
    }

    private double coordinate(CardFile card) {
        Path file = train(card, folder.resolve("cache"), List.of(5L)).get(5L).last(5);
        SafetensorsFile in = SafetensorsFile.open(file);
        TransformerNetwork network = blueprint(card).network();
        try (NDManager scope = NDManager.newBaseManager()) {
            Captures captures = new Captures(List.of(HookPoint.of(Site.RESID_POST, 0)), scope);
            new Transformer(Parameters.of(
                            network.config(), name -> in.tensor(name).floats(), scope))
                    .forward(
                            ForwardRequest.of(scope.create(new long[] {0, 1, 2, 3, 4, 5, 6, 7}, new Shape(1, 8))),
                            captures,
                            scope);
            float[] x = captures.get(HookPoint.of(Site.RESID_POST, 0)).toFloatArray();
            double sum = 0;
            for (int pos = 0; pos < 8; pos++) {
                float[] own = Arrays.copyOfRange(x, pos * 8, pos * 8 + 8);
                double along = own[1] * .6 - own[4] * .8;
                sum += along * along / 8;
            }
            return sum;
        }
    }
}
