package dev.loupe.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.TokenGlyphs;
import dev.loupe.report.section.Markup;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.TemplateModelException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers, tokens and specs as a reader sees them. */
class ReportTextTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.87249, 0.872",
        "-0.5, −0.500",
        "0.0071, 0.00710",
        "0.0995, 0.0995",
        "3, 3",
        "12.345, 12.35",
        "123.456, 123.5",
        "1234.5, '1,235'",
        "1240, '1,240'",
        "0.00012, 1.20e−4",
        "9.9996, 10.00",
        "1e9, 1.00e9"
    })
    void numbersAreShort(double value, String text) {
        assertThat(Numbers.show(value)).isEqualTo(text);
    }

    @Test
    void oddNumbersHaveNames() {
        assertThat(Numbers.show(Double.NaN)).isEqualTo("undefined");
        assertThat(Numbers.show(Double.NEGATIVE_INFINITY)).isEqualTo("−∞");
        assertThat(Numbers.fixed(-0.001, 2)).isEqualTo("0.00");
    }

    @Test
    void exactTextReadsBackToTheSameNumber() {
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            double value =
                    i % 2 == 0 ? random.nextGaussian() * Math.pow(10, i % 40 - 20) : (float) random.nextGaussian();
            assertThat(Double.parseDouble(Numbers.exact(value))).isEqualTo(value);
        }
    }

    @Test
    void nothingInATokenHides() {
        assertThat(TokenGlyphs.plain(" a\n\t\r")).isEqualTo("·a↵→␍");
        assertThat(TokenGlyphs.plain("")).isEqualTo("∅");
        assertThat(TokenGlyphs.plain("\ufffd")).isEqualTo("‹?›");
        assertThat(TokenGlyphs.plain("\ud83d")).isEqualTo("‹U+D83D›");
        assertThat(TokenGlyphs.plain("\u202e\u200b\u00a0")).isEqualTo("‹U+202E›‹U+200B›‹U+00A0›");
        assertThat(TokenGlyphs.plain("\u0000\u007f")).isEqualTo("␀‹U+007F›");
        assertThat(TokenGlyphs.plain("é🐈")).isEqualTo("é🐈");
        // A dot in the text itself is not a space.
        assertThat(TokenGlyphs.of("·")).containsExactly(new TokenGlyphs.Run("·", false));
        assertThat(TokenGlyphs.of(" ")).containsExactly(new TokenGlyphs.Run("·", true));
    }

    @Test
    void defaultsAreFoundByTheirPath() {
        String yaml = "a:\n  b: 1\n  c:\n  - d: 2\n    e: 3\n  - {f: 4}\n'g h': 5\n# a: comment\ntext: |\n  a: no\n";
        assertThat(marked(yaml, "a.b")).containsExactly("  b: 1");
        assertThat(marked(yaml, "a.c[0].e")).containsExactly("    e: 3");
        assertThat(marked(yaml, "/a/c/0/d")).containsExactly("  - d: 2");
        assertThat(marked(yaml, "a.c")).containsExactly("  c:", "  - d: 2", "    e: 3", "  - {f: 4}");
        assertThat(marked(yaml, "g h")).containsExactly("'g h': 5");
        assertThat(marked(yaml, "nothing.here")).isEmpty();
        assertThat(SpecLines.of("", List.of())).isEmpty();
    }

    @Test
    void markdownCannotBringMarkup() throws TemplateModelException {
        String html = HTMLOutputFormat.INSTANCE.getMarkupString(Markup.markdown(
                "# Big\n\n<b onclick=x>hi</b> ![alt *text*](http://x/y.png) [l](javascript:x) `c` **s**\n"));
        assertThat(html)
                .contains(
                        "<h3>Big</h3>",
                        "&lt;b onclick=x&gt;",
                        "<code>c</code>",
                        "<strong>s</strong>",
                        "picture left out")
                .doesNotContain("<img", "<b ", "javascript:", "http://x");
    }

    private static List<String> marked(String yaml, String path) {
        return SpecLines.of(yaml, List.of(path)).stream()
                .filter(SpecLines.Line::filledIn)
                .map(SpecLines.Line::text)
                .toList();
    }
}
