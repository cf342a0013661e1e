package dev.loupe.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Bytes on their way to a terminal, cut at any place. */
class VisibleOutputTest {
    private final ByteArrayOutputStream target = new ByteArrayOutputStream();
    private final PrintStream out = VisibleOutput.over(new PrintStream(target, false, StandardCharsets.UTF_8), false);

    private String shown() {
        out.flush();
        return target.toString(StandardCharsets.UTF_8);
    }

    @Test
    void sequencesAndTurnsAreWrittenOut() {
        out.println("a\u001b[31mred\u0007\u009b \u202eabc\u2028");
        assertThat(shown()).isEqualTo("a<U+001B>[31mred<U+0007><U+009B> <U+202E>abc<U+2028>" + System.lineSeparator());
    }

    @Test
    void charactersMayComeInPieces() {
        byte[] bytes = "é日👩‍👧\u202e!".getBytes(StandardCharsets.UTF_8);
        for (byte one : bytes) {
            out.write(one);
        }
        assertThat(shown()).isEqualTo("é日👩‍👧<U+202E>!");
    }

    @Test
    void bytesThatAreNoTextAreReplaced() {
        out.write(0x9b);
        out.print("[2J");
        assertThat(shown()).isEqualTo("\ufffd[2J");
    }
}
