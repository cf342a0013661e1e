package dev.loupe.execute.hypotheses;

import dev.loupe.dataset.rows.TokenRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What rules can speak of at some positions: the tokens up to them, and what else is known there.
 *
 * @param tokens the ids that occur, ascending
 * @param places by slot the place in {@code tokens} of each position's token, -1 before the row begins [slot][position]
 * @param flags what else is known, by name
 * @param known whether it is so [flag][position]
 */
record PositionFacts(int[] tokens, int[][] places, List<String> flags, boolean[][] known) {
    /** The token itself, the one before it, and the one before that. */
    static final List<String> SLOTS = List.of("the token", "the token before", "two before");

    /** That the token came earlier in its row, which no set of tokens can say. */
    static final String REPEATED = "the token came before in the row";

    /** @param labels position classes or values of labels that rules may speak of */
    static PositionFacts of(TokenRows rows, int[] row, int[] pos, List<String> labels) {
        int[] ids = Arrays.stream(row)
                .distinct()
                .flatMap(r -> Arrays.stream(rows.tokens()[r]))
                .distinct()
                .sorted()
                .toArray();
        int[][] places = new int[SLOTS.size()][row.length];
        List<String> flags = new ArrayList<>();
        flags.add(REPEATED);
        flags.addAll(labels);
        boolean[][] known = new boolean[flags.size()][row.length];
        List<TokenRows.Place> marks = labels.stream().map(rows::place).toList();
        Set<Integer> seen = new HashSet<>();
        int last = -1;
        int read = 0;
        for (int i = 0; i < row.length; i++) {
            int[] own = rows.tokens()[row[i]];
            for (int slot = 0; slot < places.length; slot++) {
                places[slot][i] = pos[i] < slot ? -1 : Arrays.binarySearch(ids, own[pos[i] - slot]);
            }
            if (row[i] != last || pos[i] < read) {
                seen.clear();
                read = 0;
                last = row[i];
            }
            for (; read < pos[i]; read++) {
                seen.add(own[read]);
            }
            known[0][i] = seen.contains(own[pos[i]]);
            for (int f = 0; f < marks.size(); f++) {
                known[f + 1][i] = marks.get(f).has(row[i], pos[i]);
            }
        }
        return new PositionFacts(ids, places, flags, known);
    }

    int size() {
        return places[0].length;
    }
}
