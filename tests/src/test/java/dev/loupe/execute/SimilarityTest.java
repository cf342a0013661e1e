package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.model.planted.PlantedNeurons.Meaning;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import dev.loupe.schema.problem.SpecException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Planted neurons know words by one spelling, so that both spellings are not alike; a dataset is like itself. */
class SimilarityTest {
    private static final String SPEC = """
            loupe: 1
            model: {plant: neurons, decoys: 20, seed: 3}
            dataset:
              merged: {generator: language-spellings, spelling: merged, rows: 200, seed: 4}
              split: {generator: language-spellings, spelling: split, rows: 200, seed: 4}
              few: {generator: language-spellings, spelling: split, rows: 20, seed: 4}
            measure:
            """;

    @TempDir
    Path folder;

    private RunResult run(String measure) {
        try (Laboratory lab = new Laboratory(folder, SPEC + measure)) {
            return lab.result();
        }
    }

    @Test
    void aDatasetIsLikeItselfAndRowsOfOtherWordsAreNot() {
        RunResult result = run("""
                  same: {similarity: resid_post, other: merged, by: word, seed: 1, dataset: merged}
                  each: {similarity: mlp.post, other: merged, by: word, seed: 1, dataset: merged}
                """);
        NamedArray cosine = Laboratory.numbers(result, "same.same");
        assertThat(cosine.data()).hasSize(1);
        assertThat(cosine.data()[0]).isEqualTo(1, within(1e-9));
        assertThat(Laboratory.numbers(result, "same.other").data()[0]).isBetween(-.3, .3);
        assertThat(Arrays.stream(Laboratory.numbers(result, "each.same").data()).filter(x -> !Double.isNaN(x)))
                .isNotEmpty()
                .allSatisfy(r -> assertThat(r).isEqualTo(1, within(1e-9)));
    }

    /** The neuron of the split word s1-e1 fires where it is written in two pieces and at no whole word. */
    @Test
    void aNeuronOfOneSpellingDoesNotKnowTheOther() {
        RunResult result = run("""
                  each: {similarity: mlp.post, other: split, by: word, seed: 1, dataset: merged}
                  meet: {similarity: resid_post, other: split, by: word, seed: 1, dataset: merged}
                """);
        assertThat(Laboratory.numbers(result, "each.same").data()[Meaning.BIGRAM.ordinal()])
                .isNaN();
        assertThat(Laboratory.numbers(result, "meet.same").data()[0]).isLessThan(.5);
    }

    @Test
    void rowsThatCannotBelongTogetherAreRefused() {
        assertThatThrownBy(() -> run("  a: {similarity: resid_post, other: few, seed: 1, dataset: merged}\n"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("`merged` has 200 rows and `few` has 20");
        assertThatThrownBy(() -> run("  a: {similarity: attn.pattern, other: split, seed: 1, dataset: merged}\n"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("neither a hook point of the residual stream");
    }
}
