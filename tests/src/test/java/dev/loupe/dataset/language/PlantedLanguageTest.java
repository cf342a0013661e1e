package dev.loupe.dataset.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.Datasets;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlantedLanguageTest {
    private static final PlantedLanguage ALL = of("{generator: planted-language, rows: 400, seed: 1}");

    private static PlantedLanguage of(String yaml) {
        return Datasets.bind(PlantedLanguage.class, yaml);
    }

    private static TokenRows rows(PlantedLanguage language) {
        return language.draw(new Draw(language.vocabularySize(), language.rows(), 5));
    }

    @Test
    void everyRowDependsOnItsNumberAloneAndHasOneLengthOfTokens() {
        TokenRows whole = rows(ALL);
        TokenRows part = ALL.draw(new Draw(ALL.vocabularySize(), 400, 5), 100, 103);
        assertThat(part.tokens()).isDeepEqualTo(Arrays.copyOfRange(whole.tokens(), 100, 103));
        assertThat(part.label("construct").values())
                .isDeepEqualTo(Arrays.copyOfRange(whole.label("construct").values(), 100, 103));
        assertThat(Arrays.stream(whole.tokens()).allMatch(row -> row.length == 64))
                .isTrue();
        assertThat(ALL.vocabularySize()).isEqualTo(202);
        assertThat(of("{generator: planted-language, constructs: [trigrams], rows: 4, seed: 1}")
                        .vocabularySize())
                .isEqualTo(202);
    }

    /** The truth against a sum over every course that the register can take. */
    @Test
    void theTruthIsTheSumOverAllCoursesOfTheRegister() {
        PlantedLanguage language = of("{generator: planted-language, length: 6, switch-rate: 0.4, rows: 40, seed: 1}");
        TokenRows rows = rows(language);
        Grammar grammar = new Grammar(language);
        for (int[] row : rows.tokens()) {
            double[][] next = language.truth().next(row);
            double wanted = 0;
            double[] first = new double[language.vocabularySize()];
            for (int register = 0; register < 2; register++) {
                // Place 6 stands for no change.
                for (int place = 1; place <= 6; place++) {
                    double weight = 0.5 * (place == 6 ? 0.6 : 0.4 / 5);
                    Grammar.Place at = grammar.begin();
                    for (int pos = 0; pos < 6; pos++) {
                        double[] given = new double[language.vocabularySize()];
                        at.next(pos < place ? register : 1 - register).addTo(given, 1);
                        weight *= given[row[pos]];
                        at.read(row[pos]);
                    }
                    wanted += weight;
                }
                grammar.begin().next(register).addTo(first, 0.5);
            }
            double found = first[row[0]];
            for (int pos = 0; pos < 5; pos++) {
                found *= next[pos][row[pos + 1]];
                assertThat(Arrays.stream(next[pos]).sum()).isEqualTo(1, within(1e-12));
            }
            assertThat(found / wanted).isEqualTo(1, within(1e-10));
        }
    }

    /** Rows come from the truth: what they cost on average is its entropy, at every construct. */
    @Test
    void rowsAreDrawnFromTheTruth() {
        TokenRows rows = rows(ALL);
        Truth truth = ALL.truth();
        Label construct = rows.label("construct");
        Map<String, double[]> sums = new TreeMap<>();
        for (int r = 0; r < rows.rows(); r++) {
            double[][] next = truth.next(rows.tokens()[r]);
            for (int pos = 0; pos + 1 < 64; pos++) {
                double entropy = Arrays.stream(next[pos])
                        .filter(p -> p > 0)
                        .map(p -> -p * Math.log(p))
                        .sum();
                int value = construct.values()[r][pos];
                String name = value < 0 ? "none" : construct.names().get(value);
                double[] sum = sums.computeIfAbsent(name, n -> new double[4]);
                double cost = -Math.log(next[pos][rows.tokens()[r][pos + 1]]);
                sum[0]++;
                sum[1] += cost;
                sum[2] += entropy;
                sum[3] += (cost - entropy) * (cost - entropy);
            }
        }
        sums.forEach((name, sum) -> {
            System.out.printf("%-14s %6.0f  loss %.3f  entropy %.3f%n", name, sum[0], sum[1] / sum[0], sum[2] / sum[0]);
            double error = Math.sqrt(sum[3]) / sum[0];
            assertThat(sum[1] / sum[0]).as(name).isEqualTo(sum[2] / sum[0], within(4 * error));
        });
        assertThat(sums).hasSize(construct.names().size() + 1);
    }

    @Test
    void optionsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> of("{generator: planted-language, constructs: [span-counts], rows: 4, seed: 1}"))
                .hasMessageContaining("add `brackets`");
        assertThatThrownBy(() -> of("{generator: planted-language, registers: [], rows: 4, seed: 1}"))
                .hasMessageContaining("`registers` names none");
        assertThatThrownBy(() -> of("{generator: planted-language, splits: 1.5, rows: 4, seed: 1}"))
                .hasMessageContaining("`splits` must be between 0 and 1");
        assertThatThrownBy(() -> ALL.draw(new Draw(100, 1, 0))).hasMessageContaining("a vocabulary of 202");
    }
}
