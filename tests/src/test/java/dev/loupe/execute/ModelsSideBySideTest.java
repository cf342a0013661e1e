package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import dev.loupe.schema.problem.SpecException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several models of a spec in one measurement, unlike shapes among them. */
class ModelsSideBySideTest {
    private static final String SPEC = """
            loupe: 1
            model:
              two: {card: induction-2l, seeds: [0, 1]}
              one: {card: induction-1l, seeds: [0, 1]}
              both: {cards: [induction-1l, induction-2l]}
              first: {card: induction-2l, seeds: [0]}
              fresh: {reinitialise: first, seeds: [7]}
            dataset: {generator: repeated-tokens, period: 5, length: 12, ids: 0..29, rows: 12, seed: 1}
            metric: loss
            measure:
            """;

    @TempDir
    Path folder;

    private RunResult run(String more) {
        try (Laboratory lab = new Laboratory(folder, SPEC + more)) {
            return lab.result();
        }
    }

    @Test
    void modelsOfUnlikeShapeStandOnAnAxisOfTheirNames() {
        RunResult result = run("""
                  both: {evaluate: default, model: [two, one]}
                  two: {evaluate: default, model: two}
                  one: {evaluate: default, model: one}
                  median: {reduce: both, over: seed, take: median}
                claims:
                  - say: one against two layers
                    that: {difference: [{value: both, where: {model: one}}, {value: both, where: {model: two}}]}
                    above: 0
                    in-at-least: 2 of seed
                    by: estimate
                """);
        NamedArray both = Laboratory.numbers(result, "both");
        assertThat(NamedArray.describe(both.axes())).isEqualTo("[model 2, seed 2]");
        assertThat(both.axis("model").labels()).containsExactly("two", "one");
        assertThat(both.at("model", 0).data())
                .containsExactly(Laboratory.numbers(result, "two").data());
        assertThat(both.at("model", 1).data())
                .containsExactly(Laboratory.numbers(result, "one").data());
        assertThat(NamedArray.describe(Laboratory.numbers(result, "median").axes()))
                .isEqualTo("[model 2]");
        for (int seed = 0; seed < 2; seed++) {
            assertThat(result.claims().get(0).parts().get(seed).observed())
                    .isEqualTo(both.data()[2 + seed] - both.data()[seed], within(1e-12));
        }
    }

    @Test
    void modelsOfOneShapeShareTheirComponentsAndAnAxisWithOneLabelGoes() {
        RunResult result = run("  scores: {head-scores: IND, model: [first, fresh]}\n");
        NamedArray scores = Laboratory.numbers(result, "scores");
        assertThat(NamedArray.describe(scores.axes())).isEqualTo("[model 2, layer 2, head 4]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{head-scores: IND, model: [two, one]} | models of one family are measured side by side, but induction-1l seed 0 has [score 1, layer 1, head 4]",
                "{evaluate: default, model: [two, first]} | `two` has seed 0, 1 and `first` is a single model",
                "{evaluate: default, model: [both, both]} | each once",
                "{evaluate: default, model: [first, nothing]} | nothing",
            })
    void whatCannotStandSideBySideIsRefused(String measurement, String said) {
        assertThatThrownBy(() -> run("  x: " + measurement + "\n"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(said);
    }

    @Test
    void aFamilyWithAnAxisOfModelsStandsAlone() {
        assertThatThrownBy(() -> new Laboratory(
                                folder,
                                SPEC.replace(
                                                "seeds: [0]}",
                                                "seeds: [0]}\n  more: {cards: [induction-1l, induction-2l]}")
                                        + "  x: {evaluate: default, model: [both, more]}")
                        .close())
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("`both` has an axis `model` of its own");
    }
}
