package dev.loupe.dataset.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.Datasets;
import dev.loupe.dataset.WordEncoder;
import dev.loupe.dataset.given.Text;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TextEncoder;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.model.ModelsAtHand;
import dev.loupe.model.folder.HubTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels from columns fall on the right tokens, and what is wrong with a column is said with its line. */
class ColumnLabelsTest {
    /** Code points: the emoji is number 4, the name 6 to 17 ("Zoe O'Brien"), the tab 17. */
    private static final String TEXT = "Say \uD83D\uDC69 Zo\u00EB O'Brien\tpaid unbelievable 12.";

    @TempDir
    Path folder;

    private final WordEncoder words = new WordEncoder();

    private void file(String name, String... lines) throws IOException {
        Files.writeString(folder.resolve(name), String.join("\n", lines).replace('\'', '"') + "\n");
    }

    private TokenRows rows(String options, TextEncoder encoder) {
        return Datasets.bind(Text.class, "{generator: text, bos: none, file: a.jsonl, " + options + "}")
                .read(new Sources(folder, 100_000, encoder));
    }

    private TokenRows rows(String options) {
        return rows(options, words);
    }

    /** The tokens of a row for which a label holds, in the tokenizer's words. */
    private static List<String> having(TokenRows rows, String label, int row, TextEncoder encoder) {
        List<String> tokens = new ArrayList<>();
        for (int p = 0; p < rows.tokens()[row].length; p++) {
            if (rows.belongs(label, row, p)) {
                tokens.add(encoder.display(rows.tokens()[row][p]));
            }
        }
        return tokens;
    }

    private List<String> having(TokenRows rows, String label, int row) {
        return having(rows, label, row, words);
    }

    private static List<String> leftOut(TokenRows rows, String label, int row, TextEncoder encoder) {
        List<String> tokens = new ArrayList<>();
        for (int p = 0; p < rows.tokens()[row].length; p++) {
            if (rows.label(label).values()[row][p] == Label.LEFT_OUT) {
                tokens.add(encoder.display(rows.tokens()[row][p]));
            }
        }
        return tokens;
    }

    @Test
    void valuesOfDocumentsAreOnAllTheirTokens() throws IOException {
        file(
                "a.jsonl",
                "{'text': 'a b c d', 'topic': 'rec.sport', 'meta': {'stars': 5}}",
                "{'text': 'e f', 'topic': 'politics', 'meta': {'stars': 0}}",
                "{'text': 'g h', 'topic': null, 'meta': {'stars': 5}}");
        TokenRows rows = rows("window: 2, labels: [{column: topic}, {column: meta.stars, name: stars}]");
        assertThat(rows.label("topic").names()).containsExactly("rec.sport", "politics");
        // A value may hold dots, and so may the name of a column.
        assertThat(having(rows, "topic.rec.sport", 1)).containsExactly(" c", " d");
        assertThat(having(rows, "topic.politics", 2)).containsExactly("e", " f");
        assertThat(leftOut(rows, "topic", 3, words)).containsExactly("g", " h");
        assertThat(rows.label("stars").names()).containsExactly("5", "0");
        assertThat(having(rows, "stars.0", 2)).hasSize(2);
        assertThat(rows.label("topic").looksAhead()).isTrue();
    }

    @Test
    void aDocumentMayHaveSeveralValues() throws IOException {
        file(
                "a.jsonl",
                "{'text': 'a b', 'tags': ['x', 'y']}",
                "{'text': 'c', 'tags': []}",
                "{'text': 'd', 'tags': 'y'}",
                "{'text': 'e', 'tags': null}");
        TokenRows rows = rows("labels: [{column: tags, several: true}]");
        assertThat(rows.label("tags.x").values()).isDeepEqualTo(new int[][] {{1, 1}, {0}, {0}, {Label.LEFT_OUT}});
        assertThat(rows.label("tags.y").values()).isDeepEqualTo(new int[][] {{1, 1}, {0}, {1}, {Label.LEFT_OUT}});
        assertThatThrownBy(() -> rows("labels: [{column: tags}]"))
                .hasMessage(
                        "`a.jsonl`, line 1 (also 2) has a list in `tags`: say `several: true` where a document may have "
                                + "several values, or `per: word` or `per: span`");
    }

