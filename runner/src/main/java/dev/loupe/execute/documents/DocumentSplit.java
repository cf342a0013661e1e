package dev.loupe.execute.documents;

import dev.loupe.dataset.rows.TokenRows;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which documents select neurons and which test them. Equal documents are never on both sides.
 *
 * @param document the place of its document among all [sampled position]
 * @param training whether each sampled position is of a document that selects [sampled position]
 * @param tested the number of its document among those that test, -1 where it selects [sampled position]
 * @param tests how many documents test
 */
public record DocumentSplit(int[] document, boolean[] training, int[] tested, int tests) {
    /**
     * @param row the row of each sampled position
     * @param train share of documents that select
     */
    public static DocumentSplit of(TokenRows rows, int[] row, double train, long seed) {
        int[] all = Arrays.stream(row).map(rows::document).distinct().sorted().toArray();
        int[] document = Arrays.stream(row)
                .map(r -> Arrays.binarySearch(all, rows.document(r)))
                .toArray();
        int[] number = new int[all.length];
        boolean[] selects = selecting(equal(rows, all), train, seed);
        IntStream.range(0, all.length).forEach(d -> number[d] = selects[d] ? -1 : 0);
        int tests = 0;
        for (int d = 0; d < number.length; d++) {
            number[d] = number[d] < 0 ? -1 : tests++;
        }
        int[] tested = Arrays.stream(document).map(d -> number[d]).toArray();
        boolean[] training = new boolean[tested.length];
        for (int i = 0; i < training.length; i++) {
            training[i] = tested[i] < 0;
        }
        return new DocumentSplit(document, training, tested, tests);
    }

    /**
     * Which documents select: about this share of them, equal ones always together.
     *
     * @param group the number of the documents that each is equal to, from 0 in the order of the documents [document]
     */
    private static boolean[] selecting(int[] group, double train, long seed) {
        int[] size = new int[Arrays.stream(group).max().orElse(-1) + 1];
        Arrays.stream(group).forEach(g -> size[g]++);
        long wanted = Math.round(train * group.length);
        long selected = 0;
        boolean[] selects = new boolean[size.length];
        for (int g : RandomOrder.of(size.length, new SplittableRandom(seed))) {
            selects[g] = 2 * selected + size[g] <= 2 * wanted;
            selected += selects[g] ? size[g] : 0;
        }
        boolean[] out = new boolean[group.length];
        IntStream.range(0, out.length).forEach(d -> out[d] = selects[group[d]]);
        return out;
    }

    /** Numbers that equal documents share, from 0 in their order [document]. */
    private static int[] equal(TokenRows rows, int[] documents) {
        int[] ofRow = EqualDocuments.of(rows);
        Map<Integer, Integer> first = new HashMap<>();
        IntStream.range(0, ofRow.length).forEach(r -> first.put(rows.document(r), ofRow[r]));
        Map<Integer, Integer> number = new HashMap<>();
        return Arrays.stream(documents)
                .map(d -> number.computeIfAbsent(first.getOrDefault(d, d), k -> number.size()))
                .toArray();
    }
}
