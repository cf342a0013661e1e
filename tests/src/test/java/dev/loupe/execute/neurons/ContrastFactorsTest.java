package dev.loupe.execute.neurons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.FactorCells;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.neurons.ContrastFactors;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two groups of four prompts, one neuron, worked out by hand. */
class ContrastFactorsTest {
    private static final List<String> FACTORS = List.of("a", "b");

    private static TokenRows rows(int groups) {
        DrawnRow[] rows = new DrawnRow[4 * groups];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = new DrawnRow(new int[] {r}, FactorCells.classes(FACTORS)).group(r / 4);
            FactorCells.label(rows[r], FACTORS, r % 4);
            rows[r].label("pair", FactorCells.constant(List.of("x", "y"), r / 4 % 2, 1));
        }
        return DrawnRow.join(rows);
    }

    private static RowTable contrast(double[] values, List<String> factors, String by) {
        double[] ones = new double[values.length];
        Arrays.fill(ones, 1);
        return contrast(values, ones, factors, by);
    }

    private static RowTable contrast(double[] values, double[] counts, List<String> factors, String by) {
        return contrast(values.length / 4, values, counts, factors, by);
    }

    private static RowTable contrast(int groups, double[] values, double[] counts, List<String> factors, String by) {
        TokenRows rows = rows(groups);
        RowsRef ref = new RowsRef("d", "id", "id", List.of(new RowsRef.Bucket(1, rows.rows())));
        int width = values.length / rows.rows();
        RowTable table = new RowTable(List.of(Axis.counted("neuron", width)), rows.rows(), values, counts);
        ContrastFactors step =
                new ContrastFactors(1, 0, ref, factors, by, by.isEmpty() ? List.of() : List.of("x", "y"));
        return new FactorContrast(step, rows, table).table();
    }

    /** Cells in order: both own, first exchanged, second exchanged, both exchanged. */
    @Test
    void effectsOfTwoFactors() {
        // Group 0: 9 - 2 - 3 + 1 = 5; group 1: 7 - 4 - 1 + 1 = 3.
        NamedArray told =
                contrast(new double[] {9, 2, 3, 1, 7, 4, 1, 1}, FACTORS, "").estimate();
        assertThat(told.axis("part").labels()).containsExactly("interaction", "scaled", "and-ness", "a", "b");
        // Within cells the deviations are 1, 1, 1 and 0 on either side: squares 2 + 2 + 2 + 0 over 4 degrees of
        // freedom.
        double spread = Math.sqrt(6.0 / 4);
        assertThat(told.data()[0]).isEqualTo(4, within(1e-12));
        assertThat(told.data()[1]).isEqualTo(4 / spread, within(1e-12));
        // The smaller of 9 - 2 and 9 - 3, and of 7 - 4 and 7 - 1.
        assertThat(told.data()[2]).isEqualTo((6 + 3) / 2.0, within(1e-12));
        assertThat(told.data()[3]).isEqualTo(((7 + 2) / 2.0 + (3 + 0) / 2.0) / 2, within(1e-12));
        assertThat(told.data()[4]).isEqualTo(((6 + 1) / 2.0 + (6 + 3) / 2.0) / 2, within(1e-12));
    }

    @Test
    void aLabelTellsGroupsApartAndItsRowsAreTheirGroups() {
        RowTable table = contrast(new double[] {9, 2, 3, 1, 7, 4, 1, 1, 5, 1, 1, 1, 7, 4, 1, 1}, FACTORS, "pair");
        assertThat(table.rows()).isEqualTo(2);
        NamedArray interaction = table.estimate().at("part", 0);
        // Pair x: groups 0 and 2, 5 and 4; pair y: groups 1 and 3, both 3.
        assertThat(interaction.data()).containsExactly(4.5, 3);
        // No spread within the cells of pair y.
        assertThat(table.estimate().at("part", 1).data()[1]).isNaN();
    }

    /** With one factor the cells of a group are its first two prompts and the last two, of which the later one is taken. */
    @Test
    void aTieIsHalfAWinAndWhatIsUndefinedIsNone() {
        // Prompts 2 and 3 of each group: 3 and 1, 4 and 4, 0 and 5; the sums of two positions each.
        double[] values = {0, 0, 6, 2, 0, 0, 8, 8, 0, 0, 0, 10};
        double[] counts = {1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2};
        NamedArray told = contrast(values, counts, List.of("a"), "").estimate();
        assertThat(told.axis("part").labels()).containsExactly("effect", "scaled", "win-rate");
        assertThat(told.data()[0]).isEqualTo((2 + 0 - 5) / 3.0, within(1e-12));
        assertThat(told.data()[2]).isEqualTo(1.5 / 3, within(1e-12));
        // Means 7 / 3 and 10 / 3: squares 26 / 3 and 26 / 3 over 4 degrees of freedom.
        assertThat(told.data()[1]).isEqualTo(-1 / Math.sqrt(52 / 3.0 / 4), within(1e-12));
        counts[10] = 0;
        NamedArray fewer = contrast(values, counts, List.of("a"), "").estimate();
        assertThat(fewer.data()[0]).isEqualTo(1, within(1e-12));
        assertThat(fewer.data()[2])
                .as("a group without a value neither wins nor loses")
                .isEqualTo(1.5 / 2);
        // Own cells 3 and 4, other cells 1, 4 and 5: squares 1 / 2 and 26 / 3 over 1 + 2 degrees of freedom.
        assertThat(fewer.data()[1]).isEqualTo(1 / Math.sqrt((.5 + 26 / 3.0) / 3), within(1e-12));
    }

    @Test
    void everyNeuronHasItsOwnNumbers() {
        // Of the first neuron as above, 5 and 3; of the second 4 - 2 - 1 + 5 = 6 and 0 - 0 - 8 + 2 = -6.
        double[] values = {9, 4, 2, 2, 3, 1, 1, 5, 7, 0, 4, 0, 1, 8, 1, 2};
        double[] ones = new double[16];
        Arrays.fill(ones, 1);
        RowTable table = contrast(2, values, ones, FACTORS, "");
        assertThat(Arrays.copyOf(table.numerator(), 2)).containsExactly(5, 6);
        assertThat(Arrays.copyOfRange(table.numerator(), 10, 12)).containsExactly(3, -6);
    }
}
