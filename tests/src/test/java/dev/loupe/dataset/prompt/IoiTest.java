package dev.loupe.dataset.prompt;

import static dev.loupe.dataset.Datasets.bind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.WordEncoder;
import dev.loupe.dataset.rows.IndexPermutation;
import dev.loupe.dataset.rows.PairedRows;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IoiTest {

    private final WordEncoder encoder = new WordEncoder();
    private final Sources sources = new Sources(Path.of("."), 1000, encoder);

    private PairedRows pairs(String options) {
        return bind(Ioi.class, "{generator: ioi, " + options + "}").pairs(sources);
    }

    @ParameterizedTest
    @CsvSource({"abba, none", "baba, none", "both, 5"})
    void namedPositionsHoldTheNames(String order, String bos) {
        for (int seed = 0; seed < 5; seed++) {
            TokenRows rows = pairs("rows: 100, order: " + order + ", bos: " + bos + ", seed: " + seed)
                    .clean();
            Set<Boolean> orders = new HashSet<>();
            for (int r = 0; r < rows.rows(); r++) {
                int[] tokens = rows.tokens()[r];
                int io = rows.positions().get("IO")[r];
                int s1 = rows.positions().get("S1")[r];
                int s2 = rows.positions().get("S2")[r];
                int end = rows.positions().get("END")[r];
                assertThat(end).isEqualTo(tokens.length - 1);
                assertThat(tokens[io])
                        .isEqualTo(rows.columns().get("answer")[r])
                        .isEqualTo(rows.target(r, end));
                assertThat(tokens[s1])
                        .isEqualTo(tokens[s2])
                        .isEqualTo(rows.columns().get("wrong")[r]);
                assertThat(rows.positions().get("S1+1")[r]).isEqualTo(s1 + 1);
                assertThat(tokens[io]).isNotEqualTo(tokens[s1]);
                assertThat(rows.classes().get("answer-abba")[r][end]).isEqualTo(io < s1);
                assertThat(rows.classes().get("answer-baba")[r][end]).isEqualTo(s1 < io);
                orders.add(io < s1);
            }
            assertThat(orders).hasSize(order.equals("both") ? 2 : 1);
        }
    }

    @Test
    void promptsAreDistinctUpToTheLastOne() {
        String small = "templates: ['Then {A} and {B} met and {S} waved to'], names: [Ann, Bob, Cid, Dan, Eve]";
        PairedRows pairs = pairs(small + ", rows: 40, seed: 3");
        assertThat(Arrays.stream(pairs.clean().tokens()).map(Arrays::toString).distinct())
                .hasSize(40);
        assertThatThrownBy(() -> pairs(small + ", rows: 41, seed: 3")).hasMessageContaining("the 40 different prompts");
    }

    @Test
    void aTemplateGivenTwiceIsNoticed() {
        String twice = "'Then {A} and {B} met and {S} waved to', 'Then {A} and {B} met and {S} waved to'";
        assertThatThrownBy(
                        () -> pairs("templates: [" + twice + "], names: [Ann, Bob, Cid, Dan, Eve], rows: 80, seed: 3"))
                .hasMessageContaining("is the same prompt as row");
    }

    @ParameterizedTest
    @CsvSource({"swap-subject, 1", "abc, 3", "swap-order, 2", "other-names, 3", "swap-names, 3", "new-subject, 1"})
    void counterpartsDifferWhereTheyShould(String corruption, int places) {
        PairedRows pairs = pairs("rows: 60, seed: 2, bos: none, corruption: " + corruption);
        for (int r = 0; r < 60; r++) {
            int[] clean = pairs.clean().tokens()[r];
            int[] other = pairs.corrupted().tokens()[r];
            int io = pairs.clean().positions().get("IO")[r];
            int s1 = pairs.clean().positions().get("S1")[r];
            int s2 = pairs.clean().positions().get("S2")[r];
            Set<Integer> changed = new HashSet<>();
            for (int p = 0; p < clean.length; p++) {
                if (clean[p] != other[p]) {
                    changed.add(p);
                }
            }
            assertThat(changed).hasSize(places).isSubsetOf(io, s1, s2);
            switch (corruption) {
                case "swap-subject" -> assertThat(other[s2]).isEqualTo(clean[io]);
                case "abc" ->
                    assertThat(new int[] {other[io], other[s1], other[s2]})
                            .doesNotHaveDuplicates()
                            .doesNotContain(clean[io], clean[s1]);
                case "swap-order" ->
                    assertThat(new int[] {other[io], other[s1], other[s2]})
                            .containsExactly(clean[s1], clean[io], clean[s2]);
                case "swap-names" ->
                    assertThat(new int[] {other[io], other[s1], other[s2]})
                            .containsExactly(clean[s1], clean[io], clean[io]);
                case "new-subject" -> assertThat(other[s2]).isNotIn(clean[io], clean[s1]);
                default ->
                    assertThat(other[s1])
                            .isEqualTo(other[s2])
                            .isNotEqualTo(clean[s1])
                            .isNotEqualTo(other[io]);
            }
            assertThat(pairs.corrupted().columns().get("answer")[r])
                    .isEqualTo(pairs.clean().columns().get("answer")[r]);
            assertThat(pairs.corrupted().positions().get("IO")[r]).isEqualTo(io);
        }
    }

    @Test
    void whatCannotBeIsSaid() {
        assertThatThrownBy(() -> pairs("rows: 5")).hasMessageContaining("needs `seed`");
        assertThatThrownBy(() -> pairs("seed: 1, names: [Ann, Bob, Cid, Dan, Bartholomew]"))
                .hasMessageContaining("not one token of this model with a space before: Bartholomew");
        assertThatThrownBy(() -> pairs("seed: 1, templates: ['{A} and {B} and {S}']"))
                .hasMessageContaining("must contain {A}");
        assertThatThrownBy(() -> bind(Ioi.class, "{generator: ioi, seed: 1}").read(new Sources(Path.of("."), 10)))
                .hasMessageContaining("needs a model with a tokenizer");
    }

    @Test
    void numbersArePermuted() {
        for (int size : new int[] {1, 2, 3, 5, 64, 1000, 1025}) {
            Set<Long> seen = new HashSet<>();
            for (int i = 0; i < size; i++) {
                long at = new IndexPermutation(size, 7).at(i);
                assertThat(at).isBetween(0L, size - 1L);
                seen.add(at);
            }
            assertThat(seen).hasSize(size);
        }
    }
}
