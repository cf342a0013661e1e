package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.language.Lexicon;
import dev.loupe.model.planted.PlantedNeurons.Meaning;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import dev.loupe.result.TokenRankings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules for planted neurons, whose true rules are known, and for decoys, which have none. */
class NeuronRuleTest {
    private static final String SPEC = """
            loupe: 1
            model: {plant: neurons, decoys: 40, seed: 3}
            dataset: {generator: planted-language, constructs: [trigrams, words], rows: 700, seed: 5}
            """;
    private static final Meaning[] BY_TOKENS = {
        Meaning.TOKEN,
        Meaning.BIGRAM,
        Meaning.TRIGRAM,
        Meaning.MID_WORD,
        Meaning.RETOKENISER,
        Meaning.ERASER,
        Meaning.BOOSTER
    };

    @TempDir
    Path folder;

    private RunResult run(String spec) {
        try (Laboratory lab = new Laboratory(folder, spec)) {
            return lab.result();
        }
    }

    @Test
    void plantedRulesHoldOnOtherTextAndNoDecoyHasOne() {
        RunResult result = run(SPEC + """
                measure:
                  rules: {neuron-rule: mlp.post, layers: [0], sample: {count: 45000, seed: 1}, draws: 3, seed: 2}
                  copies: {neuron-rule: mlp.post, neurons: [L0N4], fires: 0.001, sample: {count: 45000, seed: 1}, draws: 3, seed: 2}
                  shown: {neuron-rule: mlp.post, neurons: [L0N1], sample: {count: 45000, seed: 1}, show: rules, seed: 2}
                """);
        NamedArray f1 = Laboratory.numbers(result, "rules.f1");
        NamedArray correlation = Laboratory.numbers(result, "rules.correlation");
        NamedArray chance = Laboratory.numbers(result, "rules.chance");
        for (Meaning meaning : BY_TOKENS) {
            assertThat(f1.data()[meaning.ordinal()]).as(meaning.name()).isEqualTo(1, within(1e-12));
            assertThat(correlation.data()[meaning.ordinal()]).as(meaning.name()).isEqualTo(1, within(1e-6));
            assertThat(chance.data()[meaning.ordinal()]).as(meaning.name()).isLessThan(.3);
        }
        // That a token came before is no set of tokens; its rule says so.
        assertThat(Laboratory.numbers(result, "copies.f1").data()[0]).isEqualTo(1, within(1e-12));
        for (int decoy = Meaning.values().length; decoy < f1.data().length; decoy++) {
            assertThat(f1.data()[decoy]).as("decoy %d", decoy).isNotNaN().isLessThan(.5);
        }
        TokenRankings shown = result.artifacts().stream()
                .filter(a -> a instanceof TokenRankings)
                .map(a -> (TokenRankings) a)
                .findFirst()
                .orElseThrow();
        Lexicon words = Lexicon.ofAll();
        assertThat(shown.rankings().get(0).groups())
                .allSatisfy(group -> assertThat(group.entries())
                        .singleElement()
                        .satisfies(entry -> assertThat(entry.id())
                                .isEqualTo(
                                        group.title().startsWith("the token is")
                                                ? words.endings()[1]
                                                : words.stems()[1])));
        assertThat(shown.rankings().get(0).groups()).hasSize(2);
    }

    /** A rule from text without its pattern does not exist, and the neuron's rule of one register holds in the other. */
    @Test
    void rulesGoFromOneCorpusToAnother() {
        RunResult result = run("""
                loupe: 1
                model: {plant: neurons, decoys: 4, seed: 3}
                dataset:
                  a: {generator: planted-language, registers: [a], constructs: [words], rows: 120, seed: 5}
                  b: {generator: planted-language, registers: [b], constructs: [words], rows: 120, seed: 6}
                measure:
                  there: {neuron-rule: mlp.post, neurons: [L0N0, L0N5], made-on: a, dataset: b, sample: {count: 8000, seed: 1}, draws: 0, seed: 2}
                """);
        for (double value : Laboratory.numbers(result, "there.auc").data()) {
            assertThat(value).isEqualTo(1, within(1e-12));
        }
    }

    @Test
    void aLabelThatTheRowsLackIsAnErrorBeforeTheRun() {
        assertThatThrownBy(
                        () -> run(
                                SPEC
                                        + "measure: {r: {neuron-rule: mlp.post, neurons: [L0N1], labels: [nothing], sample: {seed: 1}, seed: 2}}"))
                .hasMessageContaining("`nothing`");
        assertThatThrownBy(
                        () -> run(
                                SPEC
                                        + "measure: {r: {neuron-rule: mlp.post, neurons: [L0N1], fires: 1.5, sample: {seed: 1}, seed: 2}}"))
                .hasMessageContaining("`fires` must be above 0 and below 1");
    }
}
