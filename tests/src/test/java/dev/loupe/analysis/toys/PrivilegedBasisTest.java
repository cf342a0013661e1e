package dev.loupe.analysis.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.analysis.toys.PrivilegedBasis.What;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.model.toy.ToyActivation;
import dev.loupe.model.toy.ToyAutoencoderConfig;
import dev.loupe.resolve.Specs;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivilegedBasisTest {
    private static final int DRAWS = 1000;

    /** In two dimensions a random direction has mean max(|cos|, |sin|) = 2 sqrt(2) / pi, whatever the features are. */
    @Test
    void chanceInTwoDimensionsIsTheExactMean() {
        double[][] one = {{1}, {0}};
        Alignment alignment = Alignment.of(List.<double[][]>of(one), DRAWS, 3);
        double standardError = alignment.deviation() / Math.sqrt(DRAWS);
        assertThat(alignment.chance()).isEqualTo(2 * Math.sqrt(2) / Math.PI, within(3 * standardError));
        assertThat(standardError).isBetween(0.001, 0.01);
        assertThat(alignment.align()).isEqualTo(1);
    }

    /** Haar's measure looks the same after any rotation: the first entry has mean square 1 / m and is as often negative. */
    @Test
    void rotationsAreOrthonormalAndEven() {
        double square = 0;
        int negative = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            double[][] q = HaarRotation.draw(5, new RowRandom(8, draw)).rows();
            for (int r = 0; r < 5; r++) {
                for (int s = 0; s < 5; s++) {
                    double dot = 0;
                    for (int i = 0; i < 5; i++) {
                        dot += q[r][i] * q[s][i];
                    }
                    assertThat(dot).isEqualTo(r == s ? 1 : 0, within(1e-12));
                }
            }
            square += q[4][4] * q[4][4] / DRAWS;
            negative += q[4][4] < 0 ? 1 : 0;
        }
        // The mean of x^2 has standard deviation sqrt(2 (m - 1) / (m^2 (m + 2))) = .214 over draws.
        assertThat(square).isEqualTo(.2, within(3 * .214 / Math.sqrt(DRAWS)));
        assertThat(negative).isBetween(450, 550);
    }

    /** Of columns (.6, .8), (.1, .1), (0, 1) the second is too short: ALIGN is (.8 + 1) / 2. */
    @Test
    void onlyRepresentedFeaturesCount() {
        assertThat(Alignment.of(new double[][] {{.6, .1, 0}, {.8, .1, 1}})).isEqualTo(.9, within(1e-12));
        assertThat(Alignment.of(new double[][] {{.1}, {.1}})).isNaN();
    }

    /**
     * Two copies: one with a feature along each neuron, one with both features on the diagonals. ALIGN is 1 and sqrt(1/2), its
     * mean .854. Row norms squared are (1, 1) and (1, 1): no variation; with one row doubled (4, 1), sd 1.5 over mean 2.5.
     */
    @Test
    void quantitiesAreAveragedOverCopies() {
        float d = (float) Math.sqrt(.5);
        float[] w = {1, 0, 0, 1, d, d, d, -d};
        try (NDManager manager = Backend.cpu()) {
            ToyAutoencoderConfig config = new ToyAutoencoderConfig(2, 2, ToyActivation.RELU, 0);
            WrittenToy toy = WrittenToy.copies(config, 2, Map.of("W", w, "b", new float[4]), manager);
            PrivilegedBasis basis =
                    new PrivilegedBasis(List.of(What.ALIGN, What.CHANCE, What.Z, What.ROW_VARIATION), DRAWS, 2);
            double[] found = basis.compute(toy).data();
            assertThat(found[0]).isEqualTo((1 + Math.sqrt(.5)) / 2, within(1e-6));
            assertThat(found[1]).isEqualTo(2 * Math.sqrt(2) / Math.PI, within(.01));
            assertThat(found[2]).isBetween(-3.0, 0.0);
            assertThat(found[3]).isEqualTo(0, within(1e-6));
        }
        assertThat(PrivilegedBasis.rowVariation(new double[][] {{2, 0}, {0, 1}}))
                .isEqualTo(1.5 / 2.5, within(1e-12));
    }

    /** Four points of two copies each, networks of unequal widths: each point's own networks, one by one. */
    @Test
    void everyPointHasItsOwnNetworks() {
        Autoencoders all = Autoencoders.random(2, 0);
        PrivilegedBasis basis = new PrivilegedBasis(List.of(What.values()), 5, 4);
        try (NDManager manager = Backend.cpu()) {
            WrittenToy toy = all.toy(manager);
            NamedArray found = basis.compute(toy);
            assertThat(found.axis("quantity").labels()).containsExactly("align", "chance", "z", "row-variation");
            assertThat(found.axes().stream().map(Axis::name)).containsExactly("quantity", "hidden", "sparsity");
            for (int point = 0; point < 4; point++) {
                double[][] first = all.w()[2 * point];
                double[][] second = all.w()[2 * point + 1];
                Alignment alignment = Alignment.of(List.of(first, second), 5, 4);
                double[] wanted = {
                    alignment.align(),
                    alignment.chance(),
                    alignment.z(),
                    (PrivilegedBasis.rowVariation(first) + PrivilegedBasis.rowVariation(second)) / 2
                };
                for (int q = 0; q < 4; q++) {
                    assertThat(found.data()[4 * q + point]).isEqualTo(wanted[q], within(1e-6));
                }
            }
            // 5 rotations of 3 dimensions of 8 x 12 numbers, a multiplication and an addition for each.
            assertThat(basis.flops(toy.shape())).isEqualTo(2 * 5 * 3 * 96);
        }
        assertThat(basis.parts()).isEqualTo("quantity");
    }

    @Test
    void theNumberOfRotationsHasLimits() {
        for (int rotations : new int[] {2, 100_000}) {
            assertThat(new PrivilegedBasis(List.of(What.ALIGN), rotations, 1).rotations())
                    .isEqualTo(rotations);
        }
        for (int rotations : new int[] {1, 100_001}) {
            assertThatThrownBy(() -> new PrivilegedBasis(List.of(What.ALIGN), rotations, 1))
                    .hasMessageContaining("2 to 100000");
        }
    }

    @Test
    void otherNetworksAreRefused(@TempDir Path folder) {
        assertThat(Specs.refusal(folder, """
                loupe: 1
                model: {plant: fourier-mlp, modulus: 7}
                measure: {other: {privileged-basis: align}}
                """)).contains("is not a toy autoencoder");
    }
}
