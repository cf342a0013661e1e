package dev.loupe.analysis.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.analysis.toys.ToyFeatures.Copies;
import dev.loupe.analysis.toys.ToyFeatures.What;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.features.Examples;
import dev.loupe.dataset.features.SparseFeatures;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.model.toy.ToyActivation;
import dev.loupe.model.toy.ToyAutoencoderConfig;
import dev.loupe.resolve.Specs;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eight random networks, each against a forward pass in plain Java. */
class ToyFeaturesTest {
    private static final int ROWS = 50;
    private static final long SEED = 11;
    private static final List<What> LOSSES = List.of(
            What.LOSS,
            What.DROPOUT_LOSS,
            What.UNWEIGHTED_LOSS,
            What.RELATIVE_LOSS,
            What.SINGLE_LOSS,
            What.ERROR,
            What.REPRESENTED);
    private static final Autoencoders ALL = Autoencoders.random(6, .25);

    private static ToyFeatures.Work work(Copies copies, What... what) {
        return new ToyFeatures.Work(new ToyFeatures(List.of(what), copies, ROWS, SEED), Autoencoders.data());
    }

    private static NamedArray found(ToyFeatures.Work work) {
        try (NDManager manager = Backend.cpu()) {
            WrittenToy toy = ALL.toy(manager);
            NamedArray found = work.compute(toy);
            assertThat(found.axes()).isEqualTo(work.axes(toy.shape()));
            return found;
        }
    }

    private static double[] byHand(int i) {
        int place = i / 2 % 2;
        double sparsity = place == 0 ? .5 : .2;
        Examples rows = Autoencoders.data().draw(RowRandom.mix(SEED + place), ROWS, sparsity);
        RowRandom drops = new RowRandom(RowRandom.mix(-SEED - 1), i);
        double[][] answers = ALL.answers(i, ALL.w()[i], rows, 0, () -> 0);
        double loss = Autoencoders.loss(answers, rows);
        double unweighted = 0;
        double alone = 0;
        int singles = 0;
        int wrong = 0;
        for (int row = 0; row < ROWS; row++) {
            double own = 0;
            int active = 0;
            for (int f = 0; f < 3; f++) {
                double x = rows.x()[3 * row + f];
                double square = (answers[row][f] - x) * (answers[row][f] - x);
                unweighted += square / (3 * ROWS);
                own += Math.pow(.5, f) * square;
                active += x > 0 ? 1 : 0;
                wrong += answers[row][f] > .5 != x > 0 ? 1 : 0;
            }
            alone += active == 1 ? own : 0;
            singles += active == 1 ? 1 : 0;
        }
        int represented = 0;
        for (int f = 0; f < 3; f++) {
            represented += norm(i, f) > .5 ? 1 : 0;
        }
        return new double[] {
            loss,
            Autoencoders.loss(ALL.answers(i, ALL.w()[i], rows, .25, drops::nextDouble), rows),
            unweighted,
            loss / ((1 + .5 + .25) / 3 * (1 - sparsity) / 3),
            alone / (3 * singles),
            wrong / (3.0 * ROWS),
            represented
        };
    }

    private static double dot(int i, int f, int g) {
        double sum = 0;
        for (double[] neuron : ALL.w()[i]) {
            sum += neuron[f] * neuron[g];
        }
        return sum;
    }

    private static double norm(int i, int f) {
        return Math.sqrt(dot(i, f, f));
    }

    private static int best(int point) {
        return byHand(2 * point)[0] <= byHand(2 * point + 1)[0] ? 2 * point : 2 * point + 1;
    }

    @Test
    void everyNetworkHasItsOwnNumbers() {
        double[] found = found(work(Copies.ALL, LOSSES.toArray(What[]::new))).data();
        double[] best = found(work(Copies.BEST, LOSSES.toArray(What[]::new))).data();
        assertThat(found).hasSize(7 * 8);
        assertThat(best).hasSize(7 * 4);
        for (int i = 0; i < 8; i++) {
            double[] wanted = byHand(i);
            for (int q = 0; q < 7; q++) {
                assertThat(found[8 * q + i]).as("%s of %d", LOSSES.get(q), i).isEqualTo(wanted[q], within(1e-6));
            }
        }
        for (int point = 0; point < 4; point++) {
            for (int q = 0; q < 7; q++) {
                assertThat(best[4 * q + point]).isEqualTo(found[8 * q + best(point)]);
            }
        }
    }

