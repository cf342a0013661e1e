package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotaryBandTest {
    private static final String SPEC = """
            loupe: 1
            model: {card: previous-rotary, seeds: 0}
            dataset: {generator: random-tokens, task: previous-token, length: 16, rows: 32, seed: 1}
            intervention:
              all: {rotary-band: L0H0, zero: 0..15}
              no-query: {ablate: attn.q, heads: [L0H0]}
              fast: {rotary-band: L0H0, zero: 0..7}
              then-slow: {rotary-band: L0H0, zero: 8..15, after: [fast]}
              early: {rotary-band: L0H0, zero: 0..15, at: early}
              some: {rotary-band: L0H0, zero: %s}
            metric: {loss: loss, early: {loss: {at: early}}, late: {loss: {at: late}}}
            measure:
              plain: {evaluate: loss}
              plain-late: {evaluate: late}
              all: {apply: all, read: loss}
              no-query: {apply: no-query, read: loss}
              no-query-early: {apply: no-query, read: early}
              fast: {apply: fast, read: loss}
              both: {apply: then-slow, read: loss}
              early: {apply: early, read: early}
              late: {apply: early, read: late}
              some: {apply: some, read: loss}
            """;

    @TempDir
    Path folder;

    @Test
    void withoutAnyPairNothingIsLeftOfTheQuery() {
        try (Laboratory lab = new Laboratory(folder, SPEC.formatted("3"))) {
            RunResult result = lab.result();
            double gone = number(result, "no-query");
            assertThat(number(result, "all")).isEqualTo(gone, within(1e-6));
            assertThat(number(result, "both")).as("one half after the other").isEqualTo(gone, within(1e-6));
            assertThat(number(result, "early")).isEqualTo(number(result, "no-query-early"), within(1e-6));
            assertThat(number(result, "late"))
                    .as("other queries stay")
                    .isEqualTo(number(result, "plain-late"), within(1e-6));
            assertThat(number(result, "fast")).isBetween(number(result, "plain") + .1, gone + 5);
            assertThat(number(result, "some")).isGreaterThan(number(result, "plain"));
        }
    }

    private static double number(RunResult result, String name) {
        return Laboratory.numbers(result, name).data()[0];
    }

    @Test
    void aPairThatTheModelLacksIsRefusedBeforeARun() {
        assertThatThrownBy(() -> new Laboratory(folder, SPEC.formatted("16")).close())
                .hasMessageContaining("there is no pair 16: a head of previous-rotary seed 0 has pairs 0 to 15");
        assertThatThrownBy(
                        () -> new Laboratory(folder, SPEC.formatted("3").replace("previous-rotary", "previous-learned"))
                                .close())
                .hasMessageContaining("needs rotary positions");
    }
}