    /** What each of three kinds of tokenizers makes of the same spans: by hand from the tokens that it prints. */
    @Test
    void spansAreInCodePointsForEveryTokenizer() throws IOException {
        file(
                "a.jsonl",
                "{'text': 'Say \\ud83d\\udc69 Zo\\u00eb O\\u0027Brien\\tpaid unbelievable 12.', 'who': [{'start': 4, 'end': 5, 'label': 'face'}, "
                        + "{'start': 6, 'end': 17, 'label': 'name'}, {'start': 23, 'end': 35, 'label': 'odd'}, [36, 38, 'sum']]}");
        String given = "labels: [{column: who, per: span}]";
        assertThat(TEXT.codePointCount(0, TEXT.length())).isEqualTo(39);
        Map<String, List<String>> own = ofSpans(given, words);
        assertThat(own.get("name")).containsExactly(" Zo", "\u00EB", " O", "'", "Brien");
        assertThat(own.get("odd")).containsExactly(" unbelie", "vable");
        assertThat(own.get("sum")).containsExactly(" 12");
        // The tokens and their offsets as the tokenizers library has them in Python, the rule applied there by hand.
        try (HubTokenizer bytes = HubTokenizer.open(ModelsAtHand.folder("smollm2-135m-instruct"))) {
            Map<String, List<String>> read = ofSpans(given, bytes);
            assertThat(read.get("face")).containsExactly("\u0120\u00F0\u0141 out", "\u0133 out", "\u00A9");
            assertThat(read.get("name")).containsExactly("\u0120Zo", "\u00C3\u00AB", "\u0120O", "'", "Brien");
            assertThat(read.get("odd")).containsExactly("\u0120unbelie", "vable");
            assertThat(read.get("sum")).containsExactly("1", "2");
        }
        try (HubTokenizer pieces = HubTokenizer.open(ModelsAtHand.folder("stories260k"))) {
            Map<String, List<String>> read = ofSpans(given, pieces);
            assertThat(read.get("face")).containsExactly("<0xF0> out", "<0x9F> out", "<0x91> out", "<0xA9>");
            assertThat(read.get("name"))
                    .containsExactly("Z", "o", "<0xC3> out", "<0xAB>", "\u2581O", "'", "B", "ri", "en");
            assertThat(read.get("odd")).isEqualTo(List.of("\u2581u n b e l i e v a b le".split(" ")));
            assertThat(read.get("sum")).containsExactly("1", "2");
        }
    }

    /** Of each value the tokens of the first row, as the tokenizer's file writes them; pieces of one character are out. */
    private Map<String, List<String>> ofSpans(String options, TextEncoder encoder) {
        Label label = rows(options, encoder).label("who");
        List<String> tokens = encoder.encode(TEXT).tokens();
        Map<String, List<String>> found = new TreeMap<>();
        label.names().forEach(name -> found.put(name, new ArrayList<>()));
        for (int p = 0; p < tokens.size(); p++) {
            int value = label.values()[0][p];
            // What is left out is a piece of a character, whose last piece has the value.
            int piece = p;
            while (value == Label.LEFT_OUT && label.values()[0][piece] == Label.LEFT_OUT) {
                piece++;
            }
            if (value == Label.LEFT_OUT) {
                found.get(label.names().get(label.values()[0][piece])).add(tokens.get(p) + " out");
            } else if (value >= 0) {
                found.get(label.names().get(value)).add(tokens.get(p));
            }
        }
        return found;
    }

    @Test
    void wordsHaveTheirValueOnTheLastOfTheirTokens() throws IOException {
        file(
                "a.jsonl",
                "{'tokens': ['Unbelievable', 'Zoe', 'O', 'paid', '\\ud83d\\udc69', '.'], 'ner': [0, 1, 2, 0, -100, 0]}",
                "{'tokens': ['Yes'], 'ner': null}");
        String given = "words: tokens, labels: [{column: ner, per: word, bio: true, names: [O, B-PER, I-PER]}]";
        TokenRows rows = rows(given);
        assertThat(rows.label("ner").names()).containsExactly("PER");
        assertThat(having(rows, "ner.PER", 0)).containsExactly(" Zoe", " O");
        // Pieces before the last of a word, words whose tag is negative, and documents without tags count neither way.
        assertThat(leftOut(rows, "ner", 0, words)).contains("Unbelie").doesNotContain("vable", " paid", ".");
        assertThat(leftOut(rows, "ner", 1, words)).containsExactly("Yes");
        TokenRows tags = rows("words: tokens, labels: [{column: ner, per: word, names: [O, B-PER, I-PER]}]");
        assertThat(tags.label("ner").names()).containsExactly("O", "B-PER", "I-PER");
        assertThat(having(tags, "ner.I-PER", 0)).containsExactly(" O");
    }

