package dev.loupe.dataset.label;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.dataset.Datasets;
import dev.loupe.dataset.language.PlantedDocuments;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TextEncoder;
import dev.loupe.dataset.rows.TokenRows;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Planted documents spelled out as Python and LaTeX: the labellers of text say of them what their generator says. */
class PlantedLabelsTest {
    private static final List<String> CODE = List.of(
            "\n",
            "    ",
            "        ",
            "            ",
            "def ",
            "if ",
            "return ",
            "#",
            "\"",
            " = ",
            ": ",
            ", ",
            "(",
            "[",
            "{",
            ")",
            "]",
            "}",
            " + ",
            "aa",
            "bb",
            "cc",
            "dd",
            "ee",
            "ff",
            "gg",
            "hh",
            "1",
            "2",
            "3",
            "4",
            "T1",
            "T2",
            "T3",
            "T4",
            "v1",
            "v2",
            "v3",
            "v4",
            "one ",
            "two ",
            "three ",
            "four ",
            "five ",
            "six ");
    private static final List<String> LATEX = List.of(
            "$",
            "\\left",
            "arrow ",
            "\\right",
            "(",
            ")",
            "\\frac",
            "{",
            "}",
            "\\section",
            "\\cite",
            "\\begin{",
            "\\end{",
            "\n\n",
            ",",
            "itemize}",
            "quote}",
            "center}",
            "k1",
            "k2",
            "k3",
            "k4",
            "w0 ",
            "w1 ",
            "w2 ",
            "w3 ",
            "w4 ",
            "w5 ",
            "w6 ",
            "w7 ",
            "w8 ",
            "w9 ",
            "a ",
            "b ",
            "c ",
            "d ",
            "x ",
            "y ",
            "z ",
            "u ");

    @Test
    void codeIsWhatPythonSaysOfIt() {
        PythonLabels python = new PythonLabels(List.of(PythonLabels.Kind.values()));
        TokenRows rows = rows("code");
        for (int row = 0; row < rows.rows(); row++) {
            int[] tokens = rows.tokens()[row];
            int end = tokens.length;
            while (tokens[end - 1] != 3) {
                end--;
            }
            for (String label : List.of(
                    "keyword", "string", "comment", "name-def", "parameter", "name-use", "indent", "colon", "comma")) {
                String[] said = said(python, label, CODE, 3, tokens, end);
                for (int pos = 1; pos < end; pos++) {
                    int token = tokens[pos] - 3;
                    // Python has no indentation between lines and none of a comment; it counts types and values as
                    // names too.
                    boolean comment = own(rows.label("comment"), row, pos).equals("true");
                    boolean asked = token > 3
                            && (!label.equals("name-use") || token >= 19 && token < 27)
                            && (!label.equals("indent") || !comment);
                    if (asked) {
                        assertThat(own(rows.label(label), row, pos))
                                .as(label + " of token " + pos + " of " + text(CODE, 3, tokens, end))
                                .isEqualTo(said[pos]);
                    }
                }
            }
        }
    }

    @Test
    void latexIsWhatLatexSaysOfIt() {
        LatexLabels latex = new LatexLabels(List.of(LatexLabels.Kind.values()));
        TokenRows rows = rows("latex");
        for (int row = 0; row < rows.rows(); row++) {
            int[] tokens = rows.tokens()[row];
            for (String label : List.of("command", "math", "open-left", "section", "citation", "environment-depth")) {
                String[] said = said(latex, label, LATEX, 48, tokens, tokens.length - 2);
                for (int pos = 1; pos < tokens.length - 2; pos++) {
                    int token = tokens[pos] - 48;
                    // No reader from the left knows yet whether `\left` goes on as `\leftarrow`; environments count
                    // from their name on.
                    boolean known = token != 1
                            && token != 2
                            && token != 11
                            && token != 12
                            && !(label.equals("command") && token >= 15 && token < 18);
                    if (known) {
                        String mine = own(rows.label(label), row, pos);
                        String theirs = label.equals("math") ? (said[pos].equals("-") ? "false" : "true") : said[pos];
                        assertThat(mine)
                                .as(label + " of token " + pos + " of " + text(LATEX, 48, tokens, tokens.length))
                                .isEqualTo(theirs);
                    }
                }
            }
        }
    }

    private static TokenRows rows(String register) {
        PlantedDocuments documents = Datasets.bind(
                PlantedDocuments.class,
                "{generator: planted-documents, registers: [" + register + "], rows: 300, seed: 1}");
        return documents.draw(new Draw(documents.vocabularySize(), documents.rows(), 1));
    }

    private static String text(List<String> words, int first, int[] tokens, int end) {
        StringBuilder text = new StringBuilder();
        for (int pos = 1; pos < end; pos++) {
            text.append(words.get(tokens[pos] - first));
        }
        return text.toString();
    }

    /** What a labeller says of each token. */
    private static String[] said(Marker marker, String label, List<String> words, int first, int[] tokens, int end) {
        LabelKind kind = marker.kinds().stream()
                .filter(each -> each.name().equals(label))
                .findFirst()
                .orElseThrow();
        List<TextEncoder.Span> spans = new ArrayList<>();
        spans.add(new TextEncoder.Span(0, 0));
        int at = 0;
        for (int pos = 1; pos < end; pos++) {
            int length = words.get(tokens[pos] - first).length();
            spans.add(new TextEncoder.Span(at, at + length));
            at += length;
        }
        Marks marks = new Marks(text(words, first, tokens, end), List.of(), marker.kinds());
        marker.mark(marks);
        int[] values = Projection.of(kind, marks, spans);
        String[] said = new String[end];
        for (int pos = 0; pos < end; pos++) {
            said[pos] = kind.kind() == Label.Kind.CATEGORY
                    ? (values[pos] < 0 ? "-" : kind.names().get(values[pos]))
                    : kind.kind() == Label.Kind.BOOLEAN
                            ? String.valueOf(values[pos] == 1)
                            : String.valueOf(Math.max(0, values[pos]));
        }
        return said;
    }

    private static String own(Label label, int row, int pos) {
        int value = label.values()[row][pos];
        return value < 0 ? "-" : label.names().get(value);
    }
}
