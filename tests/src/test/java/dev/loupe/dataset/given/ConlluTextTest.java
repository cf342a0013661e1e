package dev.loupe.dataset.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.Datasets;
import dev.loupe.dataset.WordEncoder;
import dev.loupe.dataset.label.GoldSpan;
import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConlluTextTest {
    /** What files of many treebanks have, in one: by hand, so that every span below can be counted. */
    private static final String MANY = """
            # newdoc id = first
            # sent_id = 1
            # text = Ça n'est pas du café…
            1\tÇa\tça\tPRON\tPD\tNumber=Sing\t4\tnsubj\t4:nsubj\t_
            2\tn'\tne\tADV\tAV\tPolarity=Neg\t4\tadvmod\t_\tGloss=x|SpaceAfter=No
            3\test\têtre\tAUX\tVA\tNumber=Sing|Tense=Pres\t4\tcop\t_\tCorrectSpaceAfter=No
            4\tpas\tpas\tADV\tAV\t_\t0\troot\t_\tSpaceAfter=None
            4.1\tsaid\tsay\tVERB\tVB\t_\t_\t_\t3:dep\tSpaceAfter=No
            5-6\tdu\t_\t_\t_\t_\t_\t_\t_\t_
            5\tde\tde\tADP\tAP\t_\t7\tcase\t_\tSpaceAfter=No
            6\tle\tle\tDET\tDA\tNumber=Sing\t7\tdet\t_\tSpaceAfter=No
            7\tcafé\tcafé\tNOUN\tNN\tNumber=Sing\t4\tobl:arg\t_\tSpaceAfter=No
            8\t…\t…\tPUNCT\t.\t_\t4\tpunct\t_\tSpacesAfter=\\n

            # newdocument is no such comment
            1\t\uD83D\uDE00\t_\tSYM\t_\t_\t0\troot\t_\t_
            2\t_\t_\tPUNCT\t_\tNumber=Sing|Number=Plur\t1\tpunct\t_\t_
            3\t10 000\t10000\tNUM\t_\tNumber=Plur\t1\tDOBJ\t_\t_

            #newdoc
            1\tEnde\tende\tNOUN\t_\t_\t0\tdobj\t_\t_""";

    @TempDir
    Path folder;

    private final WordEncoder encoder = new WordEncoder();

    private static List<Document> read(String content, boolean sentences) {
        List<String> faults = new ArrayList<>();
        List<Document> documents =
                ConlluText.read(content, -1, sentences, (line, fault) -> faults.add(line + " " + fault));
        assertThat(faults).isEmpty();
        return documents;
    }

    private static List<String> texts(List<Document> documents) {
        return documents.stream().map(Document::text).toList();
    }

    /** What a column says, as text that it says it of and value; "?" where nobody knows. */
    private static List<String> column(Document document, String column) {
        return document.gold().stream()
                .filter(span -> span.column().equals(column))
                .map(span -> document.text().substring(span.start(), span.end()) + "="
                        + (span.value() == null ? "?" : span.value()))
                .toList();
    }

    private TokenRows rows(String options) {
        return Datasets.bind(Text.class, "{generator: text, bos: none, " + options + "}")
                .read(new Sources(folder, 1000, encoder));
    }

    private void file(String content) throws IOException {
        Files.writeString(folder.resolve("t.conllu"), content);
    }

    @Test
    void wordsOfAHardFileAreWhereTheyAreWritten() {
        List<Document> documents = read(MANY, false);
        assertThat(texts(documents)).containsExactly("Ça n'est pas du café… \uD83D\uDE00 _ 10 000", "Ende");
        assertThat(column(documents.get(0), "upos"))
                .containsExactly(
                        "Ça=PRON",
                        "n'=ADV",
                        "est=AUX",
                        "pas=ADV",
                        "du=?",
                        "café=NOUN",
                        "…=PUNCT",
                        "\uD83D\uDE00=SYM",
                        "_=PUNCT",
                        "10 000=NUM");
        assertThat(column(documents.get(1), "deprel")).containsExactly("Ende=dobj");
    }

    @Test
    void lineEndsOfWindowsAByteOrderMarkAndALastLineFeedChangeNothing() {
        for (String same : List.of(MANY.replace("\n", "\r\n"), "\uFEFF" + MANY, MANY + "\n\n\n", MANY + "\r\n")) {
            assertThat(read(same, false)).isEqualTo(read(MANY, false));
        }
    }

    @Test
    void eachSentenceMayBeADocument() throws IOException {
        List<Document> documents = read(MANY, true);
        assertThat(texts(documents)).containsExactly("Ça n'est pas du café…", "\uD83D\uDE00 _ 10 000", "Ende");
        GoldSpan number = documents.get(1).gold().get(8);
        assertThat(List.of(number.start(), number.end())).containsExactly(5, 11);
        file(MANY);
        TokenRows rows = rows("file: t.conllu, sentences-apart: true");
        assertThat(rows.rows()).isEqualTo(3);
        assertThat(rows.notes()).containsExactly("each sentence counts as a document of its own");
        Files.writeString(folder.resolve("t.txt"), "One. Two.");
        assertThatThrownBy(() -> rows("file: t.txt, sentences-apart: true"))
                .hasMessage("`t.txt` does not say where its sentences end: only files whose names end with .conllu do");
        assertThatThrownBy(() -> rows("text: One. Two., sentences-apart: true"))
                .hasMessageContaining("this text is inline");
    }

    @Test
    void valuesThatAreNotUniversalAreLabelsToo() throws IOException {
        // The first version of the universal labels has CONJ and dobj, which the second one calls CCONJ and obj.
        file(MANY.replace("\tDET\t", "\tCONJ\t").replace("\tSYM\t", "\tCONJ\t"));
        TokenRows rows = rows("file: t.conllu, labels: [{conllu: [upos, deprel], features: Number}]");
        assertThat(marked(rows, "upos", "CONJ")).isEqualTo(1);
        assertThat(marked(rows, "deprel", "dobj")).isEqualTo(1);
        assertThat(marked(rows, "deprel", "DOBJ")).isEqualTo(1);
        assertThat(marked(rows, "deprel", "obl")).isEqualTo(1);
        // "10 000" has a value on its last token alone, "_" says both, and "du" is two words.
        assertThat(marked(rows, "Number", "Plur")).isEqualTo(1);
        assertThat(marked(rows, "Number", "Sing")).isEqualTo(3);
        // Beginnings of words (Ç, n, caf, 10 and 00), the word of two and the one with two values.
        assertThat(Arrays.stream(rows.label("Number").values()[0])
                        .filter(v -> v == Label.LEFT_OUT)
                        .count())
                .isEqualTo(7);
    }

    private static long marked(TokenRows rows, String label, String value) {
        int number = rows.label(label).names().indexOf(value);
        assertThat(number).as(label + "." + value).isNotNegative();
        return Arrays.stream(rows.label(label).values())
                .flatMapToInt(Arrays::stream)
                .filter(v -> v == number)
                .count();
    }

    @Test
    void aFileWithoutItsTextOrAColumnWithoutValuesIsRefused() throws IOException {
        file("# text = hidden\n1\t_\t_\tNOUN\t_\t_\t0\troot\t_\t_\n2\t_\t_\tVERB\t_\t_\t1\tdep\t_\t_\n");
        assertThatThrownBy(() -> rows("file: t.conllu"))
                .hasMessage(
                        "`t.conllu`, line 2 has _ as its word, as every line of the file does: its text is not in it");
        file("1\tone\t_\t_\tNN\t_\t0\troot\t_\t_\n");
        assertThatThrownBy(() -> rows("file: t.conllu, labels: [{conllu: upos}]"))
                .hasMessage("no word that was read has a value of `upos` in its CoNLL-U file");
    }
}
