package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.model.planted.PlantedNeurons.Meaning;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The neuron of a pair that one corpus has, and of a word that the other one has, is found, and nothing else is. */
class IllusionTest {
    @TempDir
    Path folder;

    @Test
    void thePlantedIllusionIsFoundAndNoneOfItsControls() {
        RunResult result;
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model: {plant: neurons, decoys: 40, seed: 3}
                dataset:
                  pairs: {generator: planted-language, constructs: [trigrams], rows: 250, seed: 5}
                  words: {generator: planted-language, constructs: [words], rows: 250, seed: 6}
                measure:
                  each: {illusion: mlp.post, layers: [0], other: words, dataset: pairs, sample: {count: 16000, seed: 1}}
                  rate: {illusion: mlp.post, layers: [0], other: words, dataset: pairs, sample: {count: 16000, seed: 1}, show: rates}
                """)) {
            result = lab.result();
        }
        NamedArray illusion = Laboratory.numbers(result, "each.illusion");
        for (int n = 0; n < illusion.data().length; n++) {
            assertThat(illusion.data()[n]).as("neuron %d", n).isEqualTo(n == Meaning.POLYSEMANTIC.ordinal() ? 1 : 0);
        }
        int poly = Meaning.POLYSEMANTIC.ordinal();
        assertThat(Laboratory.numbers(result, "each.first").data()[poly]).isEqualTo(1);
        assertThat(Laboratory.numbers(result, "each.second").data()[poly]).isEqualTo(1);
        assertThat(Laboratory.numbers(result, "each.both").data()[poly]).isLessThan(.8);
        assertThat(Laboratory.numbers(result, "each.disjoint").data()[poly]).isEqualTo(1);
        // A neuron of one meaning has the same rule on both, and one of a word is silent where there are no words.
        int eraser = Meaning.ERASER.ordinal();
        assertThat(Laboratory.numbers(result, "each.transfer").data()[eraser]).isEqualTo(1, within(1e-12));
        assertThat(Laboratory.numbers(result, "each.scale").data()[Meaning.TOKEN.ordinal()])
                .isZero();
        assertThat(Laboratory.numbers(result, "rate.illusion").data()[0])
                .isEqualTo(1.0 / illusion.data().length, within(1e-12));
    }
}
