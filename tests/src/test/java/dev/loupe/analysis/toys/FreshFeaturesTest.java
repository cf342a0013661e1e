package dev.loupe.analysis.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.analysis.planning.InstanceGrid;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.features.SparseFeatures;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.execute.load.ToyForward;
import dev.loupe.model.card.ToyGrid;
import dev.loupe.model.toy.HiddenDropout;
import dev.loupe.model.toy.InstanceActivations;
import dev.loupe.model.toy.ToyActivation;
import dev.loupe.model.toy.ToyAutoencoderConfig;
import dev.loupe.result.Axis;
import dev.loupe.train.ToyLoss;
import dev.loupe.train.step.Noise;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Losses against the loss of training on the same vectors, geometry against numbers worked out by hand. */
class FreshFeaturesTest {
    private static final int ROWS = 4000;
    private static final float[] W = {.9f, -.4f, .3f, .2f, .7f, -.6f, 1.1f, .1f, -.5f, .4f, .8f, -.2f};
    private static final float[] B = {.1f, -.2f, .05f, .3f, -.1f, .2f};

    private static SparseFeatures data(double decay) {
        return new SparseFeatures(3, List.of(0.2, 0.6), SparseFeatures.Distribution.SIGNED_UNIFORM, decay, ROWS, null);
    }

    private static ToyForward toy(ToyActivation activation, double dropout, NDManager manager) {
        return toy(new ToyAutoencoderConfig(3, 2, activation, dropout), List.of("0.2", "0.6"), 1, W, B, manager);
    }

    private static ToyForward toy(
            ToyAutoencoderConfig config, List<String> sparsities, int copies, float[] w, float[] b, NDManager manager) {
        Map<String, List<String>> axes = new LinkedHashMap<>();
        axes.put("sparsity", sparsities);
        axes.put("copy", Axis.counted("copy", copies).labels());
        int instances = sparsities.size() * copies;
        ToyGrid grid = new ToyGrid(config, Collections.nCopies(instances, config), List.of(), axes);
        return new ToyForward(grid, Map.of(ToyAutoencoderConfig.W, w, ToyAutoencoderConfig.B, b), manager);
    }

    private static FreshFeatures evaluate(ToyForward toy, SparseFeatures data, int rows, long seed) {
        List<Axis> axes = toy.grid().axes().entrySet().stream()
                .map(axis -> new Axis(axis.getKey(), axis.getValue()))
                .toList();
        return FreshFeatures.evaluate(toy, new InstanceGrid(axes), data, rows, seed, FreshFeaturesTest::drops);
    }

    private static FreshFeatures evaluated(ToyForward toy, SparseFeatures data) {
        return evaluate(toy, data, ROWS, 5);
    }

    /** Those of the trainer's first step, where seed i + 1 belongs to instance i. */
    private static DoubleSupplier drops(int instance) {
        return Noise.of(instance + 1, "dropout", 0)::uniform;
    }

    /** What the loss of training is on the vectors that the analysis draws with seed 5: [instance]. */
    private static float[] trained(ToyForward toy, SparseFeatures data, NDManager manager) {
        float[] losses = new float[2];
        for (int i = 0; i < 2; i++) {
            float[] x = new float[ROWS * 3];
            data.fill(RowRandom.mix(5 + i), ROWS, data.sparsity().get(i), x, 0);
            ToyAutoencoderConfig config = (ToyAutoencoderConfig) toy.grid().widest();
            Map<String, NDArray> alone = Map.of(
                    "W", manager.create(Arrays.copyOfRange(W, i * 6, i * 6 + 6), new Shape(1, 2, 3)),
                    "b", manager.create(Arrays.copyOfRange(B, i * 3, i * 3 + 3), new Shape(1, 3)));
            float[] keep = new float[ROWS * 2];
            new HiddenDropout.Rows(ROWS, 2, 2).fill(keep, 0, config.dropout(), drops(i));
            NDArray input = manager.create(x, new Shape(1, ROWS, 3));
            NDArray output = config.network(alone, InstanceActivations.all(config.activation(), 1))
                    .output(input, manager.create(keep, new Shape(1, ROWS, 2)));
            losses[i] = ToyLoss.of(data, output, input, manager).getFloat(0);
        }
        return losses;
    }

