package dev.loupe.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Python's json module writes is read; what is no JSON is said in the project's own words. */
class PythonJsonTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void nonFiniteNumbersAreNumbers() throws PythonJson.NotJson {
        double[] read = {
            PythonJson.read(bytes("[NaN]")).path(0).doubleValue(),
            PythonJson.read(bytes("[Infinity]")).path(0).doubleValue(),
            PythonJson.read(bytes("[-Infinity]")).path(0).doubleValue()
        };
        assertThat(read).containsExactly(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\": 1, \"a\": 2} | is written twice",
                "{\"a\": [1, 2 | it ends in the middle",
                "{\"a\": tru} | is not a value; a text needs double quotes",
                "{\"a\" 1} | is unexpected here",
                "{} {} | something follows the end of the value",
                "[Nan] | at line 1, column ",
            })
    void whatIsNoJsonIsSaidInPlainWords(String text, String why) {
        assertThatThrownBy(() -> PythonJson.read(bytes(text)))
                .isInstanceOf(PythonJson.NotJson.class)
                .hasMessageStartingWith("is not valid JSON at line 1")
                .hasMessageContaining(why)
                .message()
                .doesNotContain("JsonReadFeature", "Unexpected", "token", " expected", "Source");
    }
}
