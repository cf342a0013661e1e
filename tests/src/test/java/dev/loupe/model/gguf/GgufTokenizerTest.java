package dev.loupe.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.dataset.rows.TextEncoder;
import dev.loupe.failure.UserInputException;
import dev.loupe.model.ModelsAtHand;
import dev.loupe.model.folder.HubTokenizer;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.tensors.GgufWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A GGUF file that stands alone reads text by its own metadata. */
class GgufTokenizerTest {
    private static final List<String> TOKENS =
            List.of("<|end|>", "a", "b", "c", "1", "2", "\u0120", "\u0120a", "ab", "abc", "12", "\u00c3", "\u00a9");

    @TempDir
    Path folder;

    private Path alone() throws IOException {
        Path model = ModelsAtHand.folder("smollm2-135m-instruct");
        try (var files = Files.list(model)) {
            Path gguf = files.filter(f -> f.toString().endsWith(".gguf"))
                    .findFirst()
                    .orElseThrow();
            return Files.createSymbolicLink(folder.resolve("model.gguf"), gguf.toAbsolutePath());
        }
    }

    @Test
    void smolLm2AloneReadsTextAsItsTokenizerDoes() throws IOException {
        Path gguf = alone();
        assertThat(HubTokenizer.isIn(gguf)).isTrue();
        assertThat(HubTokenizer.isIn(folder)).isTrue();
        assertThat(ModelFolder.open(gguf).config())
                .isEqualTo(ModelFolder.open(ModelsAtHand.folder("smollm2-135m-instruct"))
                        .config());
        try (HubTokenizer tokenizer = HubTokenizer.open(gguf);
                HubTokenizer beside = HubTokenizer.open(ModelsAtHand.folder("smollm2-135m-instruct"));
                InputStream in = GgufTokenizerTest.class.getResourceAsStream("/tokenizers/expected.json")) {
            JsonNode cases = new ObjectMapper().readTree(in).path("smollm2-135m-instruct");
            assertThat(cases).hasSize(21);
            for (JsonNode expected : cases) {
                String text = expected.path("text").asText();
                List<Integer> ids = new ArrayList<>();
                expected.path("ids").forEach(id -> ids.add(id.asInt()));
                TextEncoder.Encoded encoded = tokenizer.encode(text);
                assertThat(encoded.ids()).as(text).containsExactly(ids.toArray(Integer[]::new));
                assertThat(encoded.spans())
                        .as(text)
                        .isEqualTo(beside.encode(text).spans());
                assertThat(encoded.tokens())
                        .as(text)
                        .isEqualTo(beside.encode(text).tokens());
                assertThat(tokenizer.decode(encoded.ids(), false))
                        .isEqualTo(expected.path("decoded").asText());
            }
            assertThat(tokenizer.specials()).isEqualTo(beside.specials());
            assertThat(tokenizer.ownBos()).isEqualTo(beside.ownBos());
            assertThat(tokenizer.namedBos()).isEqualTo(beside.namedBos());
            assertThat(tokenizer.bounds()).isEqualTo(beside.bounds());
            assertThat(tokenizer.vocabulary()).isEqualTo(beside.vocabulary());
        }
    }

    @Test
    void anotherVocabularyBesideTheFileIsRefusedWithBothNames() throws IOException {
        Path gguf = alone();
        Path json = ModelsAtHand.folder("smollm2-135m-instruct").resolve("tokenizer.json");
        ObjectNode root = (ObjectNode) new ObjectMapper().readTree(Files.readString(json));
        ObjectNode vocabulary = (ObjectNode) root.path("model").path("vocab");
        vocabulary.remove("the");
        vocabulary.put("other", 1195);
        Path changed = Files.writeString(folder.resolve("tokenizer.json"), root.toString());
        assertThatThrownBy(() -> HubTokenizer.open(gguf))
                .isInstanceOf(UserInputException.class)
                .hasMessageContaining(changed.toString())
                .hasMessageContaining("model.gguf")
                .hasMessageContaining("token 1195 is 'other' against ");
    }

