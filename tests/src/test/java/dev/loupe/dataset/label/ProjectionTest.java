package dev.loupe.dataset.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.dataset.WordEncoder;
import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TextEncoder;
import dev.loupe.model.ModelsAtHand;
import dev.loupe.model.folder.HubTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Labels fall on the right tokens of three kinds of tokenizers, in a text with an emoji, a tab and words in pieces. */
class ProjectionTest {
    private static final String TEXT = "Say \uD83D\uDC69 \"Zo\u00EB\" (n\u00E9e [Xu])\tpaid 12 unbelievable \u20AC.";
    private static final WordLists LISTS =
            new WordLists(Map.of("face", List.of("\uD83D\uDC69"), "odd", List.of("unbelievable")));
    private static final Characters CHARACTERS = new Characters(List.of(
            Characters.Kind.DIGIT,
            Characters.Kind.CAPITALISED,
            Characters.Kind.INSIDE_QUOTE,
            Characters.Kind.BRACKET_DEPTH,
            Characters.Kind.PUNCTUATION));

    /** Of each label the tokens that have it, as they are written in the tokenizer's file; a value other than 1 after them. */
    private static Map<String, List<String>> labelled(TextEncoder encoder) {
        TextEncoder.Encoded encoded = encoder.encode(TEXT);
        List<LabelKind> kinds = new ArrayList<>(CHARACTERS.kinds());
        kinds.addAll(LISTS.kinds());
        Marks marks = new Marks(TEXT, List.of(), kinds);
        CHARACTERS.mark(marks);
        LISTS.mark(marks);
        Map<String, List<String>> out = new LinkedHashMap<>();
        for (LabelKind kind : kinds) {
            int[] values = Projection.of(kind, marks, encoded.spans());
            List<String> tokens = new ArrayList<>();
            for (int t = 0; t < values.length; t++) {
                String value = values[t] == Label.LEFT_OUT ? " out" : values[t] == 1 ? "" : " " + values[t];
                if (values[t] != 0) {
                    tokens.add(encoded.tokens().get(t) + value);
                }
            }
            out.put(kind.name(), tokens);
        }
        return out;
    }

    @Test
    void byteLevelPieces() {
        try (HubTokenizer tokenizer = HubTokenizer.open(ModelsAtHand.folder("smollm2-135m-instruct"))) {
            Map<String, List<String>> labels = labelled(tokenizer);
            assertThat(labels.get("digit")).containsExactly("1", "2");
            assertThat(labels.get("capitalised")).containsExactly("Say", "Z", "o", "\u00C3\u00AB", "X", "u");
            assertThat(labels.get("inside-quote")).containsExactly("Z", "o", "\u00C3\u00AB");
            // `])` ends outside both brackets.
            assertThat(labels.get("bracket-depth"))
                    .containsExactly("\u0120(", "n", "\u00C3\u00A9e", "\u0120[ 2", "X 2", "u 2");
            // The emoji is three tokens, the first with the space before it.
            assertThat(labels.get("face")).containsExactly("\u0120\u00F0\u0141 out", "\u0133 out", "\u00A9");
            assertThat(labels.get("odd")).containsExactly("\u0120unbelie", "vable");
        }
    }

    @Test
    void sentencePieceStylePiecesAndBytes() {
        try (HubTokenizer tokenizer = HubTokenizer.open(ModelsAtHand.folder("stories260k"))) {
            Map<String, List<String>> labels = labelled(tokenizer);
            assertThat(labels.get("digit")).containsExactly("1", "2");
            assertThat(labels.get("capitalised"))
                    .containsExactly("\u2581S", "ay", "Z", "o", "<0xC3> out", "<0xAB>", "X", "u");
            assertThat(labels.get("inside-quote")).containsExactly("Z", "o", "<0xC3> out", "<0xAB>");
            assertThat(labels.get("bracket-depth"))
                    .containsExactly("(", "n", "\u00E9", "e", "\u2581", "[ 2", "X 2", "u 2", "]");
            assertThat(labels.get("face")).containsExactly("<0xF0> out", "<0x9F> out", "<0x91> out", "<0xA9>");
            assertThat(labels.get("odd")).isEqualTo(Arrays.asList("\u2581u n b e l i e v a b le".split(" ")));
        }
    }

    @Test
    void wordsAndTheirPieces() {
        Map<String, List<String>> labels = labelled(new WordEncoder());
        assertThat(labels.get("digit")).containsExactly(" 12");
        assertThat(labels.get("odd")).containsExactly(" unbelie", "vable");
        assertThat(labels.get("bracket-depth"))
                .startsWith("(")
                .contains("Xu 2", "]")
                .doesNotContain(")");
        assertThat(labels.get("punctuation")).containsExactly("\"", "\"", "(", "[", "]", ")", ".");
    }
}
