package dev.loupe.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.dataset.language.PlantedLanguage;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.dataset.task.ToyIoi;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MixedRowsTest {
    private static final ToyIoi NAMES =
            Datasets.bind(ToyIoi.class, "{generator: toy-ioi, form: any-order, names: 20, split: train}");
    private static final PlantedLanguage LANGUAGE =
            Datasets.bind(PlantedLanguage.class, "{generator: planted-language, length: 16}");
    private static final MixedRows MIXED = new MixedRows(List.of(NAMES, LANGUAGE), List.of(.2, .8));
    private static final Draw DRAW = new Draw(LANGUAGE.vocabularySize(), 5000, 3);

    @Test
    void everyRowIsARowOfItsPartWithItsTargetsAndPlaces() {
        TokenRows rows = MIXED.draw(DRAW);
        TokenRows names = NAMES.draw(DRAW);
        TokenRows language = LANGUAGE.draw(DRAW);
        int count = 0;
        for (int row = 0; row < rows.rows(); row++) {
            boolean name = rows.tokens()[row].length == 13;
            TokenRows of = name ? names : language;
            count += name ? 1 : 0;
            assertThat(rows.tokens()[row]).isEqualTo(of.tokens()[row]);
            for (int pos = 0; pos < rows.tokens()[row].length; pos++) {
                assertThat(rows.target(row, pos)).isEqualTo(of.target(row, pos));
                assertThat(rows.belongs("S2", row, pos)).isEqualTo(name && names.belongs("S2", row, pos));
                assertThat(rows.belongs("construct.trigram", row, pos))
                        .isEqualTo(!name && language.belongs("construct.trigram", row, pos));
            }
        }
        // 1,000 rows are expected, with a standard deviation of 28.
        assertThat(count).isBetween(900, 1100);
    }

    /** Which part a row is of says nothing about the row: the first name is drawn from 20 as before. */
    @Test
    void theChoiceIsIndependentOfTheRows() {
        TokenRows rows = MIXED.draw(DRAW);
        double[] seen = new double[20];
        double all = 0;
        for (int row = 0; row < rows.rows(); row++) {
            if (rows.tokens()[row].length == 13) {
                seen[rows.target(row, 12)]++;
                all++;
            }
        }
        double expected = all / 20;
        double chi = Arrays.stream(seen)
                .map(n -> (n - expected) * (n - expected) / expected)
                .sum();
        // The 99.9th percentile of chi squared with 19 degrees of freedom.
        assertThat(chi).isLessThan(43.8);
    }

    @Test
    void whatIsHeldOutStaysSo() {
        assertThat(MIXED.unseen().draw(DRAW).tokens())
                .isNotEqualTo(MIXED.draw(DRAW).tokens());
        assertThat(((MixedRows) MIXED.unseen()).parts().get(0)).isEqualTo(NAMES.unseen());
        assertThat(MIXED.draw(DRAW).tokens()).isDeepEqualTo(MIXED.draw(DRAW).tokens());
    }
}
