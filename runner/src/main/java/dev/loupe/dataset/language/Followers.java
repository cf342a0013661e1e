package dev.loupe.dataset.language;

import dev.loupe.dataset.rows.RowRandom;
import java.util.Arrays;

/** Tokens each of which is followed by three of them: a table of its own says which. */
final class Followers {
    private static final double[] SHARES = {0.5, 0.3, 0.2};

    private final int first;
    private final Choice start;
    private final Choice[] after;

    /**
     * @param table which table
     * @param first id of the tokens
     * @param size how many there are, at least 3
     */
    Followers(long table, int first, int size) {
        this.first = first;
        this.start = Choice.range(first, size);
        this.after = new Choice[size];
        for (int token = 0; token < size; token++) {
            RowRandom random = Construct.world(100 * table + token);
            int[] next = Arrays.copyOf(random.permutation(size), SHARES.length);
            for (int i = 0; i < next.length; i++) {
                next[i] += first;
            }
            after[token] = new Choice(next, SHARES);
        }
    }

    /** Whether a token is one of them. */
    boolean has(int token) {
        return token >= first && token < first + after.length;
    }

    /** What follows a token; any of them where it is none of them. */
    Choice after(int token) {
        return has(token) ? after[token - first] : start;
    }
}
