package dev.loupe.execute.documents;

import dev.loupe.dataset.rows.TokenRows;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which documents select neurons and which test them.
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
        int[] order = RandomOrder.of(all.length, new SplittableRandom(seed));
        int selecting = (int) Math.round(train * all.length);
        int[] number = new int[all.length];
        Arrays.fill(number, -1);
        IntStream.range(selecting, all.length).forEach(i -> number[order[i]] = 0);
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
}
