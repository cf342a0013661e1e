package dev.loupe.analysis.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.features.Examples;
import dev.loupe.dataset.features.SparseFeatures;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.model.toy.ToyActivation;
import dev.loupe.model.toy.ToyAutoencoderConfig;
import dev.loupe.resolve.Specs;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotationTestTest {
    private static final SparseFeatures DATA =
            new SparseFeatures(2, List.of(0.5), SparseFeatures.Distribution.BINARY, 1, 64, null);

    private static double[] tested(double dropout) {
        float[] w = {1, 0, 0, 0};
        try (NDManager manager = Backend.cpu()) {
            ToyAutoencoderConfig config = new ToyAutoencoderConfig(2, 2, ToyActivation.NONE, dropout);
            WrittenToy toy = WrittenToy.copies(config, 1, Map.of("W", w, "b", new float[2]), manager);
            RotationTest test = new RotationTest(40, 4000, 4, 3);
            return new RotationTest.Work(test, DATA).compute(toy).data();
        }
    }

    /** Only feature 0 is represented; without dropout it comes back exactly, in any basis, and feature 1 never does. */
    @Test
    void withoutDropoutNoRotationMatters() {
        double[] found = tested(0);
        assertThat(found[0]).isEqualTo(.25, within(.02));
        assertThat(found[1]).isEqualTo(found[0], within(1e-6));
        assertThat(found[3]).isNaN();
    }

    /**
     * With dropout of one half a hidden value is doubled or zero: an error of its own size either way. Feature 0 on one neuron has
     * the whole error, x_0^2. Turned by an angle it is (cos^4 + sin^4) x_0^2, since the two neurons are dropped independently: 3/4
     * on average over angles and 1/2 at least. Feature 1 costs x_1^2, and both squares have mean 1/2: (1/2 + 1/2) / 2 in the own
     * basis, (3/8 + 1/2) / 2 on average, (1/4 + 1/2) / 2 at least; every rotation is better.
     */
    @Test
    void withDropoutTheLossDependsOnTheBasis() {
        double[] found = tested(.5);
        assertThat(found[0]).isEqualTo(.5, within(.02));
        assertThat(found[1]).isEqualTo(.4375, within(.03));
        assertThat(found[2]).isEqualTo(.375, within(.02));
        assertThat(found[3]).isBetween(.9, 1.0);
    }

    /** Eight random networks; of three copies asked for there are two. The same rotations and drops, worked out one by one. */
    @Test
    void everyPointHasItsOwnNetworksRowsAndRotations() {
        Autoencoders all = Autoencoders.random(8, .25);
        RotationTest test = new RotationTest(6, 40, 3, 5);
        RotationTest.Work work = new RotationTest.Work(test, Autoencoders.data());
        try (NDManager manager = Backend.cpu()) {
            NamedArray found = work.compute(all.toy(manager));
            NamedArray first =
                    new RotationTest.Work(new RotationTest(6, 40, 1, 5), Autoencoders.data()).compute(all.toy(manager));
            assertThat(found.axes().stream().map(Axis::name)).containsExactly("quantity", "hidden", "sparsity");
            assertThat(found.axis("quantity").labels()).containsExactly("own", "mean", "least", "share-below");
            for (int point = 0; point < 4; point++) {
                double[] one = byHand(all, 2 * point);
                double[] other = byHand(all, 2 * point + 1);
                for (int q = 0; q < 4; q++) {
                    assertThat(found.data()[4 * q + point]).isEqualTo((one[q] + other[q]) / 2, within(1e-6));
                    assertThat(first.data()[4 * q + point]).isEqualTo(one[q], within(1e-6));
                }
            }
            // 6 rotations of 40 rows, each number of 8 x 12 used forth and back.
            assertThat(work.flops(all.toy(manager).shape())).isEqualTo(4 * 6 * 40 * 96);
        }
        assertThat(test.parts()).isEqualTo("quantity");
    }

    private static double[] byHand(Autoencoders all, int i) {
        int place = i / 2 % 2;
        Examples rows = Autoencoders.data().draw(RowRandom.mix(5 + place), 40, place == 0 ? .5 : .2);
        double[] losses = new double[7];
        for (int r = 0; r < 7; r++) {
            RowRandom drops = new RowRandom(RowRandom.mix(-6), i);
            double[][] w = r == 0
                    ? all.w()[i]
                    : HaarRotation.draw(all.w()[i].length, new RowRandom(RowRandom.mix(5) + r - 1, i))
                            .times(all.w()[i]);
            losses[r] = Autoencoders.loss(all.answers(i, w, rows, .25, drops::nextDouble), rows);
        }
        double[] turned = Arrays.copyOfRange(losses, 1, 7);
        return new double[] {
            losses[0],
            Arrays.stream(turned).average().orElseThrow(),
            Arrays.stream(turned).min().orElseThrow(),
            Arrays.stream(turned).filter(loss -> loss < losses[0]).count() / 6.0
        };
    }

    /** Weights of 30 make losses near 800^2 / 2: rotations change them by rounding, which is much in itself and little beside them. */
    @Test
    void roundingIsMeasuredByTheLoss() {
        try (NDManager manager = Backend.cpu()) {
            WrittenToy toy = WrittenToy.copies(
                    new ToyAutoencoderConfig(2, 2, ToyActivation.NONE, 0),
                    1,
                    Map.of("W", new float[] {30, 1, 2, 25}, "b", new float[2]),
                    manager);
            double[] found = new RotationTest.Work(new RotationTest(10, 64, 1, 3), DATA)
                    .compute(toy)
                    .data();
            assertThat(found[0]).isGreaterThan(1e5);
            assertThat(found[2]).isNotEqualTo(found[0]).isEqualTo(found[0], within(1e-5 * found[0]));
            assertThat(found[3]).isNaN();
        }
    }

    @Test
    void numbersHaveLimits() {
        new RotationTest(2, 1, 1, 0);
        new RotationTest(10_000, 1_000_000, 1, 0);
        for (int[] wrong : new int[][] {{1, 1, 1}, {10_001, 1, 1}, {2, 0, 1}, {2, 1_000_001, 1}, {2, 1, 0}}) {
            assertThatThrownBy(() -> new RotationTest(wrong[0], wrong[1], wrong[2], 0))
                    .hasMessageContaining("2 to 10000 rotations");
        }
    }

    @Test
    void networksWithoutDropoutAreRefused(@TempDir Path folder) {
        assertThat(Specs.refusal(folder, """
                loupe: 1
                model: {plant: fourier-mlp, modulus: 7}
                dataset: {generator: sparse-features}
                measure: {other: {rotation-test: 10}}
                """)).contains("needs a toy autoencoder with `dropout`");
    }
}
