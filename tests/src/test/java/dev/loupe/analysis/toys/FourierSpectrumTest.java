package dev.loupe.analysis.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.features.ModularPairs;
import dev.loupe.dataset.rows.HeldOut;
import dev.loupe.execute.load.WrittenTransformer;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.toy.FourierMlp;
import dev.loupe.resolve.Specs;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network by hand has as many neurons, all alike but for their phases, at each of the five frequencies of 11. */
class FourierSpectrumTest {
    private static FourierSpectrum of(FourierSpectrum.Of what) {
        return new FourierSpectrum(what, null, null);
    }

    @Test
    void everyFrequencyOfTheNetworkByHandHasTheSamePower() {
        try (NDManager manager = Backend.cpu()) {
            double[] embedding = new FourierSpectrum.OfTables(of(FourierSpectrum.Of.EMBEDDING))
                    .compute(WrittenToy.of(new FourierMlp(11), manager))
                    .data();
            double[] neurons = new FourierSpectrum.OfTables(of(FourierSpectrum.Of.NEURONS))
                    .compute(WrittenToy.of(new FourierMlp(11), manager))
                    .data();
            ModularPairs pairs =
                    new ModularPairs(11, ModularPairs.Operation.ADD, HeldOut.ALL, .4, ModularPairs.Pairs.ORDERED);
            double[] logits = new FourierLogits.Work(of(FourierSpectrum.Of.LOGITS), pairs)
                    .compute(WrittenToy.of(new FourierMlp(11), manager))
                    .data();
            assertThat(embedding).hasSize(5);
            assertThat(neurons).hasSize(15);
            assertThat(logits).hasSize(5);
            for (double[] shares : new double[][] {embedding, neurons, logits}) {
                for (double share : shares) {
                    assertThat(share).isEqualTo(.2, within(1e-6));
                }
            }
        }
    }

    /** Two random networks of unequal widths, each frequency by a wave of its own. */
    @Test
    void eachTableOfEachNetworkHasItsOwnShares() {
        PairMlps two = PairMlps.random(4);
        try (NDManager manager = Backend.cpu()) {
            WrittenToy toy = two.toy(manager);
            FourierSpectrum.OfTables tables = new FourierSpectrum.OfTables(of(FourierSpectrum.Of.NEURONS));
            NamedArray found = tables.compute(toy);
            assertThat(found.axes().stream().map(Axis::name)).containsExactly("table", "frequency", "copy");
            double[][][][] all = {two.a(), two.b(), two.u()};
            NamedArray embedding = new FourierSpectrum.OfTables(of(FourierSpectrum.Of.EMBEDDING)).compute(toy);
            assertThat(embedding.axes().stream().map(Axis::name)).containsExactly("frequency", "copy");
            for (int i = 0; i < 2; i++) {
                for (int t = 0; t < 3; t++) {
                    double[] shares = shares(all[t][i], 2);
                    for (int k = 0; k < 2; k++) {
                        assertThat(found.data()[(t * 2 + k) * 2 + i]).isEqualTo(shares[k], within(1e-6));
                    }
                }
                assertThat(embedding.data()[i]).isEqualTo(shares(two.a()[i], 2)[0], within(1e-6));
            }
            assertThat(tables.flops(toy.shape())).isEqualTo(2 * 90 * 5);
        }
    }

    private static double[] shares(double[][] table, int frequencies) {
        double[] out = new double[frequencies];
        double total = 0;
        for (int n = 0; n < table[0].length; n++) {
            for (int k = 0; k < frequencies; k++) {
                double power = PairMlps.power(PairMlps.column(table, n), k + 1);
                out[k] += power;
                total += power;
            }
        }
        for (int k = 0; k < frequencies; k++) {
            out[k] /= total;
        }
        return out;
    }

    /** Of an embedding of 6 tokens only those below the modulus are numbers. */
    @Test
    void anEmbeddingIsReadUpToTheModulus() {
        WrittenTransformer model = WrittenTransformer.random(
                TransformerConfig.builder(1, 4, 3, 6).nHeads(1).build(), 7);
        try (NDManager manager = Backend.cpu()) {
            FourierSpectrum.OfEmbedding work = new FourierSpectrum.OfEmbedding(of(FourierSpectrum.Of.EMBEDDING), 5);
            NamedArray found = work.compute(model.weights(manager));
            double[][] table = new double[5][4];
            for (int i = 0; i < 20; i++) {
                table[i / 4][i % 4] = model.tensor("embed.W_E")[i];
            }
            double[] shares = shares(table, 2);
            assertThat(found.axes()).isEqualTo(work.axes(model.shape()));
            assertThat(found.axis("frequency").labels()).containsExactly("1", "2");
            assertThat(found.data()[0]).isEqualTo(shares[0], within(1e-9));
            assertThat(found.data()[1]).isEqualTo(shares[1], within(1e-9));
            assertThat(work.flops(model.shape())).isEqualTo(2 * 5 * 5 * 4);
        }
    }

    @Test
    void rowsAreReadForLogitsAndForNeuronsOfATransformer() {
        assertThat(of(FourierSpectrum.Of.LOGITS).readsRows()).isTrue();
        assertThat(of(FourierSpectrum.Of.NEURONS).readsRows()).isFalse();
        assertThat(of(FourierSpectrum.Of.EMBEDDING).readsRows()).isFalse();
        assertThat(new FourierSpectrum(FourierSpectrum.Of.NEURONS, null, PairPlaces.USUAL).readsRows())
                .isTrue();
        assertThat(new FourierSpectrum(FourierSpectrum.Of.EMBEDDING, null, PairPlaces.USUAL).readsRows())
                .isFalse();
        new FourierSpectrum(FourierSpectrum.Of.NEURONS, 0, null);
        assertThatThrownBy(() -> new FourierSpectrum(FourierSpectrum.Of.LOGITS, 0, null))
                .hasMessageContaining("`layer` is for `neurons`");
    }

    @Test
    void whatANetworkHasNotIsRefused(@TempDir Path folder) {
        assertThat(Specs.refusal(folder, """
                loupe: 1
                model:
                  sums: {plant: fourier-mlp, modulus: 7}
                  logic: {plant: pair-logic, inputs: 3}
                dataset:
                  pairs: {generator: modular-pairs, modulus: 7}
                  products: {generator: modular-pairs, modulus: 7, operation: multiply}
                measure:
                  other: {fourier-spectrum: embedding, model: logic}
                  layer: {fourier-spectrum: neurons, model: sums, layer: 0}
                  placed: {fourier-spectrum: embedding, model: sums, pairs: {}}
                  product: {fourier-spectrum: logits, model: sums, dataset: products}
                """))
                .contains("pair-logic, inputs 3 is neither a pair-mlp nor a transformer")
                .contains("`layer` is for transformers; planted fourier-mlp, modulus 7 is a pair-mlp")
                .contains("`pairs` is for transformers; planted fourier-mlp, modulus 7 is a pair-mlp")
                .contains("`modular-pairs` that are added or subtracted");
    }
}