    @ParameterizedTest
    @EnumSource(ToyActivation.class)
    void theLossIsTheTrainersForEveryActivation(ToyActivation activation) {
        try (NDManager manager = Backend.cpu()) {
            ToyForward toy = toy(activation, 0, manager);
            for (double decay : new double[] {1, 0.5}) {
                FreshFeatures found = evaluated(toy, data(decay));
                float[] weighted = trained(toy, data(decay), manager);
                float[] alike = trained(toy, data(1), manager);
                for (int i = 0; i < 2; i++) {
                    FreshFeatures.Losses losses = found.losses().get(i);
                    assertThat(losses.weighted()).isEqualTo(weighted[i], within(1e-6));
                    assertThat(losses.unweighted()).isEqualTo(alike[i], within(1e-6));
                    assertThat(losses.dropout()).isEqualTo(weighted[i], within(1e-6));
                }
                assertThat(weighted[0]).isNotCloseTo(weighted[1], within(1e-4f));
            }
        }
    }

    @Test
    void withDropoutTheLossIsTheTrainersToo() {
        try (NDManager manager = Backend.cpu()) {
            ToyForward toy = toy(ToyActivation.GELU, 0.5, manager);
            FreshFeatures found = evaluated(toy, data(0.5));
            float[] trained = trained(toy, data(0.5), manager);
            float[] without = trained(toy(ToyActivation.GELU, 0, manager), data(0.5), manager);
            for (int i = 0; i < 2; i++) {
                FreshFeatures.Losses losses = found.losses().get(i);
                assertThat(losses.weighted()).isEqualTo(without[i], within(1e-6));
                assertThat(losses.dropout()).isEqualTo(trained[i], within(1e-6));
                assertThat(losses.dropout()).isGreaterThan(1.2 * losses.weighted());
            }
        }
    }

    private static FreshFeatures byHand(NDManager manager, ToyActivation activation, float[] w, float[] b, int rows) {
        ToyForward toy = toy(new ToyAutoencoderConfig(2, 1, activation, 0), List.of("0.5"), 1, w, b, manager);
        SparseFeatures binary =
                new SparseFeatures(2, List.of(0.5), SparseFeatures.Distribution.BINARY, 0.25, rows, null);
        return evaluate(toy, binary, rows, 3);
    }

    /**
     * W = (1, 0), b = (0, 0.75), no activation: feature 0 comes back exactly, feature 1 is always read as 0.75. With
     * importances 1 and 1/4 a vector costs (1/4)(x_1 - 3/4)^2 / 2: 1/128 where x_1 = 1 and 9/128 where it is 0.
     */
    @Test
    void lossesAreMeansOverVectorsAndFeatures() {
        try (NDManager manager = Backend.cpu()) {
            int rows = 64;
            float[] x = new float[2 * rows];
            new SparseFeatures(2, List.of(0.5), SparseFeatures.Distribution.BINARY, 1, rows, null)
                    .fill(RowRandom.mix(3), rows, 0.5, x, 0);
            int on = 0;
            int first = 0;
            int second = 0;
            for (int row = 0; row < rows; row++) {
                on += x[2 * row + 1] == 1 ? 1 : 0;
                first += x[2 * row] == 1 && x[2 * row + 1] == 0 ? 1 : 0;
                second += x[2 * row] == 0 && x[2 * row + 1] == 1 ? 1 : 0;
            }
            FreshFeatures.Losses losses = byHand(
                            manager, ToyActivation.NONE, new float[] {1, 0}, new float[] {0, .75f}, rows)
                    .losses()
                    .get(0);
            double weighted = (on + 9.0 * (rows - on)) / 128 / rows;
            assertThat(losses.weighted()).isEqualTo(weighted, within(1e-9));
            assertThat(losses.unweighted()).isEqualTo(4 * weighted, within(1e-9));
            assertThat(losses.single()).isEqualTo((9.0 * first + second) / 128 / (first + second), within(1e-9));
            // 0.75 always says that feature 1 is there: one of two features is wrong where it is not.
            assertThat(losses.error()).isEqualTo((rows - on) / (2.0 * rows), within(1e-12));
        }
    }

    /** 0.25 never says that feature 1 is there, though it is above zero: wrong wherever the feature is on. */
    @Test
    void presenceIsToldFromOneHalfOn() {
        try (NDManager manager = Backend.cpu()) {
            float[] x = new float[128];
            new SparseFeatures(2, List.of(0.5), SparseFeatures.Distribution.BINARY, 1, 64, null)
                    .fill(RowRandom.mix(3), 64, 0.5, x, 0);
            int on = 0;
            for (int row = 0; row < 64; row++) {
                on += x[2 * row + 1] == 1 ? 1 : 0;
            }
            assertThat(on).isNotEqualTo(32);
            FreshFeatures found = byHand(manager, ToyActivation.NONE, new float[] {1, 0}, new float[] {0, .25f}, 64);
            assertThat(found.losses().get(0).error()).isEqualTo(on / 128.0, within(1e-12));
            FreshFeatures half = byHand(manager, ToyActivation.NONE, new float[] {1, 0}, new float[] {0, .5f}, 64);
            assertThat(half.losses().get(0).error())
                    .as("one half itself says no")
                    .isEqualTo(on / 128.0, within(1e-12));
        }
    }

