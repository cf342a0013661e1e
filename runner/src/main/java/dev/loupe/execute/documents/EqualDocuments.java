package dev.loupe.execute.documents;

import dev.loupe.dataset.rows.TokenRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Documents by what they say: two of the same tokens are one, and so are two that share a row. */
public final class EqualDocuments {
    private EqualDocuments() {}

    /** For each row a number that rows of equal documents share [row]. */
    public static int[] of(TokenRows rows) {
        Map<Integer, List<Integer>> byDocument = new LinkedHashMap<>();
        for (int r = 0; r < rows.rows(); r++) {
            byDocument.computeIfAbsent(rows.document(r), k -> new ArrayList<>()).add(r);
        }
        int[] group = new int[rows.rows()];
        Map<List<Integer>, Integer> first = new HashMap<>();
        byDocument.forEach((document, own) -> {
            int same = document;
            for (int r : own) {
                same = Math.min(same, first.getOrDefault(tokens(rows, r), document));
            }
            for (int r : own) {
                first.putIfAbsent(tokens(rows, r), same);
                group[r] = same;
            }
        });
        return group;
    }

    private static List<Integer> tokens(TokenRows rows, int row) {
        return Arrays.stream(rows.tokens()[row]).boxed().toList();
    }
}
