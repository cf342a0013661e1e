package dev.loupe.dataset.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.Datasets;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.NextTokens;
import dev.loupe.dataset.rows.TokenRows;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlantedDocumentsTest {
    private static final PlantedDocuments ALL = of("{generator: planted-documents, rows: 600, seed: 1}");

    private static PlantedDocuments of(String yaml) {
        return Datasets.bind(PlantedDocuments.class, yaml);
    }

    private static TokenRows rows(PlantedDocuments documents) {
        return documents.draw(new Draw(documents.vocabularySize(), documents.rows(), 5));
    }

    @Test
    void everyRowDependsOnItsNumberAloneAndBeginsWithItsRegister() {
        TokenRows whole = rows(ALL);
        TokenRows part = ALL.draw(new Draw(ALL.vocabularySize(), 600, 5), 100, 103);
        assertThat(part.tokens()).isDeepEqualTo(Arrays.copyOfRange(whole.tokens(), 100, 103));
        int[] counts = new int[3];
        for (int row = 0; row < 600; row++) {
            counts[whole.tokens()[row][0]]++;
            assertThat(whole.label("register").values()[row]).containsOnly(whole.tokens()[row][0]);
        }
        // Each comes in a third of the documents, with a standard deviation of 11.5.
        for (int count : counts) {
            assertThat(count).isBetween(155, 245);
        }
    }

    /** Rows come from the truth: what they cost on average is its entropy, at every construct and elsewhere. */
    @Test
    void rowsAreDrawnFromTheTruth() {
        TokenRows rows = rows(of("{generator: planted-documents, new-names: true, rows: 1200, seed: 1}"));
        NextTokens truth = of("{generator: planted-documents, new-names: true, rows: 1, seed: 1}")
                .truth();
        Label construct = rows.label("construct");
        Map<String, double[]> sums = new TreeMap<>();
        for (int r = 0; r < rows.rows(); r++) {
            double[][] next = truth.next(rows.tokens()[r]);
            for (int pos = 0; pos + 1 < 64; pos++) {
                assertThat(Arrays.stream(next[pos]).sum()).isEqualTo(1, within(1e-12));
                double entropy = Arrays.stream(next[pos])
                        .filter(p -> p > 0)
                        .map(p -> -p * Math.log(p))
                        .sum();
                int value = construct.values()[r][pos];
                String register = rows.label("register").names().get(rows.tokens()[r][0]);
                double[] sum = sums.computeIfAbsent(
                        value < 0 ? register : construct.names().get(value), n -> new double[4]);
                double cost = -Math.log(next[pos][rows.tokens()[r][pos + 1]]);
                sum[0]++;
                sum[1] += cost;
                sum[2] += entropy;
                sum[3] += (cost - entropy) * (cost - entropy);
            }
        }
        sums.forEach((name, sum) -> {
            System.out.printf("%-20s %6.0f  loss %.3f  entropy %.3f%n", name, sum[0], sum[1] / sum[0], sum[2] / sum[0]);
            assertThat(sum[1] / sum[0])
                    .as(name)
                    .isEqualTo(sum[2] / sum[0], within(4 * Math.sqrt(sum[3]) / sum[0] + 1e-12));
        });
        // All but the names of one class, which new ones replace.
        assertThat(sums).hasSize(construct.names().size() - 2 + 3);
    }

    /** "these red W1 did W2 a W1 ." and "Mr N ." by hand, in the ids of prose from 3 + 45 + 40 on. */
    @Test
    void whatWordsOfASentenceAre() {
        Writing prose = new ProseWriting(88, false);
        Writing.Place place = prose.begin();
        int[] tokens = {2, 3, 18, 12, 19, 1, 18, 0, 26, 35, 31};
        String[][] expected = {
            {"determiner", "plural", "-", "-", "-", "-"},
            {"adjective", "plural", "-", "-", "-", "-"},
            {"noun", "plural", "-", "subject", "-", "-"},
            {"auxiliary", "plural", "past", "-", "-", "-"},
            {"verb", "plural", "past", "-", "-", "-"},
            {"determiner", "singular", "past", "-", "-", "-"},
            {"noun", "singular", "past", "object", "-", "-"},
            {"-", "-", "-", "-", "-", "-"},
            {"-", "-", "-", "-", "-", "-"},
            {"proper-noun", "-", "-", "-", "male", "first"},
            {"-", "-", "-", "-", "male", "-"}
        };
        List<Construct.Kind> kinds = prose.labels();
        for (int i = 0; i < tokens.length; i++) {
            double[] next = new double[ALL.vocabularySize()];
            place.next().addTo(next, 1);
            assertThat(next[88 + tokens[i]]).as("token " + i).isPositive();
            place.read(88 + tokens[i]);
            int[] values = place.labels(88 + (i + 1 < tokens.length ? tokens[i + 1] : 0));
            assertThat(values[0]).isEqualTo(tokens[i] >= 18 && tokens[i] < 26 ? 1 : 0);
            for (int k = 1; k < values.length; k++) {
                String name = values[k] < 0 ? "-" : kinds.get(k).names().get(values[k]);
                assertThat(name).as(kinds.get(k).name() + " of token " + i).isEqualTo(expected[i][k - 1]);
            }
        }
        double[] next = new double[ALL.vocabularySize()];
        place.read(88);
        place.next().addTo(next, 1);
        assertThat(next[88 + 16]).as("his pronoun").isEqualTo(0.25, within(1e-12));
        assertThat(next[88 + 17]).as("hers").isZero();
    }

    /** A new name belongs to the class that its cue tells, and in training there is none. */
    @Test
    void newNamesAreOfEveryClassAndOfNoOtherDocument() {
        TokenRows without = rows(of("{generator: planted-documents, registers: [prose], rows: 400, seed: 1}"));
        TokenRows with =
                rows(of("{generator: planted-documents, registers: [prose], new-names: true, rows: 400, seed: 1}"));
        int firstNew = ALL.vocabularySize() - 8;
        assertThat(Arrays.stream(without.tokens()).flatMapToInt(Arrays::stream)).noneMatch(id -> id >= firstNew);
        Label name = with.label("name");
        Label construct = with.label("construct");
        int[][] classes = new int[8][4];
        for (int row = 0; row < 400; row++) {
            for (int pos = 0; pos < 64; pos++) {
                int id = with.tokens()[row][pos];
                if (id >= firstNew) {
                    classes[id - firstNew][name.values()[row][pos]]++;
                    assertThat(construct.names().get(construct.values()[row][pos]))
                            .startsWith("new-name-");
                }
            }
        }
        for (int[] counts : classes) {
            assertThat(counts).doesNotContain(0);
        }
    }

    @Test
    void optionsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> of("{generator: planted-documents, registers: [], rows: 4, seed: 1}"))
                .hasMessageContaining("`registers` names none");
        assertThatThrownBy(() ->
                        of("{generator: planted-documents, registers: [code], new-names: true, rows: 4, seed: 1}"))
                .hasMessageContaining("add `prose`");
        assertThatThrownBy(() -> ALL.draw(new Draw(100, 1, 0))).hasMessageContaining("a vocabulary of 161");
    }
}
