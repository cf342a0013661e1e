package dev.loupe.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.schema.problem.Problem;
import dev.loupe.schema.problem.SourceLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line of a problem with a caret under its place. */
class ProblemTextTest {
    @TempDir
    Path folder;

    private String shown(String line, int column) throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), "loupe: 1\r\n" + line + "\nnext: 2\n");
        String text =
                ProblemText.of(List.of(new Problem(new SourceLocation(file.toString(), 2, column), "c", "m", null)));
        assertThat(text).startsWith(file + ":2:" + column + " error[c] m\n");
        return text.substring(text.indexOf('\n') + 1);
    }

    @Test
    void theCaretStandsUnderThePlace() throws IOException {
        assertThat(shown("above: high", 8)).isEqualTo("  2 | above: high\n    |        ^");
        assertThat(shown("\ta: 1", 2)).isEqualTo("  2 |     a: 1\n    |     ^");
        // Two code units and two columns each; a combining mark takes none.
        assertThat(shown("😀漢: x", 5)).isEqualTo("  2 | 😀漢: x\n    |       ^");
        assertThat(shown("e\u0301: x", 5)).isEqualTo("  2 | e\u0301: x\n    |    ^");
        assertThat(shown("a:", 3)).isEqualTo("  2 | a:\n    |   ^");
    }

    @Test
    void nothingInTheLineReachesTheTerminalRaw() throws IOException {
        String shown = shown("a: \u202e\u001b[31m\u0085x", 8);
        assertThat(shown).startsWith("  2 | a: <U+202E><U+001B>[31m<U+0085>x\n");
        assertThat(shown.codePoints().filter(c -> c != '\n').noneMatch(Character::isISOControl))
                .isTrue();
    }

    @Test
    void aLongLineIsCutAroundThePlace() throws IOException {
        String shown = shown("x".repeat(300) + "HERE" + "y".repeat(300), 301);
        List<String> lines = shown.lines().toList();
        assertThat(lines.get(0)).hasSizeLessThan(120).startsWith("  2 | ...x").endsWith("y...");
        assertThat(lines.get(0).indexOf("HERE")).isEqualTo(lines.get(1).indexOf('^'));
    }

    @Test
    void whatIsNoFileHasNoLine() {
        assertThat(ProblemText.of(List.of(new Problem(new SourceLocation("--set", 1, 1), "c", "m", null))))
                .isEqualTo("--set:1:1 error[c] m");
    }
}
