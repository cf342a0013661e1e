package dev.loupe.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.failure.UserInputException;
import dev.loupe.model.folder.HubTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoders over which the tokenizers library would end this process: they are refused before it sees them. */
class StrictJsonTest {
    @TempDir
    Path folder;

    private HubTokenizer open(String decoder) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
                 "pre_tokenizer": null, "post_processor": null, "decoder": %s,
                 "model": {"type": "WordLevel", "vocab": {"a": 0}, "unk_token": "a"}}
                """.formatted(decoder));
        return HubTokenizer.open(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": \"\\ud800x\"}                    | \\ud800 in a text is half of a pair",
                "{\"type\": \"\\udc00\"}                     | \\udc00 in a text is half of a pair",
                "{\"type\": \"ByteLevel\", \"a\": 1e999}     | decoder.a",
                "{\"type\": \"ByteLevel\", \"a\": NaN}       | decoder.a",
                "{\"type\": \"ByteLevel\", \"a\": 9e9999999} | decoder.a",
                "{\"type\": \"ByteLevel\", \"a\": [-Infinity]} | decoder.a[0]",
            })
    void whatTheLibrarysParserRefuses(String decoder, String said) {
        assertThatThrownBy(() -> open(decoder).encode("a"))
                .isInstanceOf(UserInputException.class)
                .hasMessageContaining("tokenizer.json")
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"a\", \"b\"]", "\"a b\"", "[\"a\", \"#\"]", "[\"a\", \"é\"]", "\"a\""})
    void aMergeWithoutThePrefixOfContinuingPieces(String merge) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
                 "pre_tokenizer": null, "post_processor": null, "decoder": null,
                 "model": {"type": "BPE", "continuing_subword_prefix": "##", "vocab": {"a": 0, "b": 1, "##b": 2, "ab": 3},
                   "merges": [["a", "##b"], %s]}}
                """.formatted(merge));
        assertThatThrownBy(() -> HubTokenizer.open(folder))
                .isInstanceOf(UserInputException.class)
                .hasMessageContaining("does not begin with the continuing_subword_prefix '##'");
    }

    @Test
    void aWholeNumberOfAThousandDigits() {
        assertThatThrownBy(() -> open("{\"type\": \"ByteLevel\", \"a\": " + "9".repeat(999) + "}"))
                .isInstanceOf(UserInputException.class)
                .hasMessageContaining("'decoder.a' must be a finite number");
    }

    @Test
    void nestingOfMoreThanAHundredLevels() throws IOException {
        String inner = "[".repeat(99) + "]".repeat(99);
        assertThatThrownBy(() -> open("{\"type\": \"ByteLevel\", \"a\": " + inner + "}"))
                .isInstanceOf(UserInputException.class)
                .hasMessageContaining("deeper than 100 levels");
        assertThat(
                        open("{\"type\": \"ByteLevel\", \"add_prefix_space\": true, \"trim_offsets\": true, \"use_regex\": true, "
                                        + "\"a\": \"\\ud83d\\ude00\"}")
                                .encode("a")
                                .ids())
                .containsExactly(0);
    }
}
