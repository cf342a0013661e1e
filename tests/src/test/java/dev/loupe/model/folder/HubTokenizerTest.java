package dev.loupe.model.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.dataset.Dataset;
import dev.loupe.dataset.given.Text;
import dev.loupe.dataset.prompt.Ioi;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TextEncoder;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.failure.UserInputException;
import dev.loupe.schema.Binder;
import dev.loupe.schema.yaml.YamlTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubTokenizerTest {

    private static HubTokenizer open(String model) {
        String folders = System.getenv("LOUPE_MODELS");
        assumeTrue(folders != null, "skipped: LOUPE_MODELS names no folder of models, and " + model + " is needed");
        for (String folder : folders.split(java.io.File.pathSeparator, -1)) {
            if (HubTokenizer.isIn(Path.of(folder, model))) {
                return HubTokenizer.open(Path.of(folder, model));
            }
        }
        assumeTrue(false, "skipped: " + model + " is in no folder of LOUPE_MODELS");
        throw new AssertionError();
    }

    @ParameterizedTest
    @ValueSource(strings = {"smollm2-135m-instruct", "stories260k"})
    void idsTokensSpansAndTextAreThoseOfTheReference(String model) throws IOException {
        try (HubTokenizer tokenizer = open(model);
                InputStream in = HubTokenizerTest.class.getResourceAsStream("/tokenizers/expected.json")) {
            JsonNode cases = new ObjectMapper().readTree(in).path(model);
            assertThat(cases).hasSize(21);
            for (JsonNode expected : cases) {
                String text = expected.path("text").asText();
                TextEncoder.Encoded encoded = tokenizer.encode(text);
                assertThat(encoded.ids()).as(text).isEqualTo(ints(expected.path("ids")));
                List<String> tokens = new ArrayList<>();
                expected.path("tokens").forEach(token -> tokens.add(token.asText()));
                assertThat(encoded.tokens()).as(text).isEqualTo(tokens);
                List<TextEncoder.Span> spans = new ArrayList<>();
                expected.path("offsets")
                        .forEach(o -> spans.add(
                                new TextEncoder.Span(o.get(0).asInt(), o.get(1).asInt())));
                assertThat(encoded.spans()).as(text).isEqualTo(spans);
                assertThat(tokenizer.decode(encoded.ids(), false))
                        .as(text)
                        .isEqualTo(expected.path("decoded").asText());
            }
        }
    }

    private static int[] ints(JsonNode array) {
        int[] out = new int[array.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = array.get(i).asInt();
        }
        return out;
    }

    private static List<String> shown(TextEncoder tokenizer, String text) {
        List<String> shown = new ArrayList<>();
        for (int id : tokenizer.encode(text).ids()) {
            shown.add(tokenizer.display(id));
        }
        return shown;
    }

    @Test
    void aTextThatNeedsAnUnkTokenOutsideTheVocabularyIsRefused(@TempDir Path own) throws IOException {
        Files.writeString(own.resolve("tokenizer.json"), """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
                 "pre_tokenizer": null, "post_processor": null, "decoder": null,
                 "model": {"type": "BPE", "unk_token": "<unk>", "vocab": {"a": 0}, "merges": []}}
                """);
        try (HubTokenizer tokenizer = HubTokenizer.open(own)) {
            assertThat(tokenizer.encode("a").ids()).containsExactly(0);
            assertThatThrownBy(() -> tokenizer.encode("ab"))
                    .isInstanceOf(UserInputException.class)
                    .hasMessageContaining("tokenizer.json: the text 'ab' cannot be read with it");
        }
    }

    @Test
    void tokensAreShownWithNothingInvisible() {
        try (HubTokenizer tokenizer = open("smollm2-135m-instruct")) {
            assertThat(shown(tokenizer, "Hello world")).containsExactly("Hello", "\u00B7world");
            assertThat(shown(tokenizer, "a\tb\nc\n\n"))
                    .containsExactly("a", "\u21E5", "b", "\u23CE", "c", "\u23CE\u23CE");
            assertThat(shown(tokenizer, "a\0b")).containsExactly("a", "<U+0000>", "b");
            assertThat(shown(tokenizer, "\u65E5")).containsExactly("<0xE6><0x97>", "<0xA5>");
            assertThat(shown(tokenizer, "<|im_start|>")).containsExactly("<|im_start|>");
            assertThat(tokenizer.display(49_999)).isEqualTo("<unused\u00B749999>");
        }
        try (HubTokenizer tokenizer = open("stories260k")) {
            assertThat(shown(tokenizer, "a\nb")).containsExactly("\u00B7a", "\u23CE", "b");
            assertThat(shown(tokenizer, "\u00EF")).containsExactly("\u00B7", "<0xC3>", "<0xAF>");
        }
    }

    @Test
    void beginOfTextSpecialsAndSizeAreThoseOfTheFiles() {
        try (HubTokenizer tokenizer = open("smollm2-135m-instruct")) {
            assertThat(tokenizer.ownBos()).isNull();
            assertThat(tokenizer.specials()).hasSize(17).contains(0, 1, 2);
            assertThat(tokenizer.vocabulary()).isEqualTo(49_152);
        }
        try (HubTokenizer tokenizer = open("stories260k")) {
            assertThat(tokenizer.ownBos()).isEqualTo(1);
            assertThat(tokenizer.specials()).containsExactlyInAnyOrder(0, 1, 2);
            assertThat(tokenizer.vocabulary()).isEqualTo(512);
        }
    }

    @Test
    void longTextsAreNotCutAndSpansSurviveAnEmoji() {
        try (HubTokenizer tokenizer = open("smollm2-135m-instruct")) {
            String text = "\uD83D\uDC69 one two ".repeat(3000);
            TextEncoder.Encoded encoded = tokenizer.encode(text);
            TextEncoder.Span last = encoded.spans().get(encoded.ids().length - 1);
            assertThat(last.end()).isEqualTo(text.codePointCount(0, text.length()));
            assertThat(tokenizer.decode(encoded.ids(), false)).isEqualTo(text);
            TextEncoder.Encoded few = tokenizer.encode("\uD83D\uDC69 Mary");
            assertThat(few.spans().get(few.ids().length - 1).of("\uD83D\uDC69 Mary"))
                    .isEqualTo(" Mary");
        }
    }

    @Test
    void documentsBecomeRows(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("stories.txt"), "\nOnce upon a time.\n<|endoftext|>\nThe end.\n<|endoftext|>\n  ");
        try (HubTokenizer tokenizer = open("stories260k")) {
            Sources sources = new Sources(folder, 512, tokenizer);
            TokenRows rows = text("file: stories.txt, split-on: <|endoftext|>").read(sources);
            assertThat(rows.rows()).isEqualTo(2);
            assertThat(rows.tokens()[0]).startsWith(1);
            assertThat(tokenizer.decode(rows.tokens()[0], true)).isEqualTo("Once upon a time.");
            assertThat(rows.positions().get("END")[1]).isEqualTo(rows.tokens()[1].length - 1);
            TokenRows bare = text("file: stories.txt, split-on: <|endoftext|>, bos: none, max-tokens: 3, rows: 1")
                    .read(sources);
            assertThat(bare.rows()).isEqualTo(1);
            assertThat(bare.tokens()[0]).hasSize(3).isEqualTo(java.util.Arrays.copyOfRange(rows.tokens()[0], 1, 4));
            TokenRows two = text("text: Once, bos: 2").read(sources);
            assertThat(two.tokens()[0]).startsWith(2);
            assertThat(text("text: ' Once '").documents(sources)).containsExactly("Once");
            assertThat(text("text: ' Once ', strip: false, max-characters: 3").documents(sources))
                    .containsExactly(" On");
        }
    }

    private static Text text(String options) {
        return (Text) Binder.bind(YamlTree.parse("{generator: text, " + options + "}", "test.yaml"), Dataset.class)
                .value();
    }

    @Test
    void indirectObjectPromptsFitTheRealTokenizer() {
        try (HubTokenizer tokenizer = open("smollm2-135m-instruct")) {
            Sources sources = new Sources(Path.of("."), 49_152, tokenizer);
            Ioi ioi = (Ioi)
                    Binder.bind(YamlTree.parse("{generator: ioi, rows: 200, seed: 1}", "test.yaml"), Dataset.class)
                            .value();
            TokenRows rows = ioi.read(sources);
            for (int r = 0; r < rows.rows(); r++) {
                int answer = rows.columns().get("answer")[r];
                assertThat(rows.tokens()[r][rows.positions().get("IO")[r]]).isEqualTo(answer);
                assertThat(rows.tokens()[r][rows.positions().get("S2")[r]])
                        .isEqualTo(rows.columns().get("wrong")[r]);
                assertThat(tokenizer.display(answer)).startsWith("\u00B7");
            }
        }
    }

    @Test
    void aTokenizerThatDrawsItsTokensIsRefused(@TempDir Path folder) throws IOException {
        String json = "{\"model\": {\"type\": \"BPE\", \"dropout\": %s, \"vocab\": {\"a\": 0, \"b\": 1, \"ab\": 2}, "
                + "\"merges\": [\"a b\"]}}";
        Path file = folder.resolve("tokenizer.json");
        for (String none : List.of("null", "0.0")) {
            Files.writeString(file, json.formatted(none));
            assertThat(HubTokenizer.open(folder).encode("ab").ids()).containsExactly(2);
        }
        Files.writeString(file, json.formatted("0.5"));
        assertThatThrownBy(() -> HubTokenizer.open(folder))
                .isInstanceOf(UserInputException.class)
                .hasMessageContaining("'model.dropout' is 0.5");
    }

    @Test
    void whatIsNoTokenizerIsNamed(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> HubTokenizer.open(folder))
                .isInstanceOf(UserInputException.class)
                .hasMessageContaining("tokenizer.json: the file does not exist");
        Path file = folder.resolve("tokenizer.json");
        for (String broken : List.of(
                "{",
                "{}",
                "[]",
                "{\"model\": {\"vocab\": {\"a\": -1}}}",
                "{\"model\": {\"vocab\": {\"a\": 2000000000}}}",
                "{\"model\": {\"vocab\": {\"a\": 0}}}")) {
            Files.writeString(file, broken);
            assertThatThrownBy(() -> HubTokenizer.open(folder).encode("a"))
                    .as(broken)
                    .isInstanceOf(UserInputException.class)
                    .hasMessageContaining("tokenizer.json");
        }
    }
}
