package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.model.planted.PlantedNeurons.Meaning;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A planted neuron of one meaning has one feature, one of two meanings has two, and decoys have none. */
class PurityTest {
    @TempDir
    Path folder;

    @Test
    void plantedNeuronsHaveTheFeaturesTheyWereGiven() {
        RunResult result;
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model: {plant: neurons, decoys: 20, seed: 3}
                dataset: {generator: planted-language, rows: 600, seed: 5}
                measure:
                  each: {purity: mlp.post, layers: [0], examples: 60, labels: [mid-word], sample: {count: 38000, seed: 1}, seed: 2}
                  rate: {purity: mlp.post, layers: [0], examples: 60, labels: [mid-word], sample: {count: 38000, seed: 1}, seed: 2, show: rates}
                  turned: {purity: mlp.post, layers: [0], examples: 60, labels: [mid-word], sample: {count: 38000, seed: 1}, rotate: 4, seed: 2, show: rates}
                """)) {
            result = lab.result();
        }
        NamedArray features = Laboratory.numbers(result, "each.features");
        NamedArray rule = Laboratory.numbers(result, "each.rule");
        for (Meaning meaning : new Meaning[] {
            Meaning.TOKEN,
            Meaning.BIGRAM,
            Meaning.TRIGRAM,
            Meaning.MID_WORD,
            Meaning.RETOKENISER,
            Meaning.ERASER,
            Meaning.BOOSTER
        }) {
            assertThat(features.data()[meaning.ordinal()]).as(meaning.name()).isEqualTo(1);
        }
        assertThat(features.data()[Meaning.POLYSEMANTIC.ordinal()]).isEqualTo(2);
        assertThat(rule.data()[Meaning.TRIGRAM.ordinal()]).isEqualTo(1);
        assertThat(rule.data()[Meaning.POLYSEMANTIC.ordinal()]).isLessThan(.8);
        assertThat(Laboratory.numbers(result, "each.labels").data()[Meaning.MID_WORD.ordinal()])
                .isEqualTo(1);
        int pure = 0;
        for (int n = 0; n < rule.data().length; n++) {
            pure += rule.data()[n] >= .8 ? 1 : 0;
            if (n >= Meaning.values().length) {
                assertThat(rule.data()[n]).as("decoy %d", n).isLessThan(.8);
            }
        }
        assertThat(Laboratory.numbers(result, "rate.rule").data()[0]).isEqualTo(pure / (double) rule.data().length);
        // Along random directions everything is mixed.
        assertThat(Laboratory.numbers(result, "turned.rule").data()[0])
                .isLessThan(Laboratory.numbers(result, "rate.rule").data()[0]);
    }
}
