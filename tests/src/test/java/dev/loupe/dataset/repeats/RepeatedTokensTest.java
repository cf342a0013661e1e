package dev.loupe.dataset.repeats;

import static dev.loupe.dataset.Datasets.bind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.Datasets;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.schema.problem.SpecException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepeatedTokensTest {

    private static TokenRows draw(String options, int vocabulary, long seed) {
        return bind(RepeatedTokens.class, "{generator: repeated-tokens, " + options + "}")
                .draw(new Draw(vocabulary, 200, seed));
    }

    @Test
    void secondHalfIsExactlyWhatTheRowSoFarForetells() {
        for (long seed = 0; seed < 20; seed++) {
            TokenRows rows = draw("period: 5..12, length: 26, bos: 0, offset: random", 32, seed);
            for (int r = 0; r < rows.rows(); r++) {
                int[] tokens = rows.tokens()[r];
                for (int p = 0; p < tokens.length; p++) {
                    int foretold = -1;
                    for (int q = 1; q <= p; q++) {
                        foretold = tokens[q - 1] == tokens[p] ? tokens[q] : foretold;
                    }
                    if (rows.classes().get("second-half")[r][p]) {
                        assertThat(rows.target(r, p)).isEqualTo(foretold);
                    }
                    if (rows.classes().get("first-of-repeat")[r][p]) {
                        assertThat(foretold).isEqualTo(-1);
                    }
                }
            }
        }
    }

    @Test
    void everyPredictionHasOneClassAndTheLastPositionNone() {
        TokenRows rows = draw("period: 3..7, length: 30, tail: filler, offset: random, bos: 1", 50, 9);
        for (int r = 0; r < rows.rows(); r++) {
            for (int p = 0; p < 30; p++) {
                int classes = 0;
                for (boolean[][] marks : rows.classes().values()) {
                    classes += marks[r][p] ? 1 : 0;
                }
                assertThat(classes).isEqualTo(p == 29 ? 0 : 1);
            }
            assertThat(Datasets.count(rows.classes().get("first-of-repeat")[r])).isEqualTo(1);
        }
    }

    @Test
    void twoCopiesWithoutLengthHaveTheHalvesOfTheDefinition() {
        TokenRows rows = draw("period: 6, bos: 0", 100, 4);
        for (int r = 0; r < rows.rows(); r++) {
            int[] tokens = rows.tokens()[r];
            assertThat(tokens).hasSize(13);
            assertThat(tokens[0]).isZero();
            for (int i = 1; i <= 6; i++) {
                assertThat(tokens[i]).isEqualTo(tokens[i + 6]).isNotZero();
            }
            assertThat(Datasets.count(rows.classes().get("first-half")[r])).isEqualTo(6);
            assertThat(Datasets.count(rows.classes().get("second-half")[r])).isEqualTo(5);
            assertThat(rows.classes().get("second-half")[r][7]).isTrue();
            assertThat(rows.classes().get("first-of-repeat")[r][6]).isTrue();
        }
    }

    @Test
    void periodsAndOffsetsVaryOverTheirWholeRange() {
        TokenRows rows = draw("period: 5..12, length: 30, offset: random", 64, 2);
        Set<Integer> firsts = new HashSet<>();
        for (int r = 0; r < rows.rows(); r++) {
            assertThat(rows.tokens()[r]).hasSize(30);
            int first = 0;
            while (!rows.classes().get("first-of-repeat")[r][first]) {
                first++;
            }
            firsts.add(first);
        }
        assertThat(firsts).hasSizeGreaterThan(18);
        Set<Integer> periods = new HashSet<>();
        for (int[] tokens : draw("period: 5..12", 64, 2).tokens()) {
            periods.add(tokens.length / 2);
        }
        assertThat(periods).containsExactlyInAnyOrder(5, 6, 7, 8, 9, 10, 11, 12);
    }

    @Test
    void idsAndSpecialTokensAreKept() {
        RepeatedTokens generator = bind(
                RepeatedTokens.class, "{generator: repeated-tokens, ids: 100..120, period: 4, offset: random, bos: 3}");
        TokenRows rows = generator.draw(new Draw(500, 300, 5, Set.of(100, 105, 7)));
        Set<Integer> seen = new HashSet<>();
        for (int[] tokens : rows.tokens()) {
            for (int i = 1; i < tokens.length; i++) {
                seen.add(tokens[i]);
            }
        }
        assertThat(seen).hasSize(19).allMatch(id -> id > 100 && id <= 120 && id != 105);
    }

    @Test
    void withoutDistinctTokensMayRecurWithinACopy() {
        TokenRows rows = draw("period: 10, distinct: false", 12, 1);
        assertThat(List.of(rows.tokens()))
                .anyMatch(tokens -> Datasets.occurrences(tokens).containsValue(4));
        TokenRows distinct = draw("period: 10", 12, 1);
        assertThat(List.of(distinct.tokens()))
                .allMatch(tokens ->
                        Set.copyOf(Datasets.occurrences(tokens).values()).equals(Set.of(2)));
    }

    @Test
    void aMissingSeedAndAnUnfitVocabularyAreNamed() {
        RepeatedTokens generator = bind(RepeatedTokens.class, "{generator: repeated-tokens, period: 5..12}");
        assertThatThrownBy(() -> generator.read(new Sources(Path.of("."), 50)))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("`seed` is missing");
        assertThatThrownBy(() -> generator.draw(new Draw(9, 1, 0)))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("12 different tokens needs 12 token ids, but only 9");
        assertThatThrownBy(() -> draw("ids: 90..100", 100, 0)).hasMessageContaining("exceeds the vocabulary");
        assertThatThrownBy(() -> draw("length: 20", 100, 0))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("must be at least 24");
    }
}
