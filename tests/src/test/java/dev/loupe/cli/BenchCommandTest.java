package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.cli.terminal.ExitCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bench forward --card x --model y --rounds 2|bench forward does not take --card, --rounds, but --device, --model, --out,",
                "bench train --no-rules|bench train does not take --rules",
                "bench pages --pairs 3|bench pages does not take --pairs",
                "bench memory --model x --steps 10|--steps belongs to bench memory --card",
            })
    void anOptionOfAnotherMeasurementIsRefused(String words, String answer) {
        Spoken spoken = Spoken.of(words.split(" "));
        assertThat(spoken.exit()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(spoken.err()).contains(answer);
    }
}