    /** D_f = |W_f|^2 / sum over g of (W_f . W_g / |W_f|)^2. */
    @Test
    void everyFeatureHasItsOwnNumbers() {
        double[] found = found(work(Copies.BEST, What.DIMENSIONALITY, What.NORM, What.BIAS))
                .data();
        assertThat(found).hasSize(3 * 4 * 3);
        for (int point = 0; point < 4; point++) {
            int i = best(point);
            for (int f = 0; f < 3; f++) {
                double sum = 0;
                for (int g = 0; g < 3; g++) {
                    sum += Math.pow(dot(i, f, g), 2) / dot(i, f, f);
                }
                int at = point * 3 + f;
                assertThat(found[at]).isEqualTo(dot(i, f, f) / sum, within(1e-6));
                assertThat(found[12 + at]).isEqualTo(norm(i, f), within(1e-6));
                assertThat(found[24 + at]).isEqualTo(ALL.b()[i][f], within(1e-7));
            }
        }
    }

    /** W = (.6, 0 | .1, .5): feature 1 is as long as one half and not longer. */
    @Test
    void directionsAreThoseOfTwoNeurons() {
        try (NDManager manager = Backend.cpu()) {
            WrittenToy toy = WrittenToy.copies(
                    new ToyAutoencoderConfig(2, 2, ToyActivation.RELU, 0),
                    1,
                    Map.of("W", new float[] {.6f, 0, .1f, .5f}, "b", new float[2]),
                    manager);
            SparseFeatures two = new SparseFeatures(2, List.of(.5), SparseFeatures.Distribution.BINARY, 1, 4, null);
            NamedArray found = new ToyFeatures.Work(new ToyFeatures(List.of(What.DIRECTIONS), Copies.BEST, 4, 1), two)
                    .compute(toy);
            assertThat(found.axes().stream().map(Axis::name)).containsExactly("sparsity", "feature", "dim");
            assertThat(found.data()).containsExactly(new double[] {.6, .1, 0, .5}, within(1e-6));
            assertThat(new ToyFeatures.Work(new ToyFeatures(List.of(What.REPRESENTED), Copies.ALL, 4, 1), two)
                            .compute(toy)
                            .data())
                    .containsExactly(1);
            assertThatThrownBy(() -> work(Copies.BEST, What.DIRECTIONS)
                            .axes(ALL.toy(manager).shape()))
                    .hasMessageContaining("two hidden dimensions, not 3");
            // 8 networks, each row through W and back: 2 x 3 x 3 multiplications and as many additions.
            assertThat(work(Copies.ALL, What.LOSS).flops(ALL.toy(manager).shape()))
                    .isEqualTo(8L * ROWS * 36);
        }
    }

    @Test
    void partsAreNamedByTheirWords() {
        assertThat(found(work(Copies.ALL, What.DROPOUT_LOSS, What.ERROR)).axes().get(0))
                .isEqualTo(new Axis("quantity", List.of("dropout-loss", "error")));
        ToyFeatures losses = new ToyFeatures(List.of(What.LOSS), Copies.ALL, 1, 1);
        ToyFeatures arrows = new ToyFeatures(List.of(What.DIRECTIONS), Copies.ALL, 1_000_000, 1);
        assertThat(losses.parts()).isEqualTo("quantity");
        assertThat(losses.figure()).isEqualTo(Figure.LINES);
        assertThat(arrows.parts()).isEmpty();
        assertThat(arrows.figure()).isEqualTo(Figure.VECTORS);
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        assertThatThrownBy(() -> new ToyFeatures(List.of(), Copies.ALL, 1, 1)).hasMessageContaining("either");
        assertThatThrownBy(() -> new ToyFeatures(List.of(What.LOSS, What.NORM), Copies.ALL, 1, 1))
                .hasMessageContaining("not both");
        assertThatThrownBy(() -> new ToyFeatures(List.of(What.NORM, What.DIRECTIONS), Copies.ALL, 1, 1))
                .hasMessageContaining("cannot be combined");
        for (int rows : new int[] {0, 1_000_001}) {
            assertThatThrownBy(() -> new ToyFeatures(List.of(What.LOSS), Copies.ALL, rows, 1))
                    .hasMessageContaining("not " + rows);
        }
    }

    @Test
    void otherNetworksAreRefused(@TempDir Path folder) {
        assertThat(Specs.refusal(folder, """
                loupe: 1
                model: {sums: {plant: fourier-mlp, modulus: 7}}
                dataset: {features: {generator: sparse-features}}
                measure:
                  other: {toy-features: loss, dataset: features}
                """)).contains("modulus 7 is not a toy autoencoder");
    }
}
