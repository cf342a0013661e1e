package dev.loupe.spec.chance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every null says of itself. */
class NullChoiceTest {
    private static final List<NullChoice> ALL = List.of(
            new UntrainedNull(20, 3),
            new ShuffledTokensNull(20, 3),
            new ShuffledTargetsNull(20, 3, ShuffledTargetsNull.From.ROW),
            new OtherRowsNull(20, 3),
            new RandomDirectionsNull(20, 3),
            new RandomCircuitsNull(20, 3),
            new ShuffledNeuronsNull(20, 3),
            new ShuffledPairsNull(20, 3));

    @Test
    void everyNullHasItsNumberSeedAndWords() {
        assertThat(ALL).allSatisfy(choice -> {
            assertThat(choice.draws()).isEqualTo(20);
            assertThat(choice.seed()).isEqualTo(3);
            assertThat(choice.words(20)).startsWith("20 ");
        });
        Set<String> words = ALL.stream().map(choice -> choice.words(20)).collect(Collectors.toSet());
        assertThat(words).hasSameSizeAs(ALL);
    }

    @Test
    void everyNullChangesSomethingOfItsOwn() {
        assertThat(ALL.stream().map(choice -> choice.drawn(new NamedChanges(), 7)))
                .doesNotHaveDuplicates();
    }

    @Test
    void oneDrawOrMoreThanAThousandAreRefused() {
        assertThatThrownBy(() -> new UntrainedNull(1, 3)).hasMessage("a null needs 2 to 1000 instances, not 1");
        assertThatThrownBy(() -> new OtherRowsNull(1001, 3))
                .hasMessage("a null needs 2 to 1000 permutations, not 1001");
    }

    @Test
    void everyNullIsListedHere() {
        assertThat(ALL.stream().map(Object::getClass))
                .containsExactlyInAnyOrder(NullChoice.class.getPermittedSubclasses());
    }
}
