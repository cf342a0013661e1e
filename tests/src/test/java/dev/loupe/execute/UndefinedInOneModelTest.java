package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.ClaimResult;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.Verdict;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A measurement that is undefined in one model of a family is measured in the others. */
class UndefinedInOneModelTest {
    private static final String SPEC = """
            loupe: 1
            model: {card: induction-2l, seeds: [0, 1, 2]}
            dataset: {generator: repeated-tokens, period: 5..12, length: 32, offset: random, bos: 31, rows: 64, seed: 7}
            metric: {second: {loss: {at: second-half}}}
            intervention: {best: {ablate: attn.z, heads-from: {by: scores.IND, above: %s}, with: zero}}
            measure:
              scores: {head-scores: [IND]}
              loss: {evaluate: second}
              without: {apply: best, read: second}
              median: {reduce: without, over: seed, take: median}
              damage: {combine: [without, loss], take: difference}
            claims:
              - {say: in all, that: {value: without}, above: 0}
              - {say: in one, that: {value: without}, above: 0, in-at-least: 1}
              - {say: the largest of all seeds, that: {max: without}, above: 0, in-at-least: 1 of seed}
              - {say: of one seed, that: {difference: [{value: without, where: {seed: %s}}, {value: loss, where: {seed: %s}}]}, above: 0}
              - {say: reduced, that: {value: median}, above: 0}
            report: {answer: "{{value(without)}} and {{value(median)}}"}
            """;

    @TempDir
    static Path folder;

    private static RunResult result;
    private static int seed;

    @BeforeAll
    static void run() {
        double[] best = new double[3];
        try (Laboratory lab = new Laboratory(folder, SPEC.formatted("0.4", "0", "0"))) {
            NamedArray scores = Laboratory.numbers(lab.result(), "scores");
            for (int i = 0; i < 3; i++) {
                best[i] = Arrays.stream(scores.at("seed", i).data()).max().orElseThrow();
            }
        }
        double[] sorted = best.clone();
        Arrays.sort(sorted);
        double between = (sorted[1] + sorted[2]) / 2;
        seed = List.of(best[0], best[1], best[2]).indexOf(sorted[2]);
        try (Laboratory lab = new Laboratory(folder, SPEC.formatted(between, seed, seed))) {
            result = lab.result();
        }
    }

    @Test
    void itsNumbersAndIntervalsAreThereWhereItIsDefined() {
        Quantity without = (Quantity) result.artifacts().stream()
                .filter(a -> a.name().equals("without"))
                .findFirst()
                .orElseThrow();
        Interval interval = Objects.requireNonNull(without.interval());
        for (int i = 0; i < 3; i++) {
            double value = without.estimate().data()[i];
            if (i == seed) {
                assertThat(interval.low().data()[i]).isLessThan(value);
                assertThat(interval.high().data()[i]).isGreaterThan(value);
            } else {
                assertThat(value).isNaN();
                assertThat(interval.low().data()[i]).isNaN();
            }
        }
        assertThat(without.setting().undefined()).contains("no head of induction-2l seed", "passes `scores.IND`");
    }

    @Test
    void claimsNameTheModelsInWhichItIsUndefined() {
        ClaimResult all = result.claims().get(0);
        assertThat(all.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(all.parts()).extracting(ClaimResult.Part::verdict).containsOnlyOnce(Verdict.HOLDS);
        assertThat(all.because())
                .contains("undefined in seed " + (seed + 1) % 3, "undefined in seed " + (seed + 2) % 3);
        assertThat(result.claims().get(1).verdict()).isEqualTo(Verdict.HOLDS);
    }

    @Test
    void numbersOverSeveralModelsKeepTheirIntervals() {
        ClaimResult.Part one = result.claims().get(3).deciding();
        assertThat(one.exact()).isFalse();
        assertThat(one.low()).isLessThan(one.observed());
        assertThat(result.claims().get(4).verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(Laboratory.numbers(result, "median").data()).containsOnly(Double.NaN);
        assertThat(result.answer()).endsWith("and undefined");
    }
}
