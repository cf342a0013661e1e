package dev.loupe.resolve.rows;

import dev.loupe.dataset.rows.FactorCells;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.ask.RowsRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Crossed prompts whose second factor is exchanged between groups, at random: its words keep their place and their number, and
 * no longer belong to those of the first.
 */
final class ShuffledPairs {
    private ShuffledPairs() {}

    /** @throws IllegalArgumentException where the rows do not cross two factors */
    static RowSet of(RowSet set, long seed) {
        TokenRows rows = set.rows();
        List<boolean[][]> moving = rows.classes().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(FactorCells.tokensOf("")))
                .map(Map.Entry::getValue)
                .toList();
        if (moving.size() != 2) {
            throw new IllegalArgumentException("`shuffled-pairs` exchanges the second of two factors, but dataset `"
                    + set.ref().name() + "` does not cross two");
        }
        boolean[][] mask = moving.get(1);
        int[][] tokens = new int[rows.rows()][];
        for (int r = 0; r < tokens.length; r++) {
            tokens[r] = rows.tokens()[r].clone();
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (List<Integer> alike : alike(rows, mask)) {
            List<Integer> order = new ArrayList<>(alike);
            for (int i = order.size() - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swap = order.get(i);
                order.set(i, order.get(j));
                order.set(j, swap);
            }
            for (int g = 0; g < alike.size(); g++) {
                for (int cell = 0; cell < FactorCells.CELLS; cell++) {
                    int to = alike.get(g) + cell;
                    int from = order.get(g) + cell;
                    for (int pos = 0; pos < tokens[to].length; pos++) {
                        tokens[to][pos] = mask[to][pos] ? rows.tokens()[from][pos] : tokens[to][pos];
                    }
                }
            }
        }
        RowsRef ref = set.ref();
        TokenRows shuffled = rows.withTokens(tokens);
        RowsRef named = new RowsRef(
                ref.name() + " (pairs shuffled, seed " + seed + ")",
                ref.identity() + "/pairs-" + seed,
                ref.alignment() + "/pairs-" + seed,
                set.order().stream().map(which -> RowBucket.of(shuffled, which)).toList(),
                ref.labels());
        return new RowSet(named, shuffled, set.order(), set.text());
    }

    /** The first rows of groups whose second factor stands at the same places, which can be exchanged. */
    private static List<List<Integer>> alike(TokenRows rows, boolean[][] mask) {
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        for (int r = 0; r < rows.rows(); r += FactorCells.CELLS) {
            groups.computeIfAbsent(Arrays.toString(mask[r]), k -> new ArrayList<>())
                    .add(r);
        }
        return List.copyOf(groups.values());
    }
}
