package dev.loupe.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.failure.UserInputException;
import dev.loupe.model.folder.HubTokenizer;
import dev.loupe.tensors.GgufWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GGUF files with SentencePiece's BPE in them, against sentencepiece and transformers (gguf/sentencepiece.py). */
class SentencePieceBpeTest {
    private static final Path FILES = Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/gguf");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"spm-prefix", "spm-whole"})
    void textIsReadAsTheProgramsOfItsKindDo(String name) throws IOException {
        JsonNode cases = new ObjectMapper()
                .readTree(FILES.resolve("sentencepiece.json").toFile())
                .path(name);
        assertThat(cases).hasSize(20);
        try (HubTokenizer tokenizer = HubTokenizer.open(FILES.resolve(name + ".gguf"))) {
            List<String> apart = new ArrayList<>();
            for (JsonNode one : cases) {
                String text = one.path("text").asText();
                int[] ids = new ObjectMapper().convertValue(one.path("ids"), int[].class);
                assertThat(tokenizer.encode(text).ids()).as(text).isEqualTo(ids);
                assertThat(tokenizer.decode(ids, false))
                        .as(text)
                        .isEqualTo(one.path("decoded").asText());
                if (!one.path("same").asBoolean()) {
                    apart.add(text);
                }
            }
            // sentencepiece itself never finds control tokens in a text.
            assertThat(apart).containsExactly("<s>begin</s> <start_of_turn>user");
            assertThat(tokenizer.ownBos()).isEqualTo(name.equals("spm-whole") ? 2 : 1);
        }
    }

    private Path tiny(GgufWriter more) throws IOException {
        return more.text("general.architecture", "llama")
                .text("tokenizer.ggml.model", "llama")
                .texts("tokenizer.ggml.tokens", List.of("<unk>", "<s>", "a", "b", "ab", "aba"))
                .write(folder.resolve("tiny.gguf"));
    }

    private void refused(GgufWriter more, String why) throws IOException {
        try (HubTokenizer tokenizer = HubTokenizer.open(tiny(more))) {
            assertThatThrownBy(() -> tokenizer.encode("a"))
                    .isInstanceOf(UserInputException.class)
                    .hasMessageContaining("tiny.gguf: tokenizer.ggml." + why);
        }
    }

    /** "aba" has the highest score and is joined as soon as its two pieces are there; "ba" is no piece. */
    @Test
    void thePairWithTheHighestScoreIsJoinedFirst() throws IOException {
        GgufWriter file = new GgufWriter()
                .ints("tokenizer.ggml.token_type", 2, 3, 1, 1, 1, 1)
                .reals("tokenizer.ggml.scores", 0, 0, -9, -9, -2, -1)
                .flag("tokenizer.ggml.add_space_prefix", false);
        try (HubTokenizer tokenizer = HubTokenizer.open(tiny(file))) {
            assertThat(tokenizer.encode("ababa").ids()).containsExactly(5, 3, 2);
            assertThat(tokenizer.encode("ba").ids()).containsExactly(3, 2);
            assertThat(tokenizer.encode("ac").ids()).containsExactly(2, 0);
            assertThat(tokenizer.specials()).containsExactlyInAnyOrder(0, 1);
        }
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        refused(new GgufWriter(), "token_type is missing");
        refused(
                new GgufWriter()
                        .ints("tokenizer.ggml.token_type", 2, 3, 1, 1, 1, 1)
                        .reals("tokenizer.ggml.scores", 0, 0),
                "scores is not a list of 6 numbers, one for each token");
    }
}
