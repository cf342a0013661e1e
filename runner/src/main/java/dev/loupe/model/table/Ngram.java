package dev.loupe.model.table;

import dev.loupe.dataset.rows.NextTokens;
import dev.loupe.dataset.rows.TokenRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An n-gram model: the probability of a target by how often it followed the last {@code order - 1} tokens. With c counts, V ids
 * and h the last tokens, p(w | h) = (c(h w) + add V q(w)) / (c(h) + add V), where q is the same for one token less, down to
 * 1 / V for none; without back-off q is 1 / V. That is Dirichlet smoothing (MacKay and Peto 1995). At the beginning of a row
 * there are fewer tokens to go by.
 */
public final class Ngram implements NextTokens {
    private final int vocabulary;
    private final int order;
    private final double add;
    private final boolean backoff;
    /** By length of the context: what followed it and how often. */
    private final List<Map<List<Integer>, Map<Integer, Integer>>> counts = new ArrayList<>();

    /**
     * Counts the targets of rows.
     *
     * @param order from 1, which goes by no token
     * @param add pseudo-counts of every id; above 0
     */
    public Ngram(TokenRows rows, int vocabulary, int order, double add, boolean backoff) {
        this.vocabulary = vocabulary;
        this.order = order;
        this.add = add;
        this.backoff = backoff;
        for (int length = 0; length < order; length++) {
            counts.add(new HashMap<>());
        }
        for (int row = 0; row < rows.rows(); row++) {
            int[] tokens = rows.tokens()[row];
            for (int pos = 0; pos < tokens.length; pos++) {
                int target = rows.target(row, pos);
                for (int length = 0; target >= 0 && length < order && length <= pos + 1; length++) {
                    counts.get(length)
                            .computeIfAbsent(context(tokens, pos, length), any -> new HashMap<>())
                            .merge(target, 1, Integer::sum);
                }
            }
        }
    }

    private static List<Integer> context(int[] tokens, int pos, int length) {
        return Arrays.stream(tokens, pos + 1 - length, pos + 1).boxed().toList();
    }

    @Override
    public int vocabulary() {
        return vocabulary;
    }

    @Override
    public double[][] next(int[] tokens) {
        double[][] out = new double[tokens.length][];
        for (int pos = 0; pos < tokens.length; pos++) {
            double[] p = new double[vocabulary];
            Arrays.fill(p, 1.0 / vocabulary);
            int longest = Math.min(order - 1, pos + 1);
            for (int length = backoff ? 0 : longest; length <= longest; length++) {
                Map<Integer, Integer> followed =
                        counts.get(length).getOrDefault(context(tokens, pos, length), Map.of());
                double prior = add * vocabulary;
                double total = followed.values().stream().mapToInt(n -> n).sum() + prior;
                for (int id = 0; id < vocabulary; id++) {
                    p[id] *= prior / total;
                }
                followed.forEach((id, n) -> p[id] += n / total);
            }
            out[pos] = p;
        }
        return out;
    }
}
