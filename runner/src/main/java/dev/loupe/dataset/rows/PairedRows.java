package dev.loupe.dataset.rows;

import java.util.Arrays;

/**
 * Clean rows and their corrupted counterparts, row by row of the same length. Both carry the clean rows' named positions
 * and columns, since patching goes from a position to the same position and asks for the same answer.
 */
public record PairedRows(TokenRows clean, TokenRows corrupted) {

    /** @throws DatasetException where the rows do not pair up, naming the first that does not */
    public PairedRows {
        if (clean.rows() != corrupted.rows()) {
            throw new DatasetException(
                    "corrupted", clean.rows() + " clean rows, but " + corrupted.rows() + " corrupted ones");
        }
        for (int row = 0; row < clean.rows(); row++) {
            int length = clean.tokens()[row].length;
            int other = corrupted.tokens()[row].length;
            if (length != other) {
                throw new DatasetException(
                        "corrupted[" + row + "]",
                        "row " + row + " has " + length + " tokens, but its corrupted counterpart " + other
                                + ": a pair must have equal length");
            }
        }
    }

    /** The first position at which the two runs of a row differ, or the row's length where they are equal. */
    public int firstDifference(int row) {
        int at = Arrays.mismatch(clean.tokens()[row], corrupted.tokens()[row]);
        return at < 0 ? clean.tokens()[row].length : at;
    }
}
