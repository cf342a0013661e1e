package dev.loupe.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What hides is written out; what people write stays. */
class VisibleTextTest {
    /** First and last, by the numbers of Unicode's charts: the test does not ask the tables that the code asks. */
    private static final int[][] HIDING = {
        {0x00, 0x1F},
        {0x7F, 0x9F},
        {0xAD, 0xAD},
        {0x34F, 0x34F},
        {0x61C, 0x61C},
        {0x180E, 0x180E},
        {0x200B, 0x200F},
        {0x2028, 0x202E},
        {0x2060, 0x2064},
        {0x2066, 0x206F},
        {0x3164, 0x3164},
        {0xD800, 0xDFFF},
        {0xFEFF, 0xFEFF},
        {0xFFF9, 0xFFFB},
        {0xE0000, 0xE0FFF}
    };

    @Test
    void noCharacterThatHidesComesThrough() {
        Arrays.stream(HIDING)
                .flatMapToInt(r -> IntStream.rangeClosed(r[0], r[1]))
                .forEach(c -> {
                    String given = "a" + new String(Character.toChars(c)) + "b";
                    assertThat(VisibleText.line(given)).isEqualTo(String.format("a<U+%04X>b", c));
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain words, 1 + 1 = 2",
                "Où est le café ? Zurück, naïve, Ångström",
                "日本語のテキスト、ガ",
                "한국어 텍스트",
                "Привет, мир",
                "שלום עולם",
                "مرحبا بالعالم",
                "हिन्दी में पाठ",
                "👩‍👩‍👧 👍🏽 ❤️ 🏳️‍🌈",
                "résumé with marks: ẹ̄́"
            })
    void whatPeopleWriteStays(String text) {
        assertThat(VisibleText.of(text)).isEqualTo(text);
        assertThat(VisibleText.line(text)).isEqualTo(text);
    }

    @Test
    void newlinesStayInTextAndNotInALine() {
        assertThat(VisibleText.of("a\n\tb\r\nc\rd")).isEqualTo("a\n\tb\r\nc<U+000D>d");
        assertThat(VisibleText.line("k\nPASS forged")).isEqualTo("k<U+000A>PASS forged");
    }

    @Test
    void terminalSequencesAreLetters() {
        assertThat(VisibleText.of("\u001b[2J\u001b]0;title\u0007\u009b31m"))
                .isEqualTo("<U+001B>[2J<U+001B>]0;title<U+0007><U+009B>31m");
    }

    @Test
    void aJoinerOutsidePicturesIsShown() {
        assertThat(VisibleText.of("a\u200db")).isEqualTo("a<U+200D>b");
        assertThat(VisibleText.of("👩\u200d")).isEqualTo("👩<U+200D>");
        assertThat(VisibleText.of("👩\u200dx")).isEqualTo("👩<U+200D>x");
    }

    @Test
    void aFloodOfMarksEnds() {
        String flood = "a" + "\u0301".repeat(500);
        assertThat(VisibleText.of(flood)).startsWith("a" + "\u0301".repeat(8) + "<U+0301>");
        assertThat(VisibleText.of(flood).codePoints().filter(c -> c == 0x301)).hasSize(8);
    }
}
