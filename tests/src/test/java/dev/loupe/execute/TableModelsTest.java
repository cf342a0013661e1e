package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.Datasets;
import dev.loupe.dataset.language.PlantedLanguage;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.model.table.Ngram;
import dev.loupe.result.sample.RowTable;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that are tables run wherever logits are read, and nowhere else. */
class TableModelsTest {
    private static final String LANGUAGE = "{generator: planted-language, rows: 40, seed: 7}";
    private static final String SPEC = """
            loupe: 1
            model:
              first: {card: lang-gelu-1l, seeds: [0]}
              counts: {ngram: counted, order: 2}
              truth: {truth: rows}
            dataset:
              counted: {generator: planted-language, rows: 60, seed: 8}
              rows: %s
            metric: {by-construct: {loss: {by: construct}}}
            measure:
              counts: {evaluate: by-construct, model: counts, dataset: rows}
              truth: {evaluate: by-construct, model: truth, dataset: rows}
            """.formatted(LANGUAGE);

    @TempDir
    Path folder;

    @Test
    void theirLossByLabelIsThatOfTheirProbabilities() {
        PlantedLanguage language = Datasets.bind(PlantedLanguage.class, LANGUAGE);
        TokenRows rows = language.draw(new Draw(202, 40, 7));
        Ngram counts = new Ngram(language.draw(new Draw(202, 60, 8)), 202, 2, 0.1, true);
        Label construct = rows.label("construct");
        double[][] sums = new double[2][construct.names().size()];
        double[] asked = new double[construct.names().size()];
        for (int r = 0; r < 40; r++) {
            int[] tokens = rows.tokens()[r];
            double[][] truth = language.truth().next(tokens);
            double[][] counted = counts.next(tokens);
            for (int pos = 0; pos + 1 < tokens.length; pos++) {
                int value = construct.values()[r][pos];
                if (value >= 0) {
                    sums[0][value] -= Math.log(counted[pos][tokens[pos + 1]]);
                    sums[1][value] -= Math.log(truth[pos][tokens[pos + 1]]);
                    asked[value]++;
                }
            }
        }
        RowTable found = Laboratory.table(folder, SPEC, "counts");
        RowTable least = Laboratory.table(folder, SPEC, "truth");
        assertThat(found.axes().get(0).labels()).isEqualTo(construct.names());
        for (int value = 0; value < asked.length; value++) {
            assertThat(asked[value]).as(construct.names().get(value)).isPositive();
            assertThat(found.estimate().data()[value]).isEqualTo(sums[0][value] / asked[value], within(1e-5));
            assertThat(least.estimate().data()[value]).isEqualTo(sums[1][value] / asked[value], within(1e-5));
        }
        assertThat(Arrays.stream(sums[1]).sum())
                .isLessThan(Arrays.stream(sums[0]).sum());
    }

    @Test
    void theyHaveNothingInside() {
        String heads =
                SPEC.replace("truth: {evaluate: by-construct, model: truth", "truth: {head-scores: PREV, model: truth");
        assertThatThrownBy(() -> Laboratory.table(folder, heads, "truth"))
                .hasMessageContaining("truth of rows is a table of probabilities with nothing inside");
        String weights = SPEC.replace(
                "truth: {evaluate: by-construct, model: truth, dataset: rows}",
                "truth: {copying: [eigenvalue], model: truth}");
        assertThatThrownBy(() -> Laboratory.table(folder, weights, "counts")).hasMessageContaining("nothing inside");
        String other = SPEC.replace("truth: {truth: rows}", "truth: {truth: other}")
                .replace("  rows: {", "  other: {generator: no-repeat-tokens, rows: 4, seed: 1}\n  rows: {");
        assertThatThrownBy(() -> Laboratory.table(folder, other, "counts"))
                .hasMessageContaining("`truth` needs a `planted-language`");
    }
}