    @Test
    void wordsAreFoundInTheTextThatIsGivenBesideThem() throws IOException {
        file(
                "a.jsonl",
                "{'text': ' He said, no.', 'tokens': ['He', 'said', ',', 'no', '.'], 'pos': ['P', 'V', 'X', 'A', 'X']}");
        TokenRows rows = rows("column: text, words: tokens, labels: [{column: pos, per: word}]");
        // The space before the text is stripped, and the labels move with it.
        assertThat(having(rows, "pos.P", 0)).containsExactly("He");
        assertThat(having(rows, "pos.X", 0)).containsExactly(",", ".");
        assertThat(having(rows, "pos.A", 0)).containsExactly(" no");
        file("a.jsonl", "{'text': 'He said no.', 'tokens': ['He', 'no', '.'], 'pos': ['P', 'A', 'X']}");
        assertThatThrownBy(() -> rows("column: text, words: tokens, labels: [{column: pos, per: word}]"))
                .hasMessage(
                        "`a.jsonl`, line 1 has as word 2 \"no\", with which the text does not go on after 2 characters: the "
                                + "words must follow each other in the text");
    }

    /** A file that the hub's own library wrote, which says what its numbers mean. */
    @Test
    void columnsOfParquetFilesAreReadWithTheNamesThatTheFileGives() throws IOException {
        try (InputStream in = ColumnLabelsTest.class.getResourceAsStream("/parquet/labels.parquet")) {
            Files.write(folder.resolve("a.parquet"), in.readAllBytes());
        }
        TokenRows rows = Datasets.bind(
                        Text.class,
                        "{generator: text, bos: none, file: a.parquet, column: text, words: tokens, labels: [{column: ner_tags, per: "
                                + "word, bio: true}, {column: topic}, {column: who, per: span}, {column: tags, several: true}]}")
                .read(new Sources(folder, 9_999, words));
        assertThat(having(rows, "ner_tags.PER", 0)).containsExactly("Zoe", "Brien");
        assertThat(leftOut(rows, "ner_tags", 0, words)).contains(" O", "'");
        assertThat(leftOut(rows, "ner_tags", 2, words)).containsExactly("No");
        assertThat(rows.label("topic").names()).containsExactly("sport", "politics");
        assertThat(having(rows, "topic.politics", 1)).containsExactly("Yes", " ", ".");
        assertThat(leftOut(rows, "topic", 2, words)).containsExactly("No");
        assertThat(having(rows, "who.name", 0)).containsExactly("Zoe", " O", "'", "Brien");
        assertThat(rows.label("tags.y").values()[1]).containsOnly(0);
        assertThat(rows.label("tags.y").values()[2]).containsOnly(Label.LEFT_OUT);
        TokenRows numbers = Datasets.bind(
                        Text.class,
                        "{generator: text, bos: none, file: a.parquet, words: tokens, labels: [{column: ner_tags, per: word, "
                                + "names: [none, first, more]}]}")
                .read(new Sources(folder, 9_999, words));
        assertThat(having(numbers, "ner_tags.more", 0)).containsExactly("Brien");
        assertThatThrownBy(() -> Datasets.bind(
                                Text.class, "{generator: text, file: a.parquet, labels: [{column: topics}]}")
                        .read(new Sources(folder, 9_999, words)))
                .hasMessage(
                        "`a.parquet` has no column `topics`; its columns are [tokens, ner_tags, topic, text, who, tags]");
    }

    @Test
    void labelsMoveWithThePartsOfATextThatAreCut() throws IOException {
        file(
                "a.jsonl",
                "{'text': '  ab cd<>\\tef \\ud83d\\ude00gh', 'who': [{'start': 2, 'end': 4, 'label': 'p'}, {'start': 5, 'end': 12, 'label': 'q'}]}");
        TokenRows rows = rows("split-on: '<>', labels: [{column: who, per: span}]");
        assertThat(having(rows, "who.p", 0)).containsExactly("ab");
        assertThat(having(rows, "who.q", 0)).containsExactly(" cd");
        assertThat(having(rows, "who.q", 1)).containsExactly("ef");
        assertThat(having(rows("max-characters: 6, labels: [{column: who, per: span}]"), "who.q", 0))
                .containsExactly(" c");
    }

