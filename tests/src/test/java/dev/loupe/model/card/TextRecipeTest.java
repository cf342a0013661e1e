package dev.loupe.model.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.loupe.dataset.TokenGenerator;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.model.identity.CardIdentity;
import dev.loupe.resolve.Specs;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.schema.problem.Problem;
import dev.loupe.schema.problem.SpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextRecipeTest {
    private static final String CARD = """
            card: trained
            title: t
            tokenizer: bytes
            architecture: {transformer: {n_layers: 1, d_model: 8, n_heads: 1, n_ctx: 9, d_vocab: 257}}
            recipe:
              data: {generator: text, file: t.txt, split-on: "|", window: 4}
              batch: 2
              steps: 3
              optimizer: {kind: adamw, learning-rate: 1.0e-3}
              seeds: [0]
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void text() throws IOException {
        Files.writeString(folder.resolve("t.txt"), "abcdefgh|ijkl|mn");
    }

    private CardFile read(String card) throws IOException {
        Path file = Files.writeString(folder.resolve("card.yaml"), card);
        return new ModelCatalog(List.of(Specs.HOME.resolve("models"))).read(file);
    }

    private String identity(String card) throws IOException {
        return CardIdentity.of(read(card), 0).hash();
    }

    /** Ids of another tokenizer, or of none, mean something else. */
    @Test
    void weightsOfAnotherTokenizerDoNotFit() throws IOException {
        Files.writeString(folder.resolve("text.yaml"), CARD);
        String bare = CARD.replace("tokenizer: bytes\n", "")
                .replaceFirst("data: .*", "data: {generator: repeated-tokens, period: 2..4, length: 8}");
        Files.writeString(folder.resolve("bare.yaml"), bare);
        ModelCatalog catalog = new ModelCatalog(List.of(Specs.HOME.resolve("models")));
        Path tuned = Files.writeString(
                folder.resolve("tuned.yaml"), CARD.replace("recipe:", "recipe:\n  from: {card: text}"));
        assertThat(catalog.read(tuned).base()).isNotNull();
        for (String wrong : List.of(
                CARD.replace("recipe:", "recipe:\n  from: {card: bare}"),
                bare.replace("recipe:", "recipe:\n  from: {card: text}"))) {
            Files.writeString(tuned, wrong);
            SpecException e = catchThrowableOfType(SpecException.class, () -> catalog.read(tuned));
            assertThat(e).hasMessageContaining("was trained with another tokenizer");
        }
    }

    @Test
    void aStepDrawsRowsOfTheText() throws IOException {
        CardFile card = read(CARD);
        assertThat(card.tokenizer()).isEqualTo(Specs.HOME.resolve("models/bytes"));
        TokenGenerator data =
                (TokenGenerator) ((TrainedCard) card.card()).recipe().data();
        TokenRows rows = data.draw(new Draw(257, 200, 1));
        // 256 begins a row; "abcd", "efgh", "ijkl" and, as half a window, "mn".
        assertThat(Arrays.stream(rows.tokens()).map(Arrays::toString).distinct())
                .containsExactlyInAnyOrder(
                        "[256, 97, 98, 99, 100]",
                        "[256, 101, 102, 103, 104]",
                        "[256, 105, 106, 107, 108]",
                        "[256, 109, 110]");
        assertThat(data.draw(new Draw(257, 200, 1)).tokens()).isDeepEqualTo(rows.tokens());
        assertThat(Arrays.deepEquals(data.draw(new Draw(257, 200, 2)).tokens(), rows.tokens()))
                .isFalse();
    }

    @Test
    void theWeightsBelongToCardTextAndTokenizer() throws IOException {
        String before = identity(CARD);
        assertThat(identity(CARD)).isEqualTo(before);
        assertThat(identity(CARD.replace("window: 4", "window: 3"))).isNotEqualTo(before);
        Files.writeString(folder.resolve("t.txt"), "abcdefgh|ijkl|mo");
        assertThat(identity(CARD)).isNotEqualTo(before);
        Files.writeString(folder.resolve("t.txt"), "abcdefgh|ijkl|mn");
        for (String name : List.of("tokenizer.json", "tokenizer_config.json")) {
            Files.copy(Specs.HOME.resolve("models/bytes/" + name), folder.resolve(name));
        }
        // The same tokenizer beside the card gives the same weights; one that puts nothing first does not.
        assertThat(identity(CARD.replace("bytes", "."))).isEqualTo(before);
        Files.writeString(
                folder.resolve("tokenizer.json"),
                Files.readString(folder.resolve("tokenizer.json"))
                        .replaceFirst("\"post_processor\": \\{", "\"post_processor\": null, \"unused\": {"));
        Files.delete(folder.resolve("tokenizer_config.json"));
        assertThat(identity(CARD.replace("bytes", "."))).isNotEqualTo(before);
    }

    @Test
    void documentsOfTheOtherPartAreUnseen() throws IOException {
        StringBuilder text = new StringBuilder();
        for (char c = 'a'; c <= 'z'; c++) {
            text.append(String.valueOf(c).repeat(4)).append('|');
        }
        Files.writeString(folder.resolve("t.txt"), text);
        String split = CARD.replace("window: 4", "window: 4, split: {part: train, train: 0.5}");
        TokenGenerator data =
                (TokenGenerator) ((TrainedCard) read(split).card()).recipe().data();
        List<Integer> seen = letters(data);
        List<Integer> unseen = letters(data.unseen());
        assertThat(seen).isNotEmpty().doesNotContainAnyElementsOf(unseen);
        assertThat(seen.size() + unseen.size()).isEqualTo(26);
    }

    private static List<Integer> letters(TokenGenerator data) {
        return Arrays.stream(data.draw(new Draw(257, 2000, 0)).tokens())
                .map(row -> row[1])
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tokenizer: bytes|tokenizer: byts|3:12 error[unknown-tokenizer] there is no tokenizer `byts`",
                "tokenizer: bytes|tokenizer: ../bytes|there is no tokenizer `../bytes`",
                "d_vocab: 257|d_vocab: 200|`d_vocab` is 200, but the tokenizer `bytes` has 257 token ids",
                "n_ctx: 9|n_ctx: 4|rows of 4 tokens and a BOS token are longer than n_ctx, which is 4",
                ", window: 4|''|`text` needs `window` here",
                "seeds: [0]|loss-on: first|text has no position classes to train on",
                "window: 4|window: 4, labels: [{characters: [digit]}]|`labels` has no effect on a training",
                "file: t.txt|corpus: pile-10k|a model is trained on files beside its card",
            })
    void whatDoesNotFitIsSaidAtItsPlace(String old, String changed, String said) throws IOException {
        String card = CARD.replace(old, changed).replace("loss-on: first", "seeds: [0]\n  loss-on: first");
        SpecException e = catchThrowableOfType(SpecException.class, () -> read(card));
        assertThat(e).as(card).isNotNull();
        assertThat(e.problems()).extracting(Problem::toString).anyMatch(problem -> problem.contains(said));
    }

    @Test
    void aTokenizerIsForText() throws IOException {
        String card = CARD.replace(
                "{generator: text, file: t.txt, split-on: \"|\", window: 4}", "{generator: random-tokens, length: 5}");
        SpecException e = catchThrowableOfType(SpecException.class, () -> read(card));
        assertThat(e.problems())
                .extracting(Problem::message)
                .containsExactly("`tokenizer` has an effect only where `data` is `text`; leave it out");
        SpecException without =
                catchThrowableOfType(SpecException.class, () -> read(CARD.replace("tokenizer: bytes\n", "")));
        assertThat(without.problems())
                .extracting(Problem::message)
                .containsExactly("text needs a tokenizer: name one beside `recipe`, such as `tokenizer: bytes`");
    }
}
