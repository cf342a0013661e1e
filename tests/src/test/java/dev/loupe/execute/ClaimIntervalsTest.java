package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.result.ClaimResult;
import dev.loupe.result.Interval;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.Verdict;
import dev.loupe.schema.problem.SpecException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A claim and the measurement that it reads have one interval. */
class ClaimIntervalsTest {
    private static final String MODEL = """
            loupe: 1
            model: {plant: heads, vocabulary: 32, context: 32}
            dataset: {generator: repeated-tokens, period: 4..10, length: 24, offset: random, bos: 31, rows: 24, seed: 3}
            """;

    @TempDir
    Path folder;

    private RunResult run(String rest) {
        try (Laboratory lab = new Laboratory(folder, MODEL + rest)) {
            return lab.result();
        }
    }

    private static Interval interval(RunResult result) {
        return ((Quantity) result.artifacts().get(0)).interval();
    }

    @Test
    void aClaimHasTheIntervalOfItsMeasurement() {
        RunResult result = run("""
                metric: loss
                measure: {l: {evaluate: default, interval: {level: 0.99, resamples: 400, seed: 5}}}
                claims:
                  - {say: The loss is above 0, that: {value: l}, above: 0}
                  - {say: The loss is above 1000, that: {value: l}, above: 1000}
                report:
                  answer: "{{verdict(1)}}, {{verdict(2)}}; {{verdict}}."
                """);
        Interval own = Objects.requireNonNull(interval(result));
        ClaimResult claim = result.claims().get(0);
        assertThat(claim.deciding().low()).isEqualTo(own.low().value());
        assertThat(claim.deciding().high()).isEqualTo(own.high().value());
        assertThat(claim.level()).isEqualTo(.99);
        assertThat(result.answer()).isEqualTo("holds, is refuted; 1 of 2 claims holds, 1 is refuted.");
        assertThat(result.verdict()).isEqualTo(Verdict.REFUTED);
    }

    @Test
    void aCellOfATableHasTheIntervalThatTheTableHas() {
        RunResult result = run("""
                measure: {s: {head-scores: [IND], interval: {level: 0.9, resamples: 300, seed: 2}}}
                claims: [{say: A head, that: {value: s.IND, where: {head: L1H0}}, above: 0.5}]
                """);
        Interval own = Objects.requireNonNull(interval(result));
        ClaimResult.Part part = result.claims().get(0).deciding();
        assertThat(part.low()).isEqualTo(own.low().at("layer", 1).at("head", 0).value());
        assertThat(part.high())
                .isEqualTo(own.high().at("layer", 1).at("head", 0).value());
    }

    @Test
    void measurementsThatAreComparedNeedOneInterval() {
        String two = """
                metric: {loss: {at: %s}}
                measure:
                  a: {evaluate: default}
                  b: {evaluate: default, interval: {level: 0.99}}
                claims: [{say: They differ, that: {difference: [{value: a}, {value: b}]}, above: 0}]
                """.formatted("everywhere");
        assertThatThrownBy(() -> run(two))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("`a`, whose interval has level 0.95, 1000 resamples, seed 17")
                .hasMessageContaining("`b`, whose interval has level 0.99, 1000 resamples, seed 17");
        assertThat(run(two.replace("a: {evaluate: default}", "a: {evaluate: default, interval: {level: 0.99}}"))
                        .claims()
                        .get(0)
                        .level())
                .isEqualTo(.99);
    }

    /** What only chooses a head, and a null, is not resampled, so its interval need not be the same. */
    @Test
    void whatIsNotResampledMayHaveAnotherInterval() {
        RunResult result = run("""
                measure:
                  s: {head-scores: [IND]}
                  p: {head-scores: [PREV], interval: {level: 0.9}, chance: {shuffled-tokens: {times: 2, seed: 1}}}
                claims:
                  - {say: Chosen by another, that: {value: s.IND, at: {top: p.PREV}}, below: 2}
                  - {say: Beside chance, that: {difference: [{max: s.IND}, {chance: p.PREV}]}, below: 2}
                """);
        assertThat(result.claims()).extracting(ClaimResult::level).containsExactly(.95, .95);
    }

    @Test
    void anExactNumberHasNoBound() {
        String spec = """
                measure: {c: {composition: [K]}}
                claims: [{say: It composes, that: {max: c}, above: 0, by: %s}]
                """;
        assertThatThrownBy(() -> run(spec.formatted("bound")))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("exact");
        ClaimResult claim = run(spec.formatted("auto")).claims().get(0);
        assertThat(claim.by()).isEqualTo("estimate");
        assertThat(claim.level()).isNaN();
    }

    @Test
    void anIntervalNeedsAResampleBeyondEachEnd() {
        assertThatThrownBy(() -> run("""
                        measure: {s: {head-scores: [IND], interval: {level: 0.999}}}
                        """))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("level 0.999 needs at least 2000 resamples");
    }
}
