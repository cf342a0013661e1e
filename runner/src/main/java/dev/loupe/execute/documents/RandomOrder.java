package dev.loupe.execute.documents;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A random order of a few things (Fisher and Yates 1938). */
public final class RandomOrder {
    private RandomOrder() {}

    /** 0 to {@code n} - 1, every order equally likely. */
    public static int[] of(int n, SplittableRandom random) {
        int[] order = IntStream.range(0, n).toArray();
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return order;
    }
}
