package dev.loupe.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.identity.CardIdentity;
import dev.loupe.model.weights.TlWeights;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.tensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A training that begins with the weights of a model that others trained. */
class GivenWeightsTest {
    private static final Path RESOURCES = Path.of(System.getProperty("loupe.home"), "tests/src/test/resources");

    private static final String CARD = """
            card: trained
            title: a model for this test
            recipe:
              from: {card: other}
              data: {generator: repeated-tokens, period: 3..4, length: 8}
              batch: 4
              steps: 4
              optimizer: {kind: adamw, learning-rate: 1e-3, weight-decay: 0.1}
              clip: 1
              checkpoints: {at: [0, 1, 2, 3]}
              seeds: [5, 6]
            """;

    @TempDir
    Path folder;

    private Path models() {
        return folder.resolve("models");
    }

    /** A model of another program in the folder of models. */
    private void other(String fixture) throws IOException {
        Path to = Files.createDirectories(models().resolve("other"));
        try (Stream<Path> files = Files.list(RESOURCES.resolve("parity").resolve(fixture))) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private CardFile read(String text) throws IOException {
        Path file = Files.createDirectories(models().resolve("tuned")).resolve("card.yaml");
        Files.writeString(file, text);
        return new ModelCatalog(List.of(models())).read(file);
    }

    private WeightsFiles train(CardFile card, long seed) {
        try (NDManager manager = NDManager.newBaseManager()) {
            return new TrainedModels(manager, Engine.getInstance()::newGradientCollector)
                    .ensure(card, List.of(seed), folder.resolve("cache"), Progress.silent(), new StopSignal())
                    .get(seed);
        }
    }

    /** Losses of four steps of torch's AdamW on transformers' model with the same rows (fine-tuning/make.py). */
    @ParameterizedTest
    @ValueSource(strings = {"llama3", "gpt2", "gpt-neox", "qwen3-biased"})
    void itsLossesAreThoseOfTransformers(String fixture) throws IOException {
        other(fixture);
        CardFile card = read(CARD);
        WeightsFiles files = train(card, 5);
        TransformerBlueprint blueprint = (TransformerBlueprint) TrainedModels.blueprint(card);
        TokenTask task = (TokenTask) blueprint.task(List.of(5L));
        JsonNode theirs = new ObjectMapper()
                .readTree(RESOURCES.resolve("fine-tuning/losses.json").toFile())
                .path(fixture);
        for (int step = 0; step < 4; step++) {
            TokenBatch batch = task.batch(step);
            JsonNode their = theirs.path(step);
            assertThat(new ObjectMapper().valueToTree(batch.tokens()).toString())
                    .isEqualTo(their.path("tokens").toString());
            assertThat(new ObjectMapper().valueToTree(batch.targets()).toString())
                    .isEqualTo(their.path("targets").toString());
            SafetensorsFile weights = SafetensorsFile.open(files.checkpoint(5, step));
            float[] flat = blueprint.network().flat(name -> weights.tensor(name).floats());
            try (NDManager manager = NDManager.newBaseManager()) {
                float loss = task.loss(
                                task.layout().split(manager.create(flat, new Shape(1, flat.length))), step, manager)
                        .getFloat(0);
                assertThat((double) loss)
                        .as("step %d", step)
                        .isCloseTo(their.path("loss").asDouble(), within(1e-5));
            }
        }
    }

    /** Biases that Llama has not stay zero, its unembedding stays its embedding, in a later training too. */
    @Test
    void whatTheModelLacksItNeverGets() throws IOException {
        other("llama3");
        CardFile tuned = read(CARD);
        Path again = Files.createDirectories(models().resolve("again")).resolve("card.yaml");
        Files.writeString(again, CARD.replace("card: other", "card: tuned"));
        for (CardFile card : List.of(tuned, new ModelCatalog(List.of(models())).read(again))) {
            SafetensorsFile weights = SafetensorsFile.open(train(card, 5).last(5));
            float[] embedding = weights.tensor("embed.W_E").floats();
            float[] unembedding = weights.tensor("unembed.W_U").floats();
            int width = (int) weights.tensor("embed.W_E").shape()[1];
            int tokens = embedding.length / width;
            for (int i = 0; i < embedding.length; i++) {
                assertThat(unembedding[i % width * tokens + i / width]).isEqualTo(embedding[i]);
            }
            for (String name : weights.names()) {
                if (name.contains(".b_")) {
                    assertThat(weights.tensor(name).floats()).as(name).containsOnly(0f);
                }
            }
        }
    }

    @Test
    void noStepsLeaveItsWeightsBitForBit() throws IOException {
        other("qwen3-biased");
        WeightsFiles files = train(read(CARD), 5);
        SafetensorsFile weights = SafetensorsFile.open(files.checkpoint(5, 0));
        ModelFolder folder = ModelFolder.open(models().resolve("other"));
        TlWeights its = folder.weights();
        for (String name : weights.names()) {
            assertThat(weights.tensor(name).floats()).as(name).containsExactly(its.read(name));
        }
        assertThat(WeightsFiles.made(files.last(5)))
                .endsWith(", beginning with the weights of other (SHA-256 of its tensors "
                        + folder.weightsHash().substring(0, 12) + ")");
    }

    @Test
    void itsIdentityIsOfTheBytesAndNotOfTheName() throws IOException {
        other("llama3");
        String own = CardIdentity.of(read(CARD), 5).hash();
        Files.move(models().resolve("other"), models().resolve("moved"));
        String folder = CARD.replace("{card: other}", "{folder: ../moved}");
        assertThat(CardIdentity.of(read(folder), 5).hash())
                .as("the same in another folder")
                .isEqualTo(own);
        Path weights = models().resolve("moved").resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);
        assertThat(CardIdentity.of(read(folder), 5).hash()).as("one other bit").isNotEqualTo(own);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "llama3 | {card: nothing} | 4:16 error[unknown-name] there is no card and no model `nothing` here",
                "llama3 | {folder: nothing} | 4:18 error[unknown-name] there is no model in the folder `nothing` beside the card",
                "llama3 | {card: other, folder: ../other} | `from` names either a `card` or a `folder`",
                "llama3 | {seed: 1} | `from` names either a `card` or a `folder`",
                "llama3 | {card: other, seed: 1} | 4:29 error[ignored-key] `seed` and `step` choose weights of a model that Loupe trains",
                "llama3 | {card: other, step: 1} | 4:29 error[ignored-key]",
                "gemma2 | {card: other} | 4:16 error[bad-value] `other` cannot be trained further: its family scales the embedding",
                "gptj | {card: other} | its family has one tensor for blocks.0.ln1.w and blocks.0.ln2.w",
            })
    void whatDoesNotFitIsRefusedAtItsPlace(String fixture, String from, String why) throws IOException {
        other(fixture);
        assertThatThrownBy(() -> read(CARD.replace("{card: other}", from)))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(why);
    }

    @Test
    void shapesThatDifferAreSaidFieldByField() throws IOException {
        other("gpt2");
        String own = CARD.replace(
                "recipe:\n",
                "architecture:\n  transformer: {n_layers: 2, d_model: 32, n_ctx: 24, d_vocab: 61, n_heads: 4, d_mlp: 128}\n"
                        + "recipe:\n");
        assertThatThrownBy(() -> read(own))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(
                        "error[bad-value] the weights of `other` do not fit: here against there, d_mlp 128 "
                                + "against 64, act_fn RELU against GELU_NEW");
        String fitting = own.replace("d_mlp: 128", "d_mlp: 64, act_fn: gelu_new");
        assertThat(CardIdentity.of(read(fitting), 5).hash())
                .as("an architecture that is written out")
                .isEqualTo(CardIdentity.of(read(CARD), 5).hash());
    }

    @Test
    void withoutFromTheArchitectureIsMissing() {
        assertThatThrownBy(() -> read(CARD.replace("  from: {card: other}\n", "")))
                .hasMessageContaining("error[missing-key] `architecture` is missing");
    }
}
