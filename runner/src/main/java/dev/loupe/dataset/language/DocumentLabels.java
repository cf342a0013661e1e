package dev.loupe.dataset.language;

import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.Label;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The labels and columns of one document, of every way of writing that its dataset has: those of another one than its own say that nothing
 * of the kind is there.
 */
final class DocumentLabels {
    private final List<Writing> writings;
    private final List<String> decisions = new ArrayList<>();
    private final int[] asked;
    /** [writing][label][pos] */
    private final List<int[][]> values = new ArrayList<>();

    DocumentLabels(List<Writing> writings, int length) {
        this.writings = writings;
        this.asked = new int[length];
        Arrays.fill(asked, Label.NONE);
        for (Writing writing : writings) {
            decisions.addAll(writing.decisions());
            int[][] own = new int[writing.labels().size()][length];
            for (int k = 0; k < own.length; k++) {
                boolean category = writing.labels().get(k).kind() == Label.Kind.CATEGORY;
                Arrays.fill(own[k], category ? Label.NONE : 0);
            }
            values.add(own);
        }
    }

    /** What is so at a position, where a token comes next. */
    void put(Writing writing, int pos, Writing.Place place, int next) {
        String decision = place.asked();
        asked[pos] = decision == null ? Label.NONE : decisions.indexOf(decision);
        int[] at = place.labels(next);
        int[][] own = values.get(writings.indexOf(writing));
        for (int k = 0; k < at.length; k++) {
            own[k][pos] = at[k];
        }
    }

    DrawnRow on(DrawnRow row) {
        row.label("construct", Label.category(decisions, new int[][] {asked}));
        for (int w = 0; w < writings.size(); w++) {
            writings.get(w).columns().forEach(row::column);
            List<Construct.Kind> kinds = writings.get(w).labels();
            for (int k = 0; k < kinds.size(); k++) {
                row.label(kinds.get(k).name(), kinds.get(k).label(values.get(w)[k]));
            }
        }
        return row;
    }
}
