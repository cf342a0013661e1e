package dev.loupe.execute.hypotheses;

import dev.loupe.dataset.rows.TokenRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What rules can speak of at some positions: the tokens up to them, and what else is known there.
 *
 * @param tokens the ids that occur, ascending
 * @param places by slot the place in {@code tokens} of each position's token, -1 before the row begins [slot][position]
 * @param flags what else is known, by name
 * @param known whether it is so [flag][position]
 * @param at the positions of each token, ascending [slot][place][i]
 */
record PositionFacts(int[] tokens, int[][] places, List<String> flags, boolean[][] known, int[][][] at) {
    PositionFacts(int[] tokens, int[][] places, List<String> flags, boolean[][] known) {
        this(tokens, places, flags, known, byToken(places, tokens.length));
    }

    private static int[][][] byToken(int[][] places, int tokens) {
        int[][][] at = new int[places.length][tokens][];
        for (int slot = 0; slot < places.length; slot++) {
            int[] count = new int[tokens];
            for (int place : places[slot]) {
                if (place >= 0) {
                    count[place]++;
                }
            }
            for (int t = 0; t < tokens; t++) {
                at[slot][t] = new int[count[t]];
            }
            int[] filled = new int[tokens];
            for (int i = 0; i < places[slot].length; i++) {
                int place = places[slot][i];
                if (place >= 0) {
                    at[slot][place][filled[place]++] = i;
                }
            }
        }
        return at;
    }

    /** The token itself, the one before it, and the one before that. */
    static final List<String> SLOTS = List.of("the token", "the token before", "the token two before");

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

    /** These positions and then others, of which the same is known. */
    PositionFacts with(PositionFacts more) {
        int[] ids = IntStream.concat(Arrays.stream(tokens), Arrays.stream(more.tokens))
                .distinct()
                .sorted()
                .toArray();
        int[][] both = new int[places.length][];
        for (int slot = 0; slot < both.length; slot++) {
            both[slot] = IntStream.concat(in(ids, tokens, places[slot]), in(ids, more.tokens, more.places[slot]))
                    .toArray();
        }
        boolean[][] all = new boolean[known.length][];
        for (int f = 0; f < all.length; f++) {
            all[f] = Arrays.copyOf(known[f], size() + more.size());
            System.arraycopy(more.known[f], 0, all[f], size(), more.size());
        }
        return new PositionFacts(ids, both, flags, all);
    }

    private static IntStream in(int[] ids, int[] own, int[] places) {
        return Arrays.stream(places).map(place -> place < 0 ? -1 : Arrays.binarySearch(ids, own[place]));
    }

    int size() {
        return places[0].length;
    }
}
