package dev.loupe.dataset.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PythonLabelsTest {
    private static final String SOURCE = """
            def add(a, b: int = 2, *rest):
                # adds, and (says) so
                d = {"x": a[1:2], 'y': [a, b]}
                if a:
                    print(f"a, {b}", d, (a, b))
                return lambda v, w: (v)
            x, y = add(1), 2
            """;

    private static List<String> parts(PythonLabels.Kind kind) {
        return LabelledText.parts(new PythonLabels(List.of(kind)), kind.label(), SOURCE);
    }

    @Test
    void wordsAndStrings() {
        assertThat(parts(PythonLabels.Kind.KEYWORD)).containsExactly("def=1", "if=1", "return=1", "lambda=1");
        assertThat(parts(PythonLabels.Kind.STRING)).containsExactly("\"x\"=1", "'y'=1", "f\"a, {b}\"=1");
        assertThat(parts(PythonLabels.Kind.COMMENT)).containsExactly("# adds, and (says) so=1");
        assertThat(parts(PythonLabels.Kind.NAME_DEF)).containsExactly("add=1");
        assertThat(parts(PythonLabels.Kind.PARAMETER)).containsExactly("a=1", "b=1", "rest=1", "v=1", "w=1");
    }

    @Test
    void stringsMayBeLong() {
        String words = "a word, \\ and \" more\n".repeat(20_000);
        for (String edge : List.of("\"\"\"", "'''")) {
            String text = "x = " + edge + words + edge + "\ny = '" + "z\\n".repeat(50_000) + "'\nw = " + edge + "open";
            assertThat(LabelledText.parts(
                            new PythonLabels(List.of(PythonLabels.Kind.STRING)),
                            PythonLabels.Kind.STRING.label(),
                            text))
                    .containsExactly(edge + words + edge + "=1", "'" + "z\\n".repeat(50_000) + "'=1", edge + "open=1");
        }
    }

    @Test
    void whatColonsAndCommasDo() {
        assertThat(parts(PythonLabels.Kind.COLON))
                .containsExactly(":=annotation", ":=block", ":=dict", ":=slice", ":=dict", ":=block", ":=lambda");
        assertThat(parts(PythonLabels.Kind.COMMA))
                .containsExactly(
                        ",=parameter",
                        ",=parameter",
                        ",=dict",
                        ",=list",
                        ",=call",
                        ",=call",
                        ",=tuple",
                        ",=parameter",
                        ",=tuple",
                        ",=tuple");
    }

    @Test
    void indentsAndUses() {
        assertThat(parts(PythonLabels.Kind.INDENT)).hasSize(3);
        assertThat(parts(PythonLabels.Kind.INDENT).get(1)).contains("print").endsWith("=2");
        assertThat(parts(PythonLabels.Kind.NAME_USE)).startsWith("a=1", "a=2", "b=1", "a=3");
    }
}
