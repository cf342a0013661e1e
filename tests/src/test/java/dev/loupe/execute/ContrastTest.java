package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.schema.problem.SpecException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pairs do to planted neurons, whose activations are known cell by cell. */
class ContrastTest {
    private static final String SPEC = """
            loupe: 1
            model: {plant: neurons, decoys: 50, seed: 3}
            dataset:
              words: {generator: language-grid, pairs: words, groups: 100, seed: 4}
              trigrams: {generator: language-grid, pairs: trigrams, groups: 100, seed: 5}
            """;

    @TempDir
    Path folder;

    private RunResult run(String rest) {
        try (Laboratory lab = new Laboratory(folder, SPEC + rest)) {
            return lab.result();
        }
    }

    private static double at(NamedArray numbers, String pair, int neuron) {
        NamedArray own = pair.isEmpty()
                ? numbers
                : numbers.at("pair", numbers.axis("pair").labels().indexOf(pair));
        return own.at("layer", 0).data()[neuron];
    }

    /** A neuron of the pair fires in one cell of four: interaction 1, both main effects one half, smaller difference 1. */
    @Test
    void aNeuronOfAPairInteractsAndOneOfATokenDoesNot() {
        RunResult result = run("""
                measure:
                  w: {contrast: mlp.post, factors: [first, second], by: pair, dataset: words}
                  t: {contrast: mlp.post, factors: [first, second], by: pair, dataset: trigrams}
                """);
        NamedArray words = Laboratory.numbers(result, "w.interaction");
        assertThat(at(words, "s1-e1", 1)).isEqualTo(1, within(1e-5));
        assertThat(at(words, "s1-e2", 1)).isLessThan(0.1);
        // The stem alone fires this one, whatever follows: at the last piece it is silent.
        assertThat(at(words, "s1-e1", 5)).isZero();
        assertThat(at(Laboratory.numbers(result, "w.and-ness"), "s1-e1", 1)).isEqualTo(1, within(1e-5));
        assertThat(at(Laboratory.numbers(result, "w.first"), "s1-e1", 1)).isEqualTo(.5, within(1e-5));
        NamedArray trigrams = Laboratory.numbers(result, "t.interaction");
        String first = trigrams.axis("pair").labels().get(0);
        assertThat(at(trigrams, first, 2)).isEqualTo(1, within(1e-5));
        assertThat(at(trigrams, trigrams.axis("pair").labels().get(1), 2)).isZero();
        assertThat(at(trigrams, trigrams.axis("pair").labels().get(1), 7)).isEqualTo(1, within(1e-5));
    }

    /** A decoy is a sum behind a bend: it interacts as well, by chance, and no more where pairs are shuffled. */
    @Test
    void shuffledPairsSayWhatABendDoesByItself() {
        RunResult result = run("""
                measure:
                  t: {contrast: mlp.post, factors: [first, second], dataset: trigrams, chance: {shuffled-pairs: {times: 5, seed: 9}}}
                """);
        Quantity scaled = result.artifacts().stream()
                .filter(a -> a instanceof Quantity q && q.name().equals("t.scaled"))
                .map(a -> (Quantity) a)
                .findFirst()
                .orElseThrow();
        assertThat(scaled.chance()).isNotNull();
        double most = 0;
        for (double x : scaled.estimate().data()) {
            most = Double.isNaN(x) ? most : Math.max(most, x);
        }
        assertThat(scaled.chance().draws()).hasSize(5);
        // Decoys alone have a standard deviation within cells, so that both sides are of the same size.
        assertThat(most)
                .isBetween(.3 * scaled.chance().draws()[0], 3 * scaled.chance().draws()[0]);
    }

    @Test
    void whatIsNoFactorIsRefused() {
        assertThatThrownBy(() -> run("""
                measure:
                  a: {contrast: mlp.post, factors: [pair], dataset: words}
                  b: {contrast: mlp.post, factors: [stem], dataset: words}
                  c: {contrast: mlp.post, factors: [first], dataset: words, chance: {shuffled-pairs: {times: 5, seed: 9}}}
                """))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("label `pair` of dataset `words` is not a factor")
                .hasMessageContaining("the dataset `words` has no label `stem`")
                .hasMessageContaining("`shuffled-pairs` is a null for `contrast` of two factors");
    }
}