    /** A file with nothing but a tiny tokenizer. */
    private Path tiny(String pre, Map<String, Object> more) throws IOException {
        GgufWriter out = new GgufWriter()
                .text("general.architecture", "llama")
                .text("tokenizer.ggml.model", (String) more.getOrDefault("model", "gpt2"))
                .texts("tokenizer.ggml.tokens", TOKENS)
                .texts("tokenizer.ggml.merges", List.of("\u0120 a", "a b", "ab c", "1 2"))
                .ints("tokenizer.ggml.token_type", types())
                .whole("tokenizer.ggml.bos_token_id", (Integer) more.getOrDefault("bos", 0));
        if (!pre.isEmpty()) {
            out.text("tokenizer.ggml.pre", pre);
        }
        return out.write(folder.resolve("tiny.gguf"));
    }

    private static int[] types() {
        int[] types = new int[TOKENS.size()];
        java.util.Arrays.fill(types, 1);
        types[0] = 3;
        return types;
    }

    @ParameterizedTest
    @CsvSource({
        // "12" is one word but for smollm and qwen2, and "ab" after a space takes the space by the merges alone.
        "gpt-2, 'ab12', '8,10'",
        "gpt-2, 'abc a', '9,7'",
        "smollm, 'ab12', '8,4,5'",
        "qwen2, 'ab12', '8,4,5'",
        "llama-bpe, 'ab12', '8,10'",
        // The letter e with an accent of its own becomes one sign in the composed form.
        "qwen2, 'e\u0301', '11,12'",
        "gpt-2, '\u00e9', '11,12'",
        "gpt-2, 'a<|end|>a', '1,0,1'",
    })
    void theNameOfThePreTokenizerDecidesHowTextIsCut(String pre, String text, String ids) throws IOException {
        try (HubTokenizer tokenizer = HubTokenizer.open(tiny(pre, Map.of()))) {
            int[] wanted = java.util.Arrays.stream(ids.split(",", -1))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            assertThat(tokenizer.encode(text).ids()).isEqualTo(wanted);
            assertThat(tokenizer.ownBos()).isEqualTo(pre.equals("llama-bpe") ? 0 : null);
            assertThat(tokenizer.display(7)).isEqualTo("·a");
        }
    }

    @Test
    void whatIsNotKnownIsRefusedByNameWhenTextIsRead() throws IOException {
        try (HubTokenizer tokenizer = HubTokenizer.open(tiny("tekken", Map.of()))) {
            assertThat(tokenizer.display(8)).isEqualTo("ab");
            assertThatThrownBy(() -> tokenizer.encode("a"))
                    .isInstanceOf(UserInputException.class)
                    .hasMessageContaining("tiny.gguf: tokenizer.ggml.pre 'tekken' is not known; known are")
                    .hasMessageContaining("smollm");
        }
        try (HubTokenizer tokenizer = HubTokenizer.open(tiny("", Map.of()))) {
            assertThatThrownBy(() -> tokenizer.encode("a")).hasMessageContaining("tokenizer.ggml.pre is missing");
        }
        try (HubTokenizer tokenizer = HubTokenizer.open(tiny("gpt-2", Map.of("model", "bert")))) {
            assertThatThrownBy(() -> tokenizer.encode("a"))
                    .hasMessageContaining("tokenizer.ggml.model 'bert' is not supported");
        }
        assertThatThrownBy(() -> HubTokenizer.open(tiny("gpt-2", Map.of("bos", 99))))
                .hasMessageContaining("tokenizer.ggml.bos_token_id is 99, and there are 13 tokens");
    }

    /** A tokenizer may be larger or smaller than the embedding; only a token that has none is refused. */
    @Test
    void onlyATokenWithoutAnEmbeddingIsRefused() throws IOException {
        try (HubTokenizer tokenizer = HubTokenizer.open(tiny("gpt-2", Map.of()))) {
            tokenizer.readFor(50257);
            int[] ids = tokenizer.encode("a").ids();
            assertThat(ids).isNotEmpty();
            int most = java.util.Arrays.stream(ids).max().orElseThrow();
            tokenizer.readFor(most + 1);
            assertThat(tokenizer.encode("a").ids()).isEqualTo(ids);
            tokenizer.readFor(most);
            assertThatThrownBy(() -> tokenizer.encode("a"))
                    .hasMessageContaining("the token 'a' of the text 'a' has the id " + most)
                    .hasMessageContaining("the model's vocabulary has " + most + " ids");
        }
    }
}
