package dev.loupe.execute.neurons;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * For many labels at once the neuron whose ranks tell each best. Sums of ranks over the positions with a label are all that an
 * area needs. A tile of neurons stays in the processor's cache while every label adds to its own sums, and where more than half
 * of the positions have a label its negatives are summed instead.
 */
final class BestNeurons {
    /** Neurons of a tile, and labels whose sums are kept at a time: sums of 512 KiB. */
    private static final int TILE = 256;

    private static final int LABELS = 512;

    private final List<MidRanks> layers;
    private final Strata strata;

    /** @param layers ranks over the same positions in each layer */
    BestNeurons(List<MidRanks> layers, Strata strata) {
        this.layers = layers;
        this.strata = strata;
    }

    /**
     * A neuron.
     *
     * @param layer its place among the layers
     * @param area 0 to 1, above one half where it is larger with the label
     */
    record Neuron(int layer, int neuron, double area) {
        double either() {
            return Math.max(area, 1 - area);
        }
    }

    /**
     * The best neuron for each label, the first of equal ones.
     *
     * @param labels [label][place in the strata's order]
     * @param pairs of each label
     */
    Neuron[] of(boolean[][] labels, Strata.Pairs[] pairs) {
        Neuron[] best = new Neuron[labels.length];
        for (int from = 0; from < labels.length; from += LABELS) {
            int to = Math.min(labels.length, from + LABELS);
            Neuron[] some = some(Arrays.copyOfRange(labels, from, to), Arrays.copyOfRange(pairs, from, to));
            System.arraycopy(some, 0, best, from, some.length);
        }
        return best;
    }

    private Neuron[] some(boolean[][] labels, Strata.Pairs[] pairs) {
        Counted counted = new Counted(labels);
        int width = layers.get(0).width();
        int tiles = (width + TILE - 1) / TILE;
        Neuron[][] found = new Neuron[layers.size() * tiles][];
        IntStream.range(0, found.length).parallel().forEach(task -> {
            int layer = task / tiles;
            int from = task % tiles * TILE;
            int size = Math.min(TILE, width - from);
            double[] sums = counted.sums(layers.get(layer), from, size);
            Neuron[] best = new Neuron[labels.length];
            for (int l = 0; l < labels.length; l++) {
                for (int i = 0; i < size; i++) {
                    double area = pairs[l].area(sums[l * size + i]);
                    if (best[l] == null || Math.max(area, 1 - area) > best[l].either()) {
                        best[l] = new Neuron(layer, from + i, area);
                    }
                }
            }
            found[task] = best;
        });
        Neuron[] best = found[0];
        for (Neuron[] tile : found) {
            for (int l = 0; l < best.length; l++) {
                best[l] = tile[l].either() > best[l].either() ? tile[l] : best[l];
            }
        }
        return best;
    }

    /** Which labels count a position: those that have it, or those that lack it where they have more than half. */
    private final class Counted {
        private final int[][] byPosition;
        private final boolean[] lacking;

        Counted(boolean[][] labels) {
            int n = strata.size();
            this.lacking = new boolean[labels.length];
            for (int l = 0; l < labels.length; l++) {
                int ones = 0;
                for (boolean has : labels[l]) {
                    ones += has ? 1 : 0;
                }
                lacking[l] = ones > n / 2;
            }
            this.byPosition = new int[n][];
            int[] own = new int[labels.length];
            for (int i = 0; i < n; i++) {
                int k = 0;
                for (int l = 0; l < labels.length; l++) {
                    if (labels[l][i] != lacking[l]) {
                        own[k++] = l;
                    }
                }
                byPosition[i] = Arrays.copyOf(own, k);
            }
        }

        /** Sums of ranks over the positions with each label [label, neuron of the tile]. */
        double[] sums(MidRanks ranks, int first, int size) {
            int n = byPosition.length;
            double[] sums = new double[lacking.length * size];
            int[] some = new int[sums.length];
            int[] row = new int[size];
            // So many ranks fit into an int, each at most 2 n.
            int together = Math.max(1, Integer.MAX_VALUE / Math.max(1, 2 * n));
            for (int from = 0; from < n; from += together) {
                Arrays.fill(some, 0);
                for (int i = from; i < Math.min(n, from + together); i++) {
                    System.arraycopy(ranks.twice(), i * ranks.width() + first, row, 0, size);
                    for (int label : byPosition[i]) {
                        add(row, some, label * size);
                    }
                }
                for (int k = 0; k < sums.length; k++) {
                    sums[k] += some[k] / 2.0;
                }
            }
            complement(ranks, first, size, sums);
            return sums;
        }

        private void complement(MidRanks ranks, int first, int size, double[] sums) {
            if (IntStream.range(0, lacking.length).noneMatch(l -> lacking[l])) {
                return;
            }
            double[] all = new double[size];
            for (int i = 0; i < byPosition.length; i++) {
                for (int k = 0; k < size; k++) {
                    all[k] += ranks.twice()[i * ranks.width() + first + k] / 2.0;
                }
            }
            for (int l = 0; l < lacking.length; l++) {
                for (int k = 0; lacking[l] && k < size; k++) {
                    sums[l * size + k] = all[k] - sums[l * size + k];
                }
            }
        }
    }

    /** A loop of its own, which the compiler turns into vector instructions. */
    private static void add(int[] row, int[] sums, int at) {
        for (int k = 0; k < row.length; k++) {
            sums[at + k] += row[k];
        }
    }
}
