package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.report.compare.ComparedResult;
import dev.loupe.report.compare.ComparedRun;
import dev.loupe.report.compare.Difference;
import dev.loupe.report.compare.RunComparison;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.store.Resamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs that were not made together give the paired difference that one run of both models gives. */
class ComparedRunsTest {
    @TempDir
    Path folder;

    private static final String ROWS = """
            metric: {repeat: {loss: {at: second-half}}}
            dataset: {generator: repeated-tokens, period: 5..12, length: 32, offset: random, bos: 31, rows: 40, seed: %d}
            """;

    private ComparedRun run(String name, String card, int seed) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        RunResult result;
        try (Laboratory lab = new Laboratory(own, """
                loupe: 1
                model: {card: %s, seeds: [0, 1]}
                measure: {loss: {evaluate: repeat}}
                """.formatted(card) + ROWS.formatted(seed))) {
            result = lab.result();
        }
        return new ComparedRun(
                name,
                result,
                Resamples.read(own.resolve("out"), result.provenance().identity()));
    }

    @Test
    void theirDifferenceIsPairedWhereTheyReadTheSameRows() throws IOException {
        RunResult together;
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model: {one: {card: induction-1l, seeds: [0, 1]}, two: {card: induction-2l, seeds: [0, 1]}}
                measure:
                  one: {evaluate: repeat, model: one}
                  two: {evaluate: repeat, model: two}
                  gain: {combine: [two, one], take: difference}
                """ + ROWS.formatted(3))) {
            together = lab.result();
        }
        Quantity gain = together.artifacts().stream()
                .map(Quantity.class::cast)
                .filter(q -> q.name().equals("gain"))
                .findFirst()
                .orElseThrow();
        ComparedRun one = run("a", "induction-1l", 3);
        ComparedRun two = run("b", "induction-2l", 3);
        List<ComparedResult.Cell> cells =
                RunComparison.of(List.of(one, two)).results().get(0).cells();
        assertThat(cells).hasSize(2);
        for (int seed = 0; seed < 2; seed++) {
            Difference difference =
                    Objects.requireNonNull(cells.get(seed).differences().get(0));
            assertThat(difference.kind()).isEqualTo(Difference.Kind.PAIRED);
            assertThat(difference.value()).isEqualTo(gain.estimate().data()[seed], within(1e-12));
            assertThat(difference.low())
                    .isEqualTo(Objects.requireNonNull(gain.interval()).low().data()[seed], within(1e-6));
            assertThat(difference.high())
                    .isEqualTo(Objects.requireNonNull(gain.interval()).high().data()[seed], within(1e-6));
        }
    }

    @Test
    void otherRowsAreNotPairedAndAnOldRunHasNoResamples() throws IOException {
        ComparedRun one = run("a", "induction-2l", 3);
        ComparedRun other = run("b", "induction-2l", 4);
        Difference apart = first(one, other);
        assertThat(apart.kind()).isEqualTo(Difference.Kind.INDEPENDENT);
        assertThat(apart.high() - apart.low()).isPositive();
        Resamples none = Resamples.read(folder.resolve("nowhere"), "x");
        Difference wide = first(one, new ComparedRun("b", other.result(), none));
        assertThat(wide.kind()).isEqualTo(Difference.Kind.WIDE);
        assertThat(wide.low()).isLessThan(apart.low());
        // Another run's resamples in the folder are not taken for its own.
        assertThat(Resamples.read(folder.resolve("a").resolve("out"), "another identity")
                        .draws())
                .isEmpty();
    }

    /**
     * A name for a position changes no row, and one seed beside another is what runs are compared for. A difference of two
     * datasets is paired only where both are the same.
     */
    @Test
    void namesOfPositionsAndOfSeedsKeepNoRunsApart() throws IOException {
        ComparedRun one = asked("a", 0, 5, "");
        ComparedRun named = asked("b", 1, 5, ", positions: {late: 20..-2}");
        ComparedRun elsewhere = asked("c", 1, 6, "");
        assertThat(kind(one, named, "loss")).isEqualTo(Difference.Kind.PAIRED);
        assertThat(kind(one, named, "gain")).isEqualTo(Difference.Kind.PAIRED);
        assertThat(kind(one, elsewhere, "loss")).isEqualTo(Difference.Kind.PAIRED);
        assertThat(kind(one, elsewhere, "gain")).isEqualTo(Difference.Kind.INDEPENDENT);
    }

    private ComparedRun asked(String name, int seed, int rows, String more) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        String repeats =
                "{generator: repeated-tokens, period: 5..12, length: 32, offset: random, bos: 31, rows: 24, seed: ";
        RunResult result;
        try (Laboratory lab = new Laboratory(own, """
                loupe: 1
                model: {card: induction-1l, seeds: [%d]}
                dataset:
                  one: %s4%s}
                  two: %s%d}
                metric: {repeat: {loss: {at: second-half}}}
                measure:
                  loss: {evaluate: repeat, dataset: one}
                  other: {evaluate: repeat, dataset: two}
                  gain: {combine: [loss, other], take: difference}
                """.formatted(seed, repeats, more, repeats, rows))) {
            result = lab.result();
        }
        return new ComparedRun(
                name,
                result,
                Resamples.read(own.resolve("out"), result.provenance().identity()));
    }

    private static Difference.Kind kind(ComparedRun one, ComparedRun other, String measurement) {
        return Objects.requireNonNull(RunComparison.of(List.of(one, other)).results().stream()
                        .filter(result -> result.first().name().equals(measurement))
                        .findFirst()
                        .orElseThrow()
                        .cells()
                        .get(0)
                        .differences()
                        .get(0))
                .kind();
    }

    private static Difference first(ComparedRun one, ComparedRun other) {
        return Objects.requireNonNull(RunComparison.of(List.of(one, other))
                .results()
                .get(0)
                .cells()
                .get(0)
                .differences()
                .get(0));
    }
}
