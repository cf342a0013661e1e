package dev.loupe.execute.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTextTest {
    @ParameterizedTest
    @CsvSource({
        "1, 1.00",
        "0.998, 0.998",
        "0.9949, 0.99",
        "-0.998, -0.998",
        "0.99998, 0.99998",
        "0.999999, 1.00000",
        "-0.0, 0.000",
        "-0.0003, -0.00030",
        "0.0004321, 0.00043",
        "0.00004321, 4.3e-5",
        "-3e-12, -3.0e-12",
        "-0.0064, -0.0064",
        "0.0096, 0.0096",
        "0.0123, 0.012",
        "0.5, 0.50",
        "12.34, 12.3",
        "1234.4, 1234",
        "NaN, undefined"
    })
    void nearlyAllIsNotAllAndZeroHasNoSign(double number, String shown) {
        assertThat(AnswerText.number(number)).isEqualTo(shown);
    }
}
