package dev.loupe.metric.inside;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.reading.RowValues;

/**
 * From the positions of a row to one number.
 *
 * @param at the class of positions that count
 * @param take how they become one number
 */
record TakenPositions(String at, Activation.Take take) {
    /**
     * Puts the number of a row into one of its cells; without a position that counts it stays undefined.
     *
     * @param values of all rows and positions
     * @param from where the row's first value is
     * @param step from one position to the next
     * @param length how many positions a row has
     */
    void note(RowValues out, int cell, TokenRows rows, int row, float[] values, int from, int step, int length) {
        for (int pos = 0; pos < length; pos++) {
            if (!rows.belongs(at, row, pos)) {
                continue;
            }
            double value = values[from + pos * step];
            boolean first = out.denominator()[cell] == 0;
            switch (take) {
                case MEAN -> {
                    out.numerator()[cell] += value;
                    out.denominator()[cell]++;
                }
                case MAX -> {
                    out.numerator()[cell] = first ? value : Math.max(out.numerator()[cell], value);
                    out.denominator()[cell] = 1;
                }
                case LAST -> {
                    out.numerator()[cell] = value;
                    out.denominator()[cell] = 1;
                }
            }
        }
    }
}
