package dev.loupe.dataset.task;

import static dev.loupe.dataset.Datasets.bind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.rows.PairedRows;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NumberAgreementTest {
    /** Ten nouns: ids 0 to 19, verbs 20 and 21, then prepositions and fillers. */
    private static PairedRows pairs(String options) {
        NumberAgreement agreement = bind(NumberAgreement.class, "{generator: agreement, nouns: 10, " + options + "}");
        return agreement.pairs(new Sources(Path.of("."), agreement.vocabularySize()));
    }

    private static int[] nouns(int[] row) {
        return Arrays.stream(row).filter(token -> token < 20).toArray();
    }

    @Test
    void theVerbHasTheNumberOfTheFirstNoun() {
        TokenRows rows = pairs("between: 0..2, fillers: 3, rows: 300, seed: 1").clean();
        Set<Integer> places = new HashSet<>();
        Set<Integer> counts = new HashSet<>();
        for (int r = 0; r < 300; r++) {
            int[] x = rows.tokens()[r];
            assertThat(x).hasSize(3 + 4 + 2);
            int[] nouns = nouns(x);
            int subject = rows.positions().get("SUBJECT")[r];
            int end = rows.positions().get("END")[r];
            places.add(subject);
            counts.add(nouns.length);
            assertThat(x[subject]).isEqualTo(nouns[0]);
            assertThat(x[end]).isEqualTo(nouns[nouns.length - 1]);
            assertThat(x[end + 1]).isEqualTo(20 + nouns[0] % 2);
            assertThat(rows.target(r, end))
                    .isEqualTo(x[end + 1])
                    .isEqualTo(rows.columns().get("answer")[r]);
            assertThat(rows.columns().get("wrong")[r]).isEqualTo(21 - nouns[0] % 2);
            assertThat(rows.classes().get("bare")[r][end]).isEqualTo(nouns.length == 1);
            assertThat(rows.classes().get("unlike")[r][end]).isEqualTo(nouns[nouns.length - 1] % 2 != nouns[0] % 2);
            assertThat(Arrays.stream(rows.targets()[r]).filter(id -> id >= 0)).hasSize(1);
        }
        assertThat(places).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(counts).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void aCounterpartTurnsOneNoun() {
        for (String changed : new String[] {"subject", "attractor"}) {
            PairedRows pairs = pairs("between: 1..2, corruption: " + changed + ", rows: 200, seed: 2");
            for (int r = 0; r < 200; r++) {
                int[] clean = pairs.clean().tokens()[r];
                int[] other = pairs.corrupted().tokens()[r];
                int[] unlike = IntStream.range(0, clean.length)
                        .filter(i -> clean[i] != other[i])
                        .toArray();
                int at = pairs.clean().positions().get(changed.equals("subject") ? "SUBJECT" : "ATTRACTOR")[r];
                assertThat(other[at]).isEqualTo(clean[at] ^ 1);
                int end = pairs.clean().positions().get("END")[r];
                assertThat(unlike).isEqualTo(changed.equals("subject") ? new int[] {at, end + 1} : new int[] {at});
            }
        }
    }

    @Test
    void trainAndTestShareNoSequenceOfNouns() {
        Set<List<Integer>> train = new HashSet<>();
        Set<List<Integer>> test = new HashSet<>();
        String options = "between: 2..2, held-out: 0.3, rows: 400, seed: 3, split: ";
        for (int[] x : pairs(options + "train").clean().tokens()) {
            train.add(Arrays.stream(nouns(x)).map(n -> n / 2).boxed().toList());
        }
        for (int[] x : pairs(options + "test").clean().tokens()) {
            test.add(Arrays.stream(nouns(x)).map(n -> n / 2).boxed().toList());
        }
        assertThat(train).isNotEmpty().doesNotContainAnyElementsOf(test);
        assertThat(test).isNotEmpty();
    }

    @Test
    void anAttractorMustBeThere() {
        assertThatThrownBy(() -> pairs("between: 0..2, corruption: attractor, seed: 1"))
                .hasMessageContaining("a noun between in every row");
    }
}