    /** Copies of one sparsity are compared on the same vectors: equal weights lose the same. */
    @Test
    void copiesSeeTheSameVectors() {
        try (NDManager manager = Backend.cpu()) {
            float[] w = {.9f, -.4f, .9f, -.4f, .9f, -.4f, .9f, -.4f};
            ToyForward four = toy(
                    new ToyAutoencoderConfig(2, 1, ToyActivation.RELU, 0),
                    List.of("0.2", "0.6"),
                    2,
                    w,
                    new float[8],
                    manager);
            SparseFeatures data =
                    new SparseFeatures(2, List.of(0.2, 0.6), SparseFeatures.Distribution.UNIFORM, 1, 64, null);
            List<FreshFeatures.Losses> losses = evaluate(four, data, 64, 3).losses();
            assertThat(losses.get(1).weighted()).isEqualTo(losses.get(0).weighted());
            assertThat(losses.get(3).weighted()).isEqualTo(losses.get(2).weighted());
            assertThat(losses.get(2).weighted()).isNotEqualTo(losses.get(0).weighted());
        }
    }

    @Test
    void withoutLoneFeaturesTheirLossIsUndefined() {
        try (NDManager manager = Backend.cpu()) {
            SparseFeatures dense = new SparseFeatures(2, List.of(0.0), SparseFeatures.Distribution.BINARY, 1, 8, null);
            ToyForward toy = toy(
                    new ToyAutoencoderConfig(2, 1, ToyActivation.RELU, 0),
                    List.of("0"),
                    1,
                    new float[] {1, 0},
                    new float[2],
                    manager);
            FreshFeatures found = evaluate(toy, dense, 8, 3);
            assertThat(found.losses().get(0).single()).isNaN();
        }
    }

    /**
     * Instance 0 of W [2, 2, 3] has columns (.9, .2), (-.4, .7), (.3, -.6). Of the first: |W|^2 = .85, products with all
     * .85, -.22 and .15, so D = .85 / ((.7225 + .0484 + .0225) / .85) = .7225 / .7934.
     */
    @Test
    void geometryIsReadByInstanceHiddenAndFeature() {
        try (NDManager manager = Backend.cpu()) {
            FreshFeatures found = evaluated(toy(ToyActivation.RELU, 0, manager), data(1));
            assertThat(found.squaredNorm(0, 0)).isEqualTo(.85, within(1e-6));
            assertThat(found.squaredNorm(1, 2)).isEqualTo(.25 + .04, within(1e-6));
            assertThat(found.dimensionality(0, 0)).isEqualTo(.7225 / .7934, within(1e-6));
            assertThat(found.coordinate(0, 2, 1)).isEqualTo(-.6, within(1e-6));
            assertThat(found.coordinate(1, 0, 0)).isEqualTo(1.1, within(1e-6));
            assertThat(found.bias(1, 1)).isEqualTo(-.1, within(1e-6));
        }
    }

    @Test
    void aFeatureThatIsNotRepresentedHasNoDimension() {
        try (NDManager manager = Backend.cpu()) {
            FreshFeatures found = byHand(manager, ToyActivation.RELU, new float[] {1, 0}, new float[2], 8);
            assertThat(found.dimensionality(0, 1)).isEqualTo(0);
            assertThat(found.dimensionality(0, 0)).isEqualTo(1);
        }
    }

    @Test
    void theBestCopyOfEachSparsityHasTheLowestLoss() {
        List<FreshFeatures.Losses> losses = List.of(loss(3), loss(1), loss(2), loss(5), loss(6), loss(4));
        FreshFeatures found = new FreshFeatures(new float[0], new float[0], 1, 1, 3, losses);
        assertThat(found.shown(true)).containsExactly(1, 5);
        assertThat(found.shown(false)).containsExactly(0, 1, 2, 3, 4, 5);
        List<FreshFeatures.Losses> equal = List.of(loss(3), loss(1), loss(1));
        assertThat(new FreshFeatures(new float[0], new float[0], 1, 1, 3, equal).shown(true))
                .as("the first of equal ones")
                .containsExactly(1);
    }

    /** Unweighted and dropped losses run the other way, so that only the weighted one can decide. */
    private static FreshFeatures.Losses loss(double weighted) {
        return new FreshFeatures.Losses(weighted, -weighted, -weighted, -weighted, -weighted);
    }
}
