package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.Prompt;
import dev.loupe.result.RunResult;
import dev.loupe.result.TokenRankings;
import dev.loupe.schema.problem.SpecException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logits of single rows, before and after an edit, against the metric that is read from the same runs. */
class LogitsTest {
    @TempDir
    Path folder;

    private Laboratory asking(String measure) {
        return new Laboratory(folder, """
                loupe: 1
                model: {card: toy-ioi-2l, seeds: [0]}
                dataset: {generator: toy-ioi, form: last-clause, split: test, rows: 6, seed: 91}
                metric: {ld: logit-difference}
                intervention:
                  all: {patch: resid_pre, layers: [0], from: clean, at: everywhere}
                  one: {patch: attn.z, heads: [L0H1], from: clean, at: END}
                  gone: {ablate: attn.z, heads: [L0H1], with: zero}
                  swept: {patch: attn.z, over: [layer, head], from: clean, at: END}
                measure:
                """ + measure.indent(2));
    }

    private static TokenRankings rankings(RunResult result, String name) {
        return (TokenRankings) result.artifacts().stream()
                .filter(a -> a.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static TokenRankings.Group group(TokenRankings.Ranking ranking, String beginning) {
        return ranking.groups().stream()
                .filter(g -> g.title().startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    /** The mean over rows of answer minus wrong in one column. */
    private static double difference(TokenRankings rankings, int column) {
        return rankings.rankings().stream()
                .map(r -> group(r, "answer").entries())
                .mapToDouble(
                        e -> e.get(0).values().get(column) - e.get(1).values().get(column))
                .average()
                .orElseThrow();
    }

    @Test
    void theRunsAreThoseThatMetricsRead() {
        RunResult result;
        try (Laboratory lab = asking("""
                clean: {evaluate: ld}
                patched: {apply: one, read: ld}
                gone: {apply: gone, read: ld}
                told: {logits: END, rows: 6, under: one}
                told-gone: {logits: END, rows: 6, under: gone}
                """)) {
            result = lab.result();
        }
        TokenRankings told = rankings(result, "told");
        assertThat(told.columns()).containsExactly("clean", "corrupted", "patched", "change");
        assertThat(told.rankings()).hasSize(6);
        double clean = Laboratory.numbers(result, "clean").value();
        assertThat(difference(told, 0)).isEqualTo(clean, within(1e-5));
        assertThat(difference(told, 2))
                .isEqualTo(Laboratory.numbers(result, "patched").value(), within(1e-5));
        TokenRankings gone = rankings(result, "told-gone");
        assertThat(gone.columns()).containsExactly("unedited", "edited", "change");
        assertThat(difference(gone, 0)).isEqualTo(clean, within(1e-5));
        assertThat(difference(gone, 1))
                .isEqualTo(Laboratory.numbers(result, "gone").value(), within(1e-5));
    }

    @Test
    void patchingEverythingGivesTheOtherRunAndTheOrdersAreOrders() {
        RunResult result;
        try (Laboratory lab = asking("told: {logits: END, rows: 2, top: 4, under: all}\n")) {
            result = lab.result();
        }
        for (TokenRankings.Ranking row : rankings(result, "told").rankings()) {
            assertThat(row.prompts()).extracting(Prompt::label).containsExactly("clean", "corrupted");
            for (TokenRankings.Group group : row.groups()) {
                for (TokenRankings.Entry entry : group.entries()) {
                    List<Double> v = entry.values();
                    assertThat(v.get(2)).isEqualTo(v.get(0), within(1e-4));
                    assertThat(v.get(3)).isEqualTo(v.get(2) - v.get(1), within(1e-9));
                    assertThat(entry.text()).isEqualTo(Integer.toString(entry.id()));
                }
            }
            assertThat(values(group(row, "highest"), 2)).isSortedAccordingTo((a, b) -> Double.compare(b, a));
            assertThat(values(group(row, "largest increase"), 3))
                    .hasSize(4)
                    .isSortedAccordingTo((a, b) -> Double.compare(b, a));
            assertThat(values(group(row, "largest decrease"), 3)).hasSize(4).isSorted();
            assertThat(values(group(row, "lowest"), 2)).hasSize(4).isSorted();
        }
    }

    private static List<Double> values(TokenRankings.Group group, int column) {
        return group.entries().stream().map(e -> e.values().get(column)).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{logits: END, under: swept} | name the components",
                "{logits: NOWHERE} | NOWHERE",
                "{logits: END, rows: 99} | `rows` must be 1 to 16",
                "{logits: END, under: absent} | there is no intervention `absent`"
            })
    void whatCannotBeAskedIsToldBeforeAnythingRuns(String measurement, String message) {
        assertThatThrownBy(() -> asking("w: " + measurement + "\n"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(message);
    }

    @Test
    void claimsCannotSpeakOfTokens() {
        String spec = """
                loupe: 1
                model: {card: toy-ioi-2l, seeds: [0]}
                dataset: {generator: toy-ioi, form: last-clause, split: test, rows: 6, seed: 91}
                measure: {told: {logits: END}}
                claims: [{say: it is high, that: {value: told}, above: 0}]
                """;
        assertThatThrownBy(() -> new Laboratory(folder, spec))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("told");
    }
}