    @Test
    void spansThatOverlapAreAskedFor() throws IOException {
        String[] lines = {
            "{'text': 'ab cd ef', 'who': [{'start': 0, 'end': 5, 'type': 'p'}, {'start': 3, 'end': 8, 'type': 'q'}]}",
            "{'text': 'gh', 'who': []}",
            // As older files of the hub have it.
            "{'text': 'ij', 'who': {'start': [0], 'end': [2], 'type': ['q']}}"
        };
        file("a.jsonl", lines);
        TokenRows rows = rows("labels: [{column: who, per: span, key: type, several: true}]");
        assertThat(rows.label("who.p").values()).isDeepEqualTo(new int[][] {{1, 1, 0}, {0}, {0}});
        assertThat(rows.label("who.q").values()).isDeepEqualTo(new int[][] {{0, 1, 1}, {0}, {1}});
        assertThatThrownBy(() -> rows("labels: [{column: who, per: span, key: type}]"))
                .hasMessage(
                        "`a.jsonl`, line 1 has span 2 of `who` (\"q\") overlap another span (\"p\"): say `several: true` where "
                                + "that may be");
    }

    @Test
    void allFaultsOfAFileAreSaidAtOnceWithTheirLines() throws IOException {
        file(
                "a.jsonl",
                "{'text': 'a', 'topic': 1.5, 'who': [{'start': 0, 'end': 2, 'label': 'x'}]}",
                "{'text': 'b'}",
                "{'text': 'c'}",
                "{'text': 'd', 'topic': 'x', 'who': [{'start': 0, 'end': 1}, {'start': 0.5, 'end': 1, 'label': 'y'}]}",
                "{'text': 'e', 'topic': {}, 'who': 3}",
                "{'text': 5, 'topic': 'x', 'who': []}",
                "{'text': ");
        assertThatThrownBy(() -> rows("labels: [{column: topic}, {column: who, per: span}]"))
                .isInstanceOfSatisfying(
                        DatasetException.class,
                        e -> assertThat(e.faults())
                                .containsExactly(
                                        "`a.jsonl`, line 1 has the number 1.5 in `topic`: a value is a text, a whole number, true or "
                                                + "false, or null where it is not known",
                                        "`a.jsonl`, line 1 has span 1 of `who` from 0 to 2 in a text of 1 code point: a span begins "
                                                + "before it ends, and inside the text",
                                        "`a.jsonl`, line 2 (also 3) has no `topic`: write null where a document has no label",
                                        "`a.jsonl`, line 2 (also 3) has no `who`: write null where a document has no label",
                                        "`a.jsonl`, line 4 has no `label` in span 1 of `who`: a span is {start, end, label}",
                                        "`a.jsonl`, line 4 has no `start` and `end` in span 2 of `who`: a span is {start, end, label}",
                                        "`a.jsonl`, line 5 has several fields in `topic`: a value is a text, a whole number, true or "
                                                + "false, or null where it is not known",
                                        "`a.jsonl`, line 5 has no list of spans in `who`: write [] where there are none",
                                        "`a.jsonl`, line 6 has no text in `text`: name its key with `column`; it has text in `topic`",
                                        "`a.jsonl`, line 7 is not valid JSON at column 10: it ends in the middle"));
    }

    @Test
    void whatCannotBeAskedForIsRefused() throws IOException {
        file("a.jsonl", "{'text': 'a b', 'tokens': ['a', 'b'], 'topic': 'x', 'ner': ['O', 'X', 'B-P']}");
        assertThatThrownBy(() -> rows("labels: [{column: ner, per: word}]"))
                .hasMessageContaining("`words` of the dataset must name the column of the words");
        assertThatThrownBy(() -> rows("words: tokens, labels: [{column: ner, per: word}]"))
                .hasMessageContaining("line 1 has 3 values in `ner` for 2 words");
        assertThatThrownBy(() -> rows("labels: [{column: topic, names: [y, z]}]"))
                .hasMessageContaining("line 1 has the value \"x\" in `topic`, which is none of [y, z]");
        assertThatThrownBy(() -> rows("labels: [{column: topic, bio: true}]")).hasMessageContaining("bio");
        file("a.jsonl", "{'text': 'a', 'topic': null}");
        assertThatThrownBy(() -> rows("labels: [{column: topic}]"))
                .hasMessage("no document that was read has a value of the label `topic`");
        assertThatThrownBy(() -> Datasets.bind(Text.class, "{generator: text, text: a, labels: [{column: topic}]}"))
                .hasMessageContaining("columns are of files");
        Files.writeString(folder.resolve("a.txt"), "a");
        assertThatThrownBy(() -> Datasets.bind(Text.class, "{generator: text, file: a.txt, labels: [{column: topic}]}")
                        .read(new Sources(folder, 9, words)))
                .hasMessageContaining("`a.txt` has no columns, and `topic` would be one");
    }
}
