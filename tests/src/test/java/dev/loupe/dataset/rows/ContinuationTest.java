package dev.loupe.dataset.rows;

import static dev.loupe.dataset.Datasets.bind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.given.Tokens;
import dev.loupe.dataset.prompt.Prompts;
import dev.loupe.dataset.prompt.Templates;
import dev.loupe.model.folder.HubTokenizer;
import dev.loupe.resolve.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a byte-level tokenizer that cuts digits in threes, as Llama 3's does, and has few merges: 17, 173, 33, 31, Mary. */
class ContinuationTest {
    private final HubTokenizer tokenizer =
            HubTokenizer.open(Specs.HOME.resolve("tests/src/test/resources/tokenizers/digits-in-threes"));

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        tokenizer.close();
    }

    private String id(String prompt, String word) {
        return tokenizer.display(new Continuation(tokenizer, prompt).id(word, "answer", "row 0, answer"));
    }

    private void refused(String prompt, String word, String... parts) {
        assertThatThrownBy(() -> id(prompt, word))
                .isInstanceOf(DatasetException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }

    @Test
    void oneMoreTokenIsTheAnswer() {
        assertThat(id("year 173", "33")).isEqualTo("33");
        assertThat(id("year 171", "33")).isEqualTo("33");
        assertThat(id("to", " Mary")).isEqualTo("·Mary");
        // As it is written: without the space another token.
        assertThat(id("to", "Mary")).isEqualTo("Mary");
        assertThat(id("a\n", "b")).isEqualTo("b");
    }

    @Test
    void anAnswerThatChangesThePromptIsShownInBothReadings() {
        refused(
                "to the year 17",
                "33",
                "row 0, answer \"33\" changes the tokens of the prompt",
                "on its own it ends …|e|a|r|·|17, with the answer …|e|a|r|·|173|3.",
                "Use an answer that is one token after \"to the year 17\"");
        // Digit by digit nothing merges, but it is no single token.
        refused(
                "year 1",
                "7",
                "on its own it ends …|e|a|r|·|1, with the answer …|e|a|r|·|17",
                "write \"17\" for the answer");
    }

    @Test
    void aSpaceAtTheEndOfThePromptBelongsToTheAnswer() {
        refused(
                "gave it to ",
                "Mary",
                "on its own it ends …|·|i|t|·to|·, with the answer …|·|i|t|·to|·Mary",
                "End the prompt with \"gave it to\" and write \" Mary\" for the answer");
    }

    @Test
    void severalTokensAreRefusedAndTheFirstIsNamed() {
        refused("year 173", "331", "is 2 tokens after the prompt", "33|1; one is needed", "write \"33\"");
        refused("to", "", "adds no token to the prompt");
    }

    @Test
    void theCounterpartIsAskedForTheSame() {
        assertThat(new Continuation(tokenizer, "year 173", "year 171").id("33", "", "answer"))
                .isEqualTo(new Continuation(tokenizer, "year 173").id("33", "", "answer"));
        assertThatThrownBy(() -> new Continuation(tokenizer, "year 173", "year 17").id("33", "", "answer"))
                .hasMessageContaining("changes the tokens of the corrupted counterpart");
    }

    private PairedRows prompts(String json) throws IOException {
        Files.writeString(folder.resolve("p.json"), json);
        return bind(Prompts.class, "{generator: prompts, file: p.json, bos: 5}")
                .pairs(new Sources(folder, tokenizer.vocabulary(), tokenizer));
    }

    private static String pair(String clean, String corrupt, String answers, String wrong) {
        return "{\"clean\": \"%s\", \"corrupt\": \"%s\", \"answers\": [%s], \"wrong_answers\": [%s]}"
                .formatted(clean, corrupt, answers, wrong);
    }

    @Test
    void everyRowOfAFileIsCheckedOnBothSides() throws IOException {
        String good = pair("year 173", "yaar 173", "\"33\"", "\"31\"");
        assertThat(prompts("{\"prompts\": [" + good + "]}").clean().ids("answer", 0))
                .containsExactly(tokenizer.encode("33").ids());
        String[][] bad = {
            {pair("year 17", "year 18", "\"33\"", "\"31\""), "answers[0] \"33\" changes the tokens of the prompt"},
            {pair("year 173", "year 173", "\"33\"", "\"31\", \"313\""), "wrong_answers[1] \"313\" is 2 tokens"},
            {pair("year 17", "year 18", "\"1\"", "\"33\""), "wrong_answers[0] \"33\" changes the tokens of the prompt"},
            {pair("year 173", "year 17", "\"33\"", "\"31\""), "answers[0] \"33\" changes the tokens of the corrupted"},
            {
                pair("year 173", "year 173", "\"33\"", "\"31\", \"33\""),
                "answers[0] \"33\" and `p.json`: line 2, prompts[1].wrong_answers[1] \"33\" are the same token"
            },
            {pair("year 173", "year 173", "\"33\", \"33\"", "\"31\""), "name it once"},
            {pair("year 173", "year 173", "\"33\"", "\"31\", \"31\""), "name it once"},
            {
                "{\"clean\": [1], \"corrupt\": [2], \"answers\": [7], \"wrong_answers\": [7]}",
                "an answer cannot be right and wrong at the same time"
            },
        };
        for (String[] each : bad) {
            assertThatThrownBy(() -> prompts("{\"prompts\": [" + good + ",\n" + each[0] + "]}"))
                    .as(each[0])
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining("`p.json`: line 2, prompts[1].")
                    .hasMessageContaining(each[1]);
        }
    }

    @Test
    void everyDrawnRowIsChecked() {
        String rest = ", slots: {A: [Mary, Ann]}, rows: 2, seed: 1, bos: none, ";
        Sources sources = new Sources(folder, tokenizer.vocabulary(), tokenizer);
        assertThatThrownBy(() -> bind(
                                Templates.class,
                                "{generator: templates, templates: '{A} in 17', answer: '33', wrong: '31',"
                                        + " corruption: {put: A, word: Ann}" + rest + "}")
                        .pairs(sources))
                .hasMessageContaining("row 0, answer \"33\" changes the tokens of the prompt");
        assertThatThrownBy(() -> bind(
                                Templates.class,
                                "{generator: templates, templates: 'I see {A}', answer: ' Ann', wrong: ' Ann',"
                                        + " corruption: {put: A, word: Ann}" + rest + "}")
                        .pairs(sources))
                .hasMessageContaining("row 0, answer \" Ann\" and row 0, wrong \" Ann\" are the same token");
        assertThatThrownBy(
                        () -> bind(Tokens.class, "{generator: tokens, ids: [[1], [2]], answer: [3, 4], wrong: [4, 4]}")
                                .read(sources))
                .hasMessageContaining("answer[1] and wrong[1] are the same id 4");
    }
}
