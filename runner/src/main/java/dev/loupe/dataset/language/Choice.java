package dev.loupe.dataset.language;

import dev.loupe.dataset.rows.RowRandom;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A distribution over a few tokens.
 *
 * @param tokens different token ids
 * @param probabilities of each, which add up to 1
 */
record Choice(int[] tokens, double[] probabilities) {
    static Choice only(int token) {
        return new Choice(new int[] {token}, new double[] {1});
    }

    static Choice uniform(int... tokens) {
        double[] equal = new double[tokens.length];
        Arrays.fill(equal, 1.0 / tokens.length);
        return new Choice(tokens, equal);
    }

    /** {@code count} tokens from {@code first} on, all equally likely. */
    static Choice range(int first, int count) {
        return uniform(IntStream.range(first, first + count).toArray());
    }

    int draw(RowRandom random) {
        double left = random.nextDouble();
        for (int i = 0; i < tokens.length - 1; i++) {
            left -= probabilities[i];
            if (left < 0) {
                return tokens[i];
            }
        }
        return tokens[tokens.length - 1];
    }
}
