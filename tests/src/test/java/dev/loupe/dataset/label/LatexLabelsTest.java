package dev.loupe.dataset.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LatexLabelsTest {
    private static final String SOURCE = """
            \\section{On $x$ and \\emph{more}} % a comment
            See \\citep[p.~2]{knuth84}, \\[ \\left( a \\left[ b \\right] c \\right) \\] or \\$5.
            \\begin{itemize} one
            \\begin{equation} y \\end{equation}
            \\end{itemize} end {plain}
            """;

    private static List<String> parts(LatexLabels.Kind kind) {
        return LabelledText.parts(new LatexLabels(List.of(kind)), kind.label(), SOURCE);
    }

    @Test
    void mathematics() {
        assertThat(parts(LatexLabels.Kind.MATH))
                .containsExactly(
                        "$x$=inline",
                        "\\[ \\left( a \\left[ b \\right] c \\right) \\]=display",
                        "\\begin{equation} y \\end{equation}=display");
        assertThat(parts(LatexLabels.Kind.OPEN_LEFT)).containsExactly("\\left( a =1", "\\left[ b =2", "\\right] c =1");
    }

    @Test
    void commandsAndTheirArguments() {
        assertThat(parts(LatexLabels.Kind.SECTION)).containsExactly("On $x$ and \\emph=1", "more=1");
        assertThat(parts(LatexLabels.Kind.CITATION)).containsExactly("knuth84=1");
        assertThat(parts(LatexLabels.Kind.COMMENT)).containsExactly("% a comment=1");
        assertThat(parts(LatexLabels.Kind.COMMAND)).startsWith("\\section=1", "\\emph=1", "\\citep=1", "\\left=1");
        assertThat(parts(LatexLabels.Kind.ENVIRONMENT_DEPTH).get(1))
                .startsWith("\\begin{equation} y ")
                .endsWith("=2");
    }
}
