package dev.loupe.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What nulls say of themselves. */
class NullChoiceTest {
    private static final List<NullChoice> ALL = List.of(
            new NullChoice.Untrained(20, 3),
            new NullChoice.ShuffledTokens(20, 3),
            new NullChoice.OtherRows(20, 3),
            new NullChoice.RandomDirections(20, 3),
            new NullChoice.RandomCircuits(20, 3));

    /** Each change with the seed that it was asked for. */
    private static final NullChanges<String> CHANGES = new NullChanges<>() {
        @Override
        public String untrained(long seed) {
            return "weights " + seed;
        }

        @Override
        public String shuffledTokens(long seed) {
            return "tokens " + seed;
        }

        @Override
        public String patternsOfOtherRows(long seed) {
            return "patterns " + seed;
        }

        @Override
        public String randomDirections(long seed) {
            return "directions " + seed;
        }

        @Override
        public String randomCircuit(long seed) {
            return "circuit " + seed;
        }
    };

    @Test
    void everyNullChangesOneThingBySeed() {
        assertThat(ALL.stream().map(choice -> choice.drawn(CHANGES, 7)))
                .containsExactly("weights 7", "tokens 7", "patterns 7", "directions 7", "circuit 7");
    }

    @Test
    void untrainedModelsAloneAreANullOfWeights() {
        assertThat(ALL.stream().filter(NullChoice::changesWeights)).containsExactly(ALL.get(0));
    }

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
    void everyNullIsListedHere() {
        assertThat(ALL.stream().map(Object::getClass))
                .containsExactlyInAnyOrder(NullChoice.class.getPermittedSubclasses());
    }
}
