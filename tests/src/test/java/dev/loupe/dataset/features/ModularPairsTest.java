package dev.loupe.dataset.features;

import static dev.loupe.dataset.Datasets.bind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModularPairsTest {
    private static ModularPairs pairs(String options) {
        return bind(ModularPairs.class, "{generator: modular-pairs, " + options + "}");
    }

    @Test
    void operationsAreModular() {
        assertThat(pairs("modulus: 7, operation: add").result(5, 4)).isEqualTo(2);
        assertThat(pairs("modulus: 7, operation: subtract").result(2, 5)).isEqualTo(4);
        assertThat(pairs("modulus: 7, operation: multiply").result(3, 5)).isEqualTo(1);
        assertThat(pairs("modulus: 7, operation: quadratic-form").result(2, 3)).isEqualTo((4 + 6 + 9) % 7);
    }

    @Test
    void testAndTrainingPairsAreAllPairs() {
        Set<String> train = names(pairs("modulus: 31, split: train, held-out: 0.4"));
        Set<String> test = names(pairs("modulus: 31, split: test, held-out: 0.4"));
        assertThat(test.size() / 961.0).isEqualTo(.4, within(.05));
        assertThat(train).doesNotContainAnyElementsOf(test);
        train.addAll(test);
        assertThat(train).hasSize(961);
        assertThat(pairs("modulus: 31, split: train").unseen()).isEqualTo(pairs("modulus: 31, split: test"));
    }

    @Test
    void unorderedPairsAreHeldOutTogether() {
        Set<String> test = names(pairs("modulus: 31, split: test, pairs: unordered"));
        for (String name : test) {
            String[] both = name.split(" ");
            assertThat(test).contains(both[1] + " " + both[0]);
        }
        Set<String> ordered = names(pairs("modulus: 31, split: test"));
        long mirrored = ordered.stream()
                .map(name -> name.split(" "))
                .filter(both -> ordered.contains(both[1] + " " + both[0]))
                .count();
        assertThat(mirrored).isLessThan(ordered.size());
    }

    private static Set<String> names(ModularPairs pairs) {
        Set<String> names = new HashSet<>();
        Arrays.stream(pairs.chosen()).forEach(pair -> names.add(pair[0] + " " + pair[1]));
        return names;
    }

    @Test
    void aRowIsTheTwoNumbersAndTheClassOfTheResult() {
        ModularPairs three = pairs("modulus: 3, operation: subtract");
        Examples rows = three.draw(0, three.enumerated(), 0);
        assertThat(rows.rows()).isEqualTo(9);
        // The sixth pair is (1, 2), whose difference is 2 modulo 3.
        assertThat(Arrays.copyOfRange(rows.x(), 10, 12)).containsExactly(1, 2);
        assertThat(Arrays.copyOfRange(rows.y(), 15, 18)).containsExactly(0, 0, 1);
    }

    @Test
    void aTransformerReadsThePairAndTheEqualsSign() {
        TokenRows rows = pairs("modulus: 5").read(new Sources(Path.of("."), 6));
        assertThat(rows.tokens()[8]).containsExactly(1, 3, 5);
        assertThat(rows.targets()[8]).containsExactly(-1, -1, 4);
        assertThat(rows.classes().get("result")[8]).containsExactly(false, false, true);
        assertThatThrownBy(() -> pairs("modulus: 5").read(new Sources(Path.of("."), 5)))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("vocabulary of 6");
    }
}
