package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.Verdict;
import dev.loupe.schema.problem.SpecException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results of results, in families of models and beside a model that stands alone. */
class CombineTest {
    private static final String SPEC = """
            loupe: 1
            model: {two: {card: induction-2l, seeds: [0, 1]}, one: {card: induction-1l}, fresh: {reinitialise: two, seeds: 7}}
            dataset: {generator: repeated-tokens, period: 5, length: 12, ids: 0..29, rows: 24, seed: 1}
            metric: {second: {loss: {at: second-half}}, first: {loss: {at: first-half}}}
            intervention: {off: {ablate: attn.z, over: [layer, head]}}
            measure:
              loss: {evaluate: [first, second], model: two}
              one: {evaluate: second, model: one}
              scores: {head-scores: [IND, PREV], model: two}
              fresh: {head-scores: IND, model: fresh}
              off: {apply: off, read: second, model: two}
              change: {apply: off, read: second, as: change, model: two}
            """;

    @TempDir
    Path folder;

    private RunResult run(String more) {
        try (Laboratory lab = new Laboratory(folder, SPEC + more)) {
            return lab.result();
        }
    }

    private static Quantity quantity(RunResult result, String name) {
        return result.artifacts().stream()
                .filter(Quantity.class::isInstance)
                .map(Quantity.class::cast)
                .filter(quantity -> quantity.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachModelIsCombinedByItselfAndALoneOneGoesWithAll() {
        RunResult result = run("""
                  gain: {combine: [loss.first, loss.second], take: difference}
                  better: {combine: [one, loss.second], take: ratio}
                  above: {combine: [scores.IND, fresh], take: difference}
                  median: {reduce: gain, over: seed, take: median}
                claims:
                  - {say: gain, that: {value: gain}, above: 0}
                  - {say: some head, that: {max: above}, above: 0.3, by: estimate, in-at-least: 2 of seed}
                """);
        double[] first = Laboratory.numbers(result, "loss.first").data();
        double[] second = Laboratory.numbers(result, "loss.second").data();
        double one = Laboratory.numbers(result, "one").value();
        NamedArray gain = Laboratory.numbers(result, "gain");
        assertThat(NamedArray.describe(gain.axes())).isEqualTo("[seed 2]");
        double[] fresh = Laboratory.numbers(result, "fresh").data();
        double[] scores = Laboratory.numbers(result, "scores.IND").data();
        double[] above = Laboratory.numbers(result, "above").data();
        for (int seed = 0; seed < 2; seed++) {
            assertThat(gain.data()[seed]).isEqualTo(first[seed] - second[seed], within(1e-12));
            assertThat(Laboratory.numbers(result, "better").data()[seed]).isEqualTo(one / second[seed], within(1e-12));
            for (int head = 0; head < fresh.length; head++) {
                int at = seed * fresh.length + head;
                assertThat(above[at]).isEqualTo(scores[at] - fresh[head], within(1e-12));
            }
        }
        assertThat(quantity(result, "gain").unit()).isEqualTo("nats");
        assertThat(quantity(result, "median").unit()).isEqualTo("nats");
        assertThat(quantity(result, "better").unit()).isEmpty();
        assertThat(quantity(result, "gain").doc())
                .contains("`loss.first` - `loss.second`, number by number")
                .contains("Computed from `loss.first` and `loss.second`, in each model by itself.");
        assertThat(result.claims())
                .allSatisfy(claim -> assertThat(claim.verdict()).isEqualTo(Verdict.HOLDS));
    }

    /** What the run without the edit subtracts row by row is the same number, with the same interval. */
    @Test
    void aDifferenceOfTheSameRowsIsPairedLikeAChange() {
        RunResult result = run("""
                  whole: {apply: {ablate: attn.z, heads: [L0H0]}, read: second, model: two}
                  damage: {apply: {ablate: attn.z, heads: [L0H0]}, read: second, as: change, model: two}
                  same: {combine: [whole, loss.second], take: difference}
                """);
        Quantity damage = quantity(result, "damage");
        Quantity same = quantity(result, "same");
        Interval paired = Objects.requireNonNull(same.interval());
        Interval wanted = Objects.requireNonNull(damage.interval());
        assertThat(same.estimate().data()).containsExactly(damage.estimate().data(), within(1e-9));
        assertThat(paired.low().data()).containsExactly(wanted.low().data(), within(1e-9));
        assertThat(paired.high().data()).containsExactly(wanted.high().data(), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{combine: [loss.second, scores.IND], take: difference} | `loss.second` is a single number, `scores.IND` has [layer 2, head 4]",
                "{combine: [loss.second, loss.first, one], take: ratio} | `take: ratio` needs two measurements, not 3",
                "{combine: [one], take: sum} | `take: sum` needs two or more measurements, not 1",
                "{combine: [loss.second, nothing], take: sum} | nothing",
                "{combine: [loss, one], take: sum} | its parts are first, second",
                "{combine: [x, one], take: sum} | `x` is computed from itself",
                "{combine: [one, loss.first], take: sum, undefined-below: 1} | it has an effect only with `take: ratio`",
                "{combine: [one, loss.first], take: sum, model: one} | this measurement reads `one` and `loss.first`, with their models",
            })
    void whatCannotBeCombinedIsSaidBeforeAnythingRuns(String measurement, String said) {
        assertThatThrownBy(() -> run("  x: " + measurement + "\n"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(said);
    }
}
