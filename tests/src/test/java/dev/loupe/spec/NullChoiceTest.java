package dev.loupe.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.analysis.heads.TargetChoice;
import dev.loupe.analysis.heads.TargetScores;
import dev.loupe.analysis.planning.Redrawn;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What nulls say of themselves. */
class NullChoiceTest {
    private static final List<NullChoice> ALL = List.of(
            new NullChoice.Untrained(20, 3),
            new NullChoice.ShuffledTokens(20, 3),
            new NullChoice.ShuffledTargets(20, 3, NullChoice.ShuffledTargets.From.ROW),
            new NullChoice.OtherRows(20, 3),
            new NullChoice.RandomDirections(20, 3),
            new NullChoice.RandomCircuits(20, 3),
            new NullChoice.ShuffledNeurons(20, 3),
            new NullChoice.ShuffledPairs(20, 3));

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
        public String shuffledTargets(long seed, boolean ofOtherRows) {
            return "targets " + seed + (ofOtherRows ? " of others" : "");
        }

        @Override
        public String shuffledPairs(long seed) {
            return "pairs " + seed;
        }

        @Override
        public String redrawn(Redrawn what, long seed) {
            return what + " " + seed;
        }
    };

    @Test
    void everyNullChangesOneThingBySeed() {
        assertThat(ALL.stream().map(choice -> choice.drawn(CHANGES, 7)))
                .containsExactly(
                        "weights 7",
                        "tokens 7",
                        "targets 7",
                        "PATTERNS 7",
                        "DIRECTIONS 7",
                        "CIRCUIT 7",
                        "PAIRING 7",
                        "pairs 7");
    }

    @Test
    void targetsAreShuffledWithinARowOrExchangedBetweenRows() {
        NullChoice others = new NullChoice.ShuffledTargets(20, 3, NullChoice.ShuffledTargets.From.OTHER_ROWS);
        assertThat(others.drawn(CHANGES, 7)).isEqualTo("targets 7 of others");
        assertThat(others.words(20)).isNotEqualTo(ALL.get(2).words(20));
        TargetScores pointed = new TargetScores(new TargetChoice.Pointer("source"), "everywhere");
        TargetScores ofClass = new TargetScores(new TargetChoice.InClass("list"), "everywhere");
        others.check(pointed);
        assertThatThrownBy(() -> others.check(ofClass)).hasMessageContaining("`target-scores` of a pointer");
    }

    @Test
    void untrainedModelsAndShuffledNeuronsAreNullsOfWeights() {
        assertThat(ALL.stream().filter(NullChoice::changesWeights)).containsExactly(ALL.get(0), ALL.get(6));
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
