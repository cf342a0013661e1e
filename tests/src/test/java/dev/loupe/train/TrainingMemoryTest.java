package dev.loupe.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.model.card.CardFile;
import dev.loupe.resolve.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sums made by hand from the sizes of three small recipes. */
class TrainingMemoryTest {
    @TempDir
    Path folder;

    private CardFile card(String architecture, String recipe) throws IOException {
        return CardFile.read(Files.writeString(
                Files.createDirectories(folder.resolve("own")).resolve("card.yaml"),
                "loupe: 1\ncard: trained\ntitle: t\narchitecture: " + architecture + "\nrecipe: {" + recipe
                        + ", steps: 10, seeds: [0]}\n"));
    }

    private static void holds(CardFile card, int together, double numbers) {
        double held = 4 * together * numbers;
        assertThat(TrainingMemory.peak(card, together))
                .isBetween((long) (40e6 + 1.4 * held) - 1, (long) (40e6 + 1.4 * held) + 1);
    }

    @Test
    void aTransformerHoldsItsParametersAndWhatEveryPositionLeaves() throws IOException {
        CardFile card = card(
                "{transformer: {n_layers: 2, d_model: 16, n_heads: 2, n_ctx: 12, d_vocab: 10, attn_only: true, normalization_type: none}}",
                "data: {generator: no-repeat-tokens, length: 8}, batch: 5, optimizer: {kind: adamw, learning-rate: 0.001}");
        // Embeddings of tokens and positions, unembedding with its bias; four matrices and their biases in each layer.
        int parameters = 10 * 16 + 12 * 16 + 16 * 10 + 10 + 2 * (4 * 16 * 16 + 4 * 16);
        double block = 4.2 * 16 + 4.2 * 16 + 1.3 * 2 * 8;
        double numbers = parameters * (8 + 2 * 3.2) + 5 * 8 * (2 * block + 14 * 10);
        holds(card, 1, numbers);
        holds(card, 3, numbers);
    }

    @Test
    void plainGradientsHaveNoMomentsAndRowsOfAFixedSetAreMadeOnce() throws IOException {
        CardFile card = card(
                "{pair-mlp: {inputs: 7, hidden: 20}}",
                "data: {generator: modular-pairs, modulus: 7, operation: add, split: all}, train-on: fixed, optimizer: {kind: sgd, momentum: 0, learning-rate: 0.1}");
        holds(card, 1, 8 * 3 * 7 * 20 + 49 * (1.6 * 2 + 4 * 20 + 4.5 * 7));
    }

    @Test
    void everyPointOfAGridIsHeld() throws IOException {
        CardFile card = card(
                "{toy-autoencoder: {features: 6, hidden: 3}}",
                "data: {generator: sparse-features, features: 6, sparsity: [0.5, 0.9]}, vary: {dropout: [0, 0.5]}, instances: 4, "
                        + "batch: 30, optimizer: {kind: adam, learning-rate: 0.01}");
        holds(card, 1, 16 * ((18 + 6) * 14.4 + 30 * (5.3 * 6 + 4 * 3 + 4.5 * 6)));
    }

    /** More than 400 MB keep 160 MB at most beside them. */
    @Test
    void whatIsKeptOfWhatWasFreedHasAnEnd() {
        CardFile file = CardFile.read(CardFile.locate(Specs.HOME.resolve("models"), "othello-6x6"));
        long two = TrainingMemory.peak(file, 40);
        assertThat(TrainingMemory.peak(file, 41) - two)
                .isBetween((long) ((two - 200e6) / 40) - 1, (long) ((two - 200e6) / 40) + 1);
    }
}
