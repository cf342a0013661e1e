package dev.loupe.analysis.toys;

import ai.djl.ndarray.NDManager;
import dev.loupe.model.card.ToyGrid;
import dev.loupe.model.toy.PairEmbeddingMlpConfig;
import dev.loupe.model.toy.ToyActivation;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Pair MLPs side by side, each as wide as its tables, with a forward pass of their own: the logit of c is the sum over n of
 * max(0, A[x][n] + B[y][n]) U[c][n].
 *
 * @param a A [network][number][neuron]
 * @param b B [network][number][neuron]
 * @param u U [network][result][neuron]
 */
record PairMlps(double[][][] a, double[][][] b, double[][][] u) {
    /** One of three neurons and one of two, modulo 5. */
    static PairMlps random(long seed) {
        Random random = new Random(seed);
        double[][][][] all = new double[3][2][5][];
        for (double[][][] table : all) {
            for (int i = 0; i < 2; i++) {
                for (int x = 0; x < 5; x++) {
                    table[i][x] = random.doubles(3 - i, -1.5, 1.5)
                            .map(value -> (float) value)
                            .toArray();
                }
            }
        }
        return new PairMlps(all[0], all[1], all[2]);
    }

    int modulus() {
        return a[0].length;
    }

    WrittenToy toy(NDManager manager) {
        int p = modulus();
        int widest = a[0][0].length;
        float[][] flat = new float[3][a.length * p * widest];
        for (int i = 0; i < a.length; i++) {
            for (int x = 0; x < p; x++) {
                for (int n = 0; n < a[i][x].length; n++) {
                    flat[0][(i * p + x) * widest + n] = (float) a[i][x][n];
                    flat[1][(i * p + x) * widest + n] = (float) b[i][x][n];
                    flat[2][(i * widest + n) * p + x] = (float) u[i][x][n];
                }
            }
        }
        List<PairEmbeddingMlpConfig> each = List.of(config(a[0][0].length), config(a[1][0].length));
        return new WrittenToy(
                new ToyGrid(each.get(0), List.copyOf(each), List.of(), Map.of("copy", List.of("0", "1"))),
                Map.of("A", flat[0], "B", flat[1], "U", flat[2]),
                manager);
    }

    private PairEmbeddingMlpConfig config(int hidden) {
        return new PairEmbeddingMlpConfig(modulus(), hidden, 0, ToyActivation.RELU, false);
    }

    /** [x][y][c]. */
    double[][][] logits(int network) {
        int p = modulus();
        double[][][] out = new double[p][p][p];
        for (int x = 0; x < p; x++) {
            for (int y = 0; y < p; y++) {
                for (int c = 0; c < p; c++) {
                    for (int n = 0; n < a[network][x].length; n++) {
                        out[x][y][c] += Math.max(0, a[network][x][n] + b[network][y][n]) * u[network][c][n];
                    }
                }
            }
        }
        return out;
    }

    /** Mean over pairs [pair][x, y] of -log softmax of the logits [x][y][c] at x + sign y. */
    static double loss(double[][][] logits, int[][] pairs, int sign) {
        double sum = 0;
        for (int[] pair : pairs) {
            double[] row = logits[pair[0]][pair[1]];
            double total = 0;
            for (double logit : row) {
                total += Math.exp(logit);
            }
            sum += Math.log(total) - row[Math.floorMod(pair[0] + sign * pair[1], row.length)];
        }
        return sum / pairs.length;
    }

    /** What a column [number] has at one frequency: each number's own cosine with all the others, 2/p times. */
    static double[] wave(double[] column, int frequency) {
        int p = column.length;
        double[] out = new double[p];
        for (int x = 0; x < p; x++) {
            for (int y = 0; y < p; y++) {
                out[x] += 2.0 / p * column[y] * Math.cos(2 * Math.PI * frequency * (x - y) / p);
            }
        }
        return out;
    }

    /** The sum of squares of that. */
    static double power(double[] column, int frequency) {
        double sum = 0;
        for (double value : wave(column, frequency)) {
            sum += value * value;
        }
        return sum;
    }

    static double[] column(double[][] table, int n) {
        double[] out = new double[table.length];
        for (int x = 0; x < out.length; x++) {
            out[x] = table[x][n];
        }
        return out;
    }

    /** A table [number][neuron] without one frequency. */
    static double[][] without(double[][] table, int frequency) {
        double[][] out = new double[table.length][table[0].length];
        for (int n = 0; n < table[0].length; n++) {
            double[] wave = wave(column(table, n), frequency);
            for (int x = 0; x < out.length; x++) {
                out[x][n] = table[x][n] - wave[x];
            }
        }
        return out;
    }
}
