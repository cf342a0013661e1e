package dev.loupe.dataset.given;

import java.util.ArrayList;
import java.util.List;

/**
 * How documents are cut into rows of equal length.
 *
 * @param window tokens per row, the BOS token not counted
 * @param stride tokens from the beginning of one row to that of the next
 * @param tail tokens of a row that is cut from what is left at the end of a document; less is dropped
 */
record Windows(int window, int stride, int tail) {
    /** A row's part of a document: from its first token to the one after its last. */
    record Cut(int from, int to) {}

    List<Cut> cuts(int length) {
        List<Cut> cuts = new ArrayList<>();
        int from = 0;
        int covered = 0;
        for (; from + window <= length; from += stride) {
            cuts.add(new Cut(from, from + window));
            covered = from + window;
        }
        // What is left begins after the last whole row, or where the next one would have begun.
        int rest = Math.max(from, Math.min(covered, length));
        if (length - rest >= tail) {
            cuts.add(new Cut(rest, rest + tail));
        }
        return cuts;
    }

    /** How many tokens of a document are in no row. */
    int dropped(int length) {
        boolean[] kept = new boolean[length];
        for (Cut cut : cuts(length)) {
            java.util.Arrays.fill(kept, cut.from(), cut.to(), true);
        }
        int lost = 0;
        for (boolean each : kept) {
            lost += each ? 0 : 1;
        }
        return lost;
    }
}
