package dev.loupe.model.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.loupe.schema.problem.Problem;
import dev.loupe.schema.problem.SpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights to begin with and rows that are mixed in: whether they fit is found out before anything is trained. */
class RecipePartsTest {
    private static final String CARD = """
            card: trained
            title: Mine
            architecture:
              transformer: {n_layers: 1, d_model: 16, n_heads: 2, n_ctx: 16, d_vocab: 12, attn_only: true}
            recipe:
              data: {generator: repeated-tokens, period: 2..5, length: 16}
              batch: 16
              steps: 30
              optimizer: {kind: sgd, learning-rate: 1e-3}
              checkpoints: {at: [10]}
              seeds: [0]
            """;
    private static final String TUNED = CARD + "  from: {card: base}\n";

    @TempDir
    Path folder;

    @BeforeEach
    void base() throws IOException {
        Files.writeString(folder.resolve("base.yaml"), CARD);
        Files.writeString(folder.resolve("toy.yaml"), """
                card: trained
                title: Toy
                architecture: {toy-autoencoder: {features: 5, hidden: 2}}
                recipe:
                  data: {generator: sparse-features, features: 5, sparsity: [0.7]}
                  batch: 16
                  steps: 30
                  optimizer: {kind: sgd, learning-rate: 1e-3}
                  seeds: [0]
                """);
        Files.writeString(folder.resolve("public.yaml"), """
                card: public
                title: GPT-2
                licence: MIT
                bos: optional
                files: [config.json]
                models:
                  gpt2-small:
                    repository: openai-community/gpt2
                    config: {n_layers: 1, d_model: 8, n_heads: 2, n_ctx: 8, d_vocab: 9}
                """);
    }

    private List<String> problems(String text) throws IOException {
        Path card = Files.writeString(folder.resolve("mine.yaml"), text);
        SpecException e = catchThrowableOfType(SpecException.class, () -> CardFile.read(card));
        return e == null
                ? List.of()
                : e.problems().stream()
                        .map(Problem::toString)
                        .map(p -> p.substring(p.indexOf(".yaml:") + ".yaml:".length()))
                        .toList();
    }

    @Test
    void whatFitsIsRead() throws IOException {
        assertThat(problems(TUNED)).isEmpty();
        assertThat(problems(TUNED.replace("base}", "base, seed: 7, step: 10}"))).isEmpty();
        CardFile read = CardFile.read(folder.resolve("mine.yaml"));
        assertThat(read.base())
                .isInstanceOfSatisfying(
                        Base.Trained.class,
                        base -> assertThat(base.card()).isEqualTo(CardFile.read(folder.resolve("base.yaml"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "card: base|card: bse|12:16 error[unknown-name] there is no card and no model `bse` here",
                "card: base|card: public|12:16 error[bad-value] `public` is a card that lists what others made; name a model: gpt2-small",
                "card: base|card: toy|12:9 error[ignored-key] `from` is for transformers that begin with a transformer",
                "card: base|card: mine|12:16 error[bad-value] `mine` begins with the weights of this card itself",
                "d_vocab: 12|d_vocab: 13|4:3 error[bad-value] the weights of `base` do not fit: here against there, d_vocab 13 against 12",
                "d_model: 16|d_model: 32|d_model 32 against 16, d_head 16 against 8",
                "n_layers: 1|n_layers: 2|n_layers 2 against 1",
                "card: base|'card: base, step: 11'|12:28 error[out-of-range] `base` has no checkpoint 11; did you mean 10 or 30?",
                "n_ctx: 16|n_ctx: 15|rows have up to 16 positions, more than n_ctx",
            })
    void weightsThatDoNotFit(String right, String wrong, String said) throws IOException {
        assertThat(problems(TUNED.replace(right, wrong)))
                .singleElement()
                .asString()
                .contains(said);
    }

    @Test
    void cardsThatBeginWithEachOther() throws IOException {
        Files.writeString(folder.resolve("base.yaml"), CARD + "  from: {card: mine}\n");
        assertThat(problems(TUNED)).singleElement().asString().contains("begins with the weights of this card itself");
    }

    @Test
    void aToyBeginsWithNothing() throws IOException {
        String toy = Files.readString(folder.resolve("toy.yaml"));
        assertThat(problems(toy + "  from: {card: base}\n"))
                .singleElement()
                .asString()
                .contains("10:9 error[ignored-key]", "`from` is for transformers");
        assertThat(problems(toy + "  mixed-with: [{share: 0.1, data: {generator: random-tokens, length: 8}}]\n"))
                .singleElement()
                .asString()
                .contains("error[ignored-key]", "`mixed-with` is for transformers");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "share: 0.1, data: {generator: no-repeat-tokens, length: 8}|",
                "share: 0, data: {generator: no-repeat-tokens, length: 8}|`share` must be above 0",
                "share: 1, data: {generator: no-repeat-tokens, length: 8}|below 1",
                "share: 0.1, data: {generator: no-repeat-tokens, length: 8, seed: 3}|`seed` has no effect here",
                "share: 0.1, data: {generator: no-repeat-tokens, length: 8, rows: 9}|`rows` has no effect here",
                "share: 0.1, data: {generator: no-repeat-tokens, length: 20}|error[bad-dataset]",
                "share: 0.1, data: {generator: text, file: a.txt, window: 8}|it takes a generator of rows of tokens, and no text",
                "share: 0.1, data: {generator: sparse-features, features: 5, sparsity: [0.7]}|cannot be mixed in",
            })
    void rowsThatAreMixedIn(String part, String said) throws IOException {
        List<String> problems = problems(CARD + "  mixed-with: [{" + part + "}]\n");
        if (said == null) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).singleElement().asString().contains(said);
        }
    }

    @Test
    void sharesLeaveSomethingToTheData() throws IOException {
        String half = "{share: 0.5, data: {generator: no-repeat-tokens, length: 8}}";
        assertThat(problems(CARD + "  mixed-with: [" + half + ", " + half + "]\n"))
                .singleElement()
                .asString()
                .contains("the shares of `mixed-with` leave nothing to `data`");
    }

    /** The class may be one of any part. */
    @Test
    void theLossMayBeOnAClassOfAPart() throws IOException {
        String mixed = CARD + "  mixed-with: [{share: 0.5, data: {generator: no-repeat-tokens, length: 8}}]\n";
        assertThat(problems(mixed + "  loss-on: second-half\n")).isEmpty();
        assertThat(problems(mixed + "  loss-on: second-halv\n"))
                .singleElement()
                .asString()
                .contains("did you mean `second-half`?");
    }
}
