package dev.loupe.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Columns of a terminal, counted by hand. */
class ColumnsTest {
    @Test
    void wideLettersTakeTwoAndMarksNone() {
        assertThat(Columns.of("abc")).isEqualTo(3);
        assertThat(Columns.of("日本")).isEqualTo(4);
        assertThat(Columns.of("한글")).isEqualTo(4);
        assertThat(Columns.of("e\u0301")).isEqualTo(1);
        assertThat(Columns.of("é")).isEqualTo(1);
        assertThat(Columns.of("🐈")).isEqualTo(2);
        assertThat(Columns.of("ᄀ Ａ")).isEqualTo(5);
    }

    @Test
    void linesBreakBetweenWords() {
        assertThat(Columns.wrap("the quick brown fox\njumps", 10)).containsExactly("the quick", "brown fox", "jumps");
        assertThat(Columns.wrap("", 10)).containsExactly("");
        assertThat(Columns.wrap("a /very/long/path/of/a/file b", 10))
                .containsExactly("a", "/very/long/path/of/a/file", "b");
    }

    @Test
    void textWithoutSpacesBreaksBetweenWideLetters() {
        assertThat(Columns.wrap("日本語のテキスト", 6)).containsExactly("日本語", "のテキ", "スト");
    }

    @Test
    void cutsAndPadsByColumns() {
        assertThat(Columns.cut("日本語", 5)).isEqualTo("日本");
        assertThat(Columns.cut("abc", 5)).isEqualTo("abc");
        assertThat(Columns.padded("日本", 6)).isEqualTo("日本  ");
    }
}
