package dev.loupe.dataset.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.Datasets;
import dev.loupe.dataset.WordEncoder;
import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTest {
    @TempDir
    Path folder;

    private final WordEncoder encoder = new WordEncoder();

    private Text text(String options) {
        return Datasets.bind(Text.class, "{generator: text, " + options + "}");
    }

    private TokenRows rows(String options) {
        return text(options).read(new Sources(folder, 1000, encoder));
    }

    private List<String> words(TokenRows rows) {
        return Arrays.stream(rows.tokens())
                .map(row -> encoder.decode(row, false))
                .toList();
    }

    private void file(String name, String content) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    @Test
    void windowsOfALongDocumentMayCountAsDocuments() {
        TokenRows rows = rows("text: [a b c d e f g h i j k, l m n o], bos: none, window: 4, windows-apart: true");
        assertThat(words(rows)).containsExactly("a b c d", " e f g h", " i j", "l m n o");
        assertThat(rows.documents()).containsExactly(0, 1, 2, 3);
        assertThat(rows.notes()).last().isEqualTo("each window counts as a document of its own");
        assertThatThrownBy(() -> rows("text: a b, bos: none, windows-apart: true"))
                .hasMessageContaining("`windows-apart` belongs to a `window`");
    }

    @Test
    void documentsAreCutIntoWindowsAndTheirTails() {
        // Eleven, five and two tokens.
        String given = "text: [a b c d e f g h i j k, l m n o p, q r], bos: none, window: 4, tail: 2";
        TokenRows rows = rows(given);
        assertThat(words(rows)).containsExactly("a b c d", " e f g h", " i j", "l m n o", "q r");
        assertThat(rows.documents()).containsExactly(0, 0, 0, 1, 2);
        assertThat(rows.belongs("first", 1, 0)).isTrue();
        assertThat(rows.belongs("first", 1, 1)).isFalse();
        // k and p.
        assertThat(rows.notes()).hasSize(1);
        assertThat(rows.notes().get(0)).startsWith("2 tokens of 3 documents in no row");
        assertThat(words(rows(given + ", stride: 3")))
                .containsExactly("a b c d", " d e f g", " g h i j", "l m n o", "q r");
        assertThat(words(rows(given + ", stride: 6"))).containsExactly("a b c d", " g h i j", "l m n o", "q r");
        assertThat(words(rows(given + ", rows: 2"))).hasSize(2);
        assertThat(rows("text: [a b c d e], bos: 7, window: 2").tokens())
                .isDeepEqualTo(new int[][] {{7, 0, 1}, {7, 2, 3}, {7, 4}});
    }

    @Test
    void rowsThatAreSpreadAreTheFirstWindowsOfAllDocuments() {
        String given =
                "text: [a b c d e f, g h i j, k, l m n o p q], bos: none, window: 2, tail: 2, spread: true, rows: ";
        // Two rounds: each document's first window, then second ones from the start; "k" is too short for any.
        TokenRows five = rows(given + 5);
        assertThat(words(five)).containsExactly("a b", " c d", "g h", " i j", "l m");
        assertThat(five.documents()).containsExactly(0, 0, 1, 1, 3);
        assertThat(words(rows(given + 2))).containsExactly("a b", "g h");
        assertThat(words(rows(given + 3))).containsExactly("a b", "g h", "l m");
        assertThat(words(rows(given + 100)))
                .containsExactly("a b", " c d", " e f", "g h", " i j", "l m", " n o", " p q");
    }

    @Test
    void labelsGoWithTheirTokensThroughBosAndWindows() {
        TokenRows rows =
                rows("text: 'a 12 (b 34) c', bos: 7, window: 4, labels: [{characters: [digit, bracket-depth]}]");
        assertThat(rows.label("digit").values()).isDeepEqualTo(new int[][] {
            {Label.LEFT_OUT, 0, 1, 0, 0}, {Label.LEFT_OUT, 0, 1, 0, 0}
        });
        assertThat(rows.label("bracket-depth").names()).containsExactly("0", "1");
        assertThat(rows.documents()).containsExactly(0, 0);
    }

    @Test
    void filesByPatternAndByRegister() throws IOException {
        file("de/b.txt", "zwei");
        file("de/a.txt", "eins");
        file("de/x/c.txt", "drei");
        file("fr/a.txt", "un");
        file("fr/a.md", "pas ceci");
        assertThat(words(rows("files: ['de/*.txt', 'fr/*.txt'], bos: none"))).containsExactly("eins", "zwei", "un");
        assertThat(words(rows("files: '**/*.txt', bos: none"))).containsExactly("eins", "zwei", "drei", "un");
        TokenRows rows = rows("register: {de: 'de/**', fr: 'fr/*.txt'}, bos: none");
        assertThat(rows.label("register").names()).containsExactly("de", "fr");
        assertThat(rows.label("register").values()).isDeepEqualTo(new int[][] {{0}, {0}, {0}, {1}});
        assertThatThrownBy(() -> rows("files: '*.doc'")).hasMessageContaining("matches `*.doc`");
        assertThatThrownBy(() -> rows("files: '../*.txt'"))
                .hasMessageContaining("leads outside the folder of the spec");
        assertThatThrownBy(() -> rows("files: '/etc/*.conf'")).hasMessageContaining("leads outside");
    }

    @Test
    void jsonLinesAreDocuments() throws IOException {
        file("c.jsonl", "{\"text\": \"one two\", \"n\": 1}\n\n{\"text\": \"three \\ud83d\\ude00\"}\n");
        assertThat(text("file: c.jsonl").documents(new Sources(folder, 1000, encoder)))
                .containsExactly("one two", "three \uD83D\uDE00");
        assertThatThrownBy(() -> rows("file: c.jsonl, column: body"))
                .hasMessage(
                        "`c.jsonl`, line 1 (also 3) has no text in `body`: name its key with `column`; it has text in `text`");
        file(
                "e.jsonl",
                "{\"meta\": {\"a.b\": \"dots\", \"in\": {\"text\": \"deep\"}}, \"n.t\": \"key\"}\n"
                        + "{\"meta\": null, \"n.t\": null}\n");
        assertThat(text("file: e.jsonl, column: meta.in.text").documents(new Sources(folder, 1000, encoder)))
                .containsExactly("deep");
        assertThat(text("file: e.jsonl, column: meta.a.b").documents(new Sources(folder, 1000, encoder)))
                .containsExactly("dots");
        assertThat(text("file: e.jsonl, column: n.t").documents(new Sources(folder, 1000, encoder)))
                .containsExactly("key");
        assertThatThrownBy(() -> rows("file: e.jsonl, column: meta.text"))
                .hasMessageEndingWith("it has text in `meta.a.b`, `meta.in.text`, `n.t`");
        file("d.jsonl", "{\"text\": \"x\"}\n{\"text\": \n");
        assertThatThrownBy(() -> rows("file: d.jsonl")).hasMessageStartingWith("`d.jsonl`, line 2 is not valid JSON");
    }

    @Test
    void goldColumnsOfConlluFilesAreOnTheLastPiecesOfWords() throws IOException {
        file(
                "g.conllu",
                "# newdoc\n1\tUnbelievable\t_\tADJ\t_\t_\t2\tamod\t_\t_\n2\tcats\t_\tNOUN\t_\t_\t0\troot\t_\tSpaceAfter=No\n"
                        + "3\t.\t_\tPUNCT\t_\t_\t2\tpunct\t_\t_\n\n# newdoc\n1-2\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n"
                        + "1\tde\t_\tADP\t_\t_\t3\tcase\t_\t_\n2\tle\t_\tDET\t_\t_\t3\tdet\t_\t_\n"
                        + "3\tpain\t_\tNOUN\t_\t_\t0\tnsubj:pass\t_\t_\n\n");
        TokenRows rows = rows("file: g.conllu, bos: none, labels: [{conllu: [upos, deprel]}]");
        assertThat(words(rows)).containsExactly("Unbelievable cats.", "du pain");
        Label upos = rows.label("upos");
        assertThat(IntStream.of(upos.values()[0])
                        .mapToObj(v -> v < 0 ? "-" : upos.names().get(v)))
                .containsExactly("-", "ADJ", "NOUN", "PUNCT");
        Label deprel = rows.label("deprel");
        assertThat(IntStream.of(deprel.values()[1])
                        .mapToObj(v -> v < 0 ? "-" : deprel.names().get(v)))
                .containsExactly("-", "nsubj");
        assertThat(upos.looksAhead()).isTrue();
        assertThatThrownBy(() -> rows("text: a, labels: [{conllu: upos}]")).hasMessageContaining(".conllu");
        // Pieces before the last of a word, and a word of two, say nothing either way.
        assertThat(upos.values()[0][0]).isEqualTo(Label.LEFT_OUT);
        assertThat(upos.values()[1]).startsWith(Label.LEFT_OUT);
        file("h.conllu", "1\tx\n\nx\ta\t_\t_\t_\t_\t_\t_\t_\t_\n");
        assertThatThrownBy(() -> rows("file: h.conllu"))
                .hasMessage(
                        "`h.conllu`, line 1 has 2 columns instead of 10, which CoNLL-U has; `h.conllu`, line 3 begins with "
                                + "\"x\" instead of the number of a word, such as 3, 3-4 or 3.1");
    }

    @Test
    void featuresOfConlluFilesAreLabelsOfTheirOwn() throws IOException {
        file(
                "g.conllu",
                "1\tcats\t_\tNOUN\tNNS\tNumber=Plur|Case=Nom\t0\troot\t_\tNER=O\n2\tran\t_\tVERB\tVBD\tTense=Past\t1\tx\t_\t"
                        + "SpaceAfter=No|NER=B\n3\t.\t_\tPUNCT\t.\t_\t1\tpunct\t_\t_\n");
        TokenRows rows = rows("file: g.conllu, bos: none, labels: [{conllu: xpos, features: [Number, NER]}]");
        assertThat(rows.label("xpos").names()).containsExactly("NNS", "VBD", ".");
        assertThat(rows.label("Number").values()).isDeepEqualTo(new int[][] {{0, Label.NONE, Label.NONE}});
        assertThat(rows.label("NER").names()).containsExactly("O", "B");
        assertThat(rows.label("NER").values()).isDeepEqualTo(new int[][] {{0, 1, Label.NONE}});
        assertThatThrownBy(() -> rows("file: g.conllu, labels: [{conllu: [], features: [Gender]}]"))
                .hasMessage("no word that was read has a value of `Gender` in its CoNLL-U file");
    }

    @Test
    void documentsAreSplitByWhatTheyAre() {
        List<String> all = IntStream.range(0, 400).mapToObj(i -> "d" + i % 200).toList();
        String given = "text: [" + String.join(", ", all) + "], bos: none, split: {part: ";
        List<String> train = words(rows(given + "train, train: 0.7, seed: 5}"));
        List<String> test = words(rows(given + "test, train: 0.7, seed: 5}"));
        assertThat(train).doesNotContainAnyElementsOf(test);
        assertThat(train.size() + test.size()).isEqualTo(400);
        // Each of the 200 stands twice; 140 in expectation, with a standard deviation of 6.5.
        assertThat(train.size() / 2).isBetween(115, 165);
        assertThat(words(rows(given + "train, train: 0.7, seed: 6}"))).isNotEqualTo(train);
        List<String> reversed = new ArrayList<>(all);
        java.util.Collections.reverse(reversed);
        assertThat(words(rows("text: [" + String.join(", ", reversed) + "], bos: none, split: {part: test, seed: 5}")))
                .containsExactlyInAnyOrderElementsOf(test);
    }

    @Test
    void optionsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> text("text: a, file: b.txt")).hasMessageContaining("either inline");
        assertThatThrownBy(() -> text("text: a, window: 4, spread: true"))
                .hasMessageContaining("needs `window` and `rows`");
        assertThatThrownBy(() -> text("text: a, rows: 4, spread: true"))
                .hasMessageContaining("needs `window` and `rows`");
        assertThatThrownBy(() -> text("text: a, stride: 4")).hasMessageContaining("belong to a `window`");
        assertThatThrownBy(() -> text("text: a, window: 4, max-tokens: 3"))
                .hasMessageContaining("leave out `max-tokens`");
        assertThatThrownBy(() -> text("text: a, window: 4, tail: 5")).hasMessageContaining("at most `window`");
        assertThatThrownBy(() -> rows("text: a, window: 4")).hasMessageContaining("long enough");
        assertThatThrownBy(() -> rows("text: a, labels: [{characters: digit}, {words: {digit: [one]}}]"))
                .hasMessage("two labels have the name `digit`");
    }

    /** " Claire" is one token of this tokenizer; in pieces it is two, and what comes before and after keeps its own tokens. */
    @Test
    void wordsAreWrittenInThePiecesThatAreAskedFor() {
        String given = "text: [I met Claire and Clairette, no name], bos: none";
        TokenRows own = rows(given);
        TokenRows forced = rows(given + ", encode-as: [[' Cl', aire], [' Clair', ette]]");
        assertThat(words(forced)).isEqualTo(words(own));
        assertThat(each(own.tokens()[0])).containsExactly("I", " met", " Claire", " and", " Clairet", "te");
        assertThat(each(forced.tokens()[0])).containsExactly("I", " met", " Cl", "aire", " and", " Clair", "ette");
        assertThat(forced.tokens()[1]).isEqualTo(own.tokens()[1]);
        assertThat(forced.positions().get("END")).containsExactly(6, 1);
    }

    private List<String> each(int[] row) {
        return Arrays.stream(row).mapToObj(encoder::display).toList();
    }

    @Test
    void labelsOfForcedPiecesLieWhereTheirCharactersAre() {
        TokenRows rows = rows(
                "text: ['\uD83D\uDE00 Claire 12'], bos: none, encode-as: [[' Cl', aire]], labels: [{characters: [number]}]");
        assertThat(each(rows.tokens()[0])).endsWith(" Cl", "aire", " 12");
        int last = rows.tokens()[0].length - 1;
        for (int p = 0; p <= last; p++) {
            assertThat(rows.place("number").has(0, p)).as("token %d", p).isEqualTo(p == last);
        }
    }

    @Test
    void piecesThatCannotBeAreRefused() {
        assertThatThrownBy(() -> rows("text: [no name], bos: none, encode-as: [[' Cl', aire]]"))
                .hasMessageContaining("\" Claire\" is in none of the texts");
        assertThatThrownBy(() -> text("text: [a], encode-as: [[a, '']]")).hasMessageContaining("empty piece");
        assertThatThrownBy(() -> text("text: [ab], encode-as: [[a, b], [ab]]")).hasMessageContaining("one word twice");
    }
}
