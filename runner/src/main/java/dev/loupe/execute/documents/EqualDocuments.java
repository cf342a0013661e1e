package dev.loupe.execute.documents;

import dev.loupe.dataset.rows.TokenRows;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Documents by what they say: two of the same tokens are one, and so are all that share rows, directly or through others. */
public final class EqualDocuments {
    private EqualDocuments() {}

    /** For each row a number that rows of equal documents share: the first document among them [row]. */
    public static int[] of(TokenRows rows) {
        Map<Integer, Integer> before = new HashMap<>();
        Map<List<Integer>, Integer> first = new HashMap<>();
        for (int r = 0; r < rows.rows(); r++) {
            int own = first(before, rows.document(r));
            int other = first(before, first.computeIfAbsent(tokens(rows, r), k -> own));
            before.put(Math.max(own, other), Math.min(own, other));
        }
        return IntStream.range(0, rows.rows())
                .map(r -> first(before, rows.document(r)))
                .toArray();
    }

    /** The first of the documents that are known to be equal to this one. */
    private static int first(Map<Integer, Integer> before, int document) {
        int at = document;
        while (before.getOrDefault(at, at) != at) {
            at = before.getOrDefault(at, at);
        }
        return at;
    }

    private static List<Integer> tokens(TokenRows rows, int row) {
        return Arrays.stream(rows.tokens()[row]).boxed().toList();
    }
}
