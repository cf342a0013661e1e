package dev.loupe.dataset.language;

import dev.loupe.dataset.rows.RowRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** 12 tokens that every register shares, each followed by one of 12 tokens: which one depends on the register. */
final class Homographs implements Construct {
    private static final int N = 12;
    private static final double WEIGHT = 0.05;

    private final int first;
    private final Choice beginnings;
    /** [register][homograph]: what follows; no homograph has the same follower in two registers. */
    private final int[][] followers;

    Homographs(int first, int registers) {
        this.first = first;
        this.beginnings = Choice.range(first, N);
        this.followers = new int[registers][N];
        RowRandom random = Construct.world(2);
        int[] order = random.permutation(N);
        for (int register = 0; register < registers; register++) {
            for (int h = 0; h < N; h++) {
                followers[register][h] = order[(h + 5 * register) % N];
            }
        }
    }

    @Override
    public int size() {
        return 2 * N;
    }

    @Override
    public List<String> decisions() {
        return List.of("homograph");
    }

    @Override
    public List<Kind> labels() {
        return List.of();
    }

    @Override
    public Reading begin() {
        return new Reading() {
            private int last = -1;

            @Override
            public void read(int token, int pos) {
                last = token - first;
            }

            @Override
            public @Nullable Decision decides(int register) {
                return last >= 0 && last < N
                        ? new Decision(Choice.only(first + N + followers[register][last]), "homograph")
                        : null;
            }

            @Override
            public void begins(Mixture open) {
                open.add(WEIGHT, beginnings);
            }

            @Override
            public int[] labels() {
                return new int[0];
            }
        };
    }
}
