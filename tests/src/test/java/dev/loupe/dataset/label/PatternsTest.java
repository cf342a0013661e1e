package dev.loupe.dataset.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Sources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsTest {
    private static Marker marker(String expression) {
        return new Patterns(Map.of("it", expression)).marker(new Sources(Path.of("."), 9));
    }

    private static List<String> marked(String expression, String text) {
        return LabelledText.parts(marker(expression), "it", text);
    }

    @Test
    void whatAnExpressionMatchesIsMarked() {
        assertThat(marked("\\b[12]\\d{3}\\b", "In 1066, 12345 and 2024")).containsExactly("1066=1", "2024=1");
        // Letters of every language are letters, and an emoji is one character.
        assertThat(marked("\\b\u00C4\\w+", "\u00C4rger, Arger \u00C4ste"))
                .containsExactly("\u00C4rger=1", "\u00C4ste=1");
        assertThat(marked("a.b", "a\uD83D\uDE00b")).containsExactly("a\uD83D\uDE00b=1");
        // What a group holds, and nothing of a match in which it takes no part.
        assertThat(marked("(?<mark>Dr|Prof)\\. \\w+|\\d", "Dr. No, Prof. X 7")).containsExactly("Dr=1", "Prof=1");
        assertThat(marked("x*", "axxb")).containsExactly("xx=1");
        assertThat(marker("a").kinds().get(0).looksAhead()).isTrue();
    }

    /** Each goes back over the same letters in more ways than there are atoms in the world. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+$",
                "(a|a)*b",
                "(a|aa)+$",
                "(.*)*x",
                "(\\w+\\s?)*$",
                "(a*)*\\1b",
                "(?:a?){40}a{40}b",
                "((a{1,30}){1,30})b",
                "(.+)+(.+)+(.+)+="
            })
    void expressionsThatNeverEndAreStopped(String expression) {
        String text = "a".repeat(5_000) + "!";
        long before = System.nanoTime();
        try {
            marked(expression, text);
        } catch (DatasetException e) {
            assertThat(e).hasMessageContaining("takes too long on a text of 5001 characters");
        }
        assertThat(System.nanoTime() - before).isLessThan(20_000_000_000L);
    }

    @Test
    void theWorstIsRefusedAndAPossessiveFormIsNot() {
        String text = "a".repeat(5_000) + "!";
        assertThatThrownBy(() -> marked("(a+)+$", text)).hasMessageContaining("the pattern `it` takes too long");
        assertThat(marked("(?:a++)+!", text)).hasSize(1);
        // An honest expression on a text of a megabyte.
        assertThat(marked("\\b\\w+@\\w+\\.(?:com|org)\\b", "write to ann@example.org now. ".repeat(35_000)))
                .hasSize(35_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(\\d{4} | a round bracket is not closed",
                "a) | a round bracket closes that none opened",
                "[abc | a square bracket is not closed",
                "*a | nothing comes before a sign that repeats",
                "a{2 | a count such as {2,3} is not closed",
                "\\p{Klingon} | there is no such kind of characters",
                "[z-a] | a range such as a-z goes backwards",
                "\\ | what follows is not understood",
                "((a?){900}){900} | repeats more often than 1000 times",
                "a{100000} | repeats more often than 1000 times",
            })
    void whatIsNoExpressionIsSaidInPlainWords(String expression, String why) {
        assertThatThrownBy(() -> new Patterns(Map.of("it", expression)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the pattern `it` ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("index")
                .hasMessageNotContaining("near");
    }
}
