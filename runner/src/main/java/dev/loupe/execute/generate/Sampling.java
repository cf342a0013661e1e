package dev.loupe.execute.generate;

import dev.loupe.dataset.rows.RowRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How the next token is chosen from logits. Top-k (Fan et al. 2018) comes first, then top-p (Holtzman et al. 2020): the
 * fewest tokens whose probability together reaches p.
 *
 * @param temperature divides the logits; 0 takes the largest
 * @param topK how many of the largest stay; 0 keeps all
 * @param topP how much probability stays; 1 keeps all
 * @param seed of the draws
 */
public record Sampling(double temperature, int topK, double topP, long seed) {
    public static final Sampling GREEDY = new Sampling(0, 0, 1, 0);

    public Sampling {
        if (!(temperature >= 0) || !Double.isFinite(temperature)) {
            throw new IllegalArgumentException("a temperature must be 0 (greedy) or greater, not " + temperature);
        }
        if (topK < 0) {
            throw new IllegalArgumentException("top-k must be at least 1, not " + topK);
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("top-p must be greater than 0 and at most 1, not " + topP);
        }
    }

    /**
     * The id to go on with.
     *
     * @param step how many were chosen before: each draw depends on the seed and this alone
     */
    int choose(float[] logits, int step) {
        if (temperature == 0) {
            return largest(logits);
        }
        int[] order = IntStream.range(0, logits.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer id) -> -logits[id]))
                .mapToInt(Integer::intValue)
                .limit(topK == 0 ? logits.length : topK)
                .toArray();
        double[] weight = new double[order.length];
        for (int i = 0; i < order.length; i++) {
            weight[i] = Math.exp((logits[order[i]] - logits[order[0]]) / temperature);
        }
        double total = Arrays.stream(weight).sum();
        int kept = 0;
        double mass = 0;
        while (kept < weight.length && (kept == 0 || mass < topP * total)) {
            mass += weight[kept++];
        }
        double draw = (new RowRandom(seed, step).nextLong() >>> 11) * 0x1.0p-53 * mass;
        int at = 0;
        for (double below = weight[0]; at < kept - 1 && draw >= below; below += weight[at]) {
            at++;
        }
        return order[at];
    }

    private static int largest(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            if (logits[i] > logits[best]) {
                best = i;
            }
        }
        return best;
    }
}
