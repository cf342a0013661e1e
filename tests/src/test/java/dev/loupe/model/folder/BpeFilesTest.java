package dev.loupe.model.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.failure.UserInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tokenizer in vocab.json and merges.txt, as OPT's repositories have it: a tiny one with OPT's special tokens, and the ids
 * that transformers 5.24 gives with these files.
 */
class BpeFilesTest {
    private static final Path FILES =
            Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/tokenizers/bpe-files");

    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        for (String name :
                new String[] {"vocab.json", "merges.txt", "tokenizer_config.json", "special_tokens_map.json"}) {
            Files.copy(FILES.resolve(name), folder.resolve(name));
        }
    }

    @Test
    void idsAreThoseOfTransformers() throws IOException {
        JsonNode cases =
                new ObjectMapper().readTree(FILES.resolve("expected.json").toFile());
        assertThat(cases).hasSize(10);
        assertThat(HubTokenizer.isIn(folder)).isTrue();
        try (HubTokenizer tokenizer = HubTokenizer.open(folder)) {
            for (JsonNode one : cases) {
                int[] ids = new ObjectMapper().convertValue(one.path("ids"), int[].class);
                String text = one.path("text").asText();
                assertThat(tokenizer.encode(text).ids()).as(text).isEqualTo(ids);
                assertThat(tokenizer.decode(ids, false)).isEqualTo(text);
            }
            assertThat(tokenizer.ownBos()).isEqualTo(2);
            assertThat(tokenizer.specials()).containsExactlyInAnyOrder(1, 2);
            assertThat(tokenizer.display(2)).isEqualTo("</s>");
        }
    }

    @Test
    void anotherTokenizerInSuchFilesIsRefusedByName() throws IOException {
        Path config = folder.resolve("tokenizer_config.json");
        Files.writeString(config, Files.readString(config).replace("GPT2Tokenizer", "CLIPTokenizer"));
        assertThatThrownBy(() -> HubTokenizer.open(folder))
                .isInstanceOf(UserInputException.class)
                .hasMessageContaining("tokenizer_class 'CLIPTokenizer' is not supported without a tokenizer.json");
        Files.writeString(config, "{\"bos_token\": \"<begin>\"}");
        assertThatThrownBy(() -> HubTokenizer.open(folder))
                .hasMessageContaining("bos_token '<begin>' is not in vocab.json");
    }
}
