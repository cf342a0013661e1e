package dev.loupe.dataset.language;

import dev.loupe.dataset.rows.Label;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 50 trigrams: each of 10 first tokens is followed by one of 5 of the 10 second ones, and the pair decides which of 10 tokens
 * comes third. The second token alone leaves five possibilities.
 */
final class Trigrams implements Construct {
    private static final int N = 10;
    private static final int PARTNERS = 5;
    private static final double WEIGHT = 0.05;

    private final int first;
    private final Choice beginnings;
    private final Choice[] seconds = new Choice[N];
    /** [first token][second token], -1 where they are no pair. */
    private final int[][] thirds = new int[N][N];

    private final List<String> pairs = new ArrayList<>();
    private final int[][] pairOf = new int[N][N];

    Trigrams(int first) {
        this.first = first;
        this.beginnings = Choice.range(first, N);
        int[] order = Construct.world(1).permutation(N);
        for (int a = 0; a < N; a++) {
            int[] partners = new int[PARTNERS];
            for (int b = 0; b < N; b++) {
                thirds[a][b] = -1;
                pairOf[a][b] = Label.NONE;
            }
            for (int k = 0; k < PARTNERS; k++) {
                // A Latin square: five different thirds for one first token, and five for one second token.
                int b = (order[a] + 2 * k) % N;
                partners[k] = first + N + b;
                thirds[a][b] = (order[a] * 3 + b) % N;
                pairOf[a][b] = pairs.size();
                pairs.add("a" + a + "-b" + b);
            }
            seconds[a] = Choice.uniform(partners);
        }
    }

    /** First, second and third token of each, in the order of the label's values. */
    List<int[]> tokens() {
        List<int[]> all = new ArrayList<>(Collections.nCopies(pairs.size(), new int[0]));
        for (int a = 0; a < N; a++) {
            for (int b = 0; b < N; b++) {
                if (pairOf[a][b] >= 0) {
                    all.set(pairOf[a][b], new int[] {first + a, first + N + b, first + 2 * N + thirds[a][b]});
                }
            }
        }
        return all;
    }

    @Override
    public int size() {
        return 3 * N;
    }

    @Override
    public List<String> decisions() {
        return List.of("trigram");
    }

    @Override
    public List<Kind> labels() {
        return List.of(new Kind("trigram-pair", Label.Kind.CATEGORY, pairs));
    }

    @Override
    public Reading begin() {
        return new Reading() {
            private int before = -1;
            private int last = -1;

            @Override
            public void read(int token, int pos) {
                before = last;
                last = token - first;
            }

            private boolean isPair() {
                return before >= 0 && before < N && last >= N && last < 2 * N && pairOf[before][last - N] >= 0;
            }

            @Override
            public @Nullable Decision decides(int register) {
                if (last >= 0 && last < N) {
                    return new Decision(seconds[last], null);
                }
                return isPair() ? new Decision(Choice.only(first + 2 * N + thirds[before][last - N]), "trigram") : null;
            }

            @Override
            public void begins(Mixture open) {
                open.add(WEIGHT, beginnings);
            }

            @Override
            public int[] labels() {
                return new int[] {isPair() ? pairOf[before][last - N] : Label.NONE};
            }
        };
    }
}
