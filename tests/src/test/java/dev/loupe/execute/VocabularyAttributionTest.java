package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.language.Lexicon;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import dev.loupe.result.TokenRankings;
import dev.loupe.schema.problem.SpecException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What planted neurons write is known, and what follows where they fire can be counted by hand. */
class VocabularyAttributionTest {
    private static final Lexicon WORDS = Lexicon.ofAll();
    private static final String SPEC = """
            loupe: 1
            model: {plant: neurons, decoys: 6, seed: 3}
            dataset: {generator: planted-language, rows: 600, seed: 5}
            """;

    @TempDir
    Path folder;

    private RunResult run(String spec) {
        try (Laboratory lab = new Laboratory(folder, spec)) {
            return lab.result();
        }
    }

    private static double at(RunResult result, String name, String neuron) {
        NamedArray numbers = Laboratory.numbers(result, name);
        return numbers.at("neuron", numbers.axis("neuron").labels().indexOf(neuron))
                .data()[0];
    }

    @Test
    void theTokenThatANeuronRaisesIsFirst() {
        RunResult result =
                run(SPEC + "measure: {t: {vocabulary-attribution: tokens, neurons: [L0N2, L0N6], top: 2}}\n");
        List<TokenRankings.Ranking> rankings = result.artifacts().stream()
                .filter(TokenRankings.class::isInstance)
                .map(a -> ((TokenRankings) a).rankings())
                .findFirst()
                .orElseThrow();
        TokenRankings.Entry first = rankings.get(0).groups().get(0).entries().get(0);
        assertThat(first.id()).isEqualTo(WORDS.pairs().get(0)[2]);
        // 8 on one token of all, less the mean.
        assertThat(first.values().get(0)).isEqualTo(8 - 8.0 / WORDS.size(), within(1e-5));
        assertThat(rankings.get(1).groups().get(0).entries().get(0).id()).isEqualTo(WORDS.endings()[2]);
        assertThat(rankings.get(1).groups().get(1).entries().get(0).values().get(0))
                .isEqualTo(-8.0 / WORDS.size(), within(1e-5));
    }

    /** A neuron that raises one token of V has the kurtosis of a vector with a single one. */
    @Test
    void concentrationIsThatOfOneToken() {
        RunResult result = run(SPEC + "measure: {c: {vocabulary-attribution: concentration, neurons: [L0N2, L0N8]}}\n");
        int v = WORDS.size();
        double mean = 1.0 / v;
        double second = ((1 - mean) * (1 - mean) + (v - 1) * mean * mean) / v;
        double fourth = (Math.pow(1 - mean, 4) + (v - 1) * Math.pow(mean, 4)) / v;
        assertThat(at(result, "c.kurtosis", "L0N2")).isEqualTo(fourth / (second * second) - 3, within(1e-3));
        assertThat(at(result, "c.top-5", "L0N2")).isEqualTo(1, within(1e-6));
        // The eraser writes into no logit.
        assertThat(at(result, "c.kurtosis", "L0N8")).isNaN();
    }

    @Test
    void whatHasNoEffectIsRefused() {
        assertThatThrownBy(() -> run(SPEC + """
                measure:
                  a: {vocabulary-attribution: tokens, neurons: [L0N2], sample: {count: 400, seed: 1}}
                  b: {vocabulary-attribution: alignment, neurons: [L0N2]}
                  c: {vocabulary-attribution: tokens, neurons: [L7N2]}
                """))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("`sample`")
                .hasMessageContaining("`sample` is missing")
                .hasMessageContaining("L7N2 does not exist");
    }
}
