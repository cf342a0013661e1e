package dev.loupe.analysis.toys;

import ai.djl.ndarray.NDManager;
import dev.loupe.dataset.features.Examples;
import dev.loupe.dataset.features.SparseFeatures;
import dev.loupe.model.card.ToyGrid;
import dev.loupe.model.toy.ToyActivation;
import dev.loupe.model.toy.ToyAutoencoderConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;

/**
 * Linear autoencoders of three features side by side, of three hidden neurons and of two, for two sparsities, two copies of each,
 * with a forward pass of their own: x' = W' keep W x + b.
 *
 * @param w W [network][hidden][feature]
 * @param b [network][feature]
 */
record Autoencoders(double[][][] w, double[][] b, double dropout) {
    static final List<String> SPARSITIES = List.of("0.5", "0.2");

    static Autoencoders random(long seed, double dropout) {
        Random random = new Random(seed);
        double[][][] w = new double[8][][];
        double[][] b = new double[8][];
        for (int i = 0; i < 8; i++) {
            w[i] = new double[i < 4 ? 3 : 2][];
            for (int k = 0; k < w[i].length; k++) {
                w[i][k] = random.doubles(3, -1, 1).map(value -> (float) value).toArray();
            }
            b[i] = random.doubles(3, -.3, .3).map(value -> (float) value).toArray();
        }
        return new Autoencoders(w, b, dropout);
    }

    static SparseFeatures data() {
        return new SparseFeatures(3, List.of(.5, .2), SparseFeatures.Distribution.UNIFORM, .5, 64, null);
    }

    WrittenToy toy(NDManager manager) {
        List<ToyAutoencoderConfig> each = new ArrayList<>();
        float[] flatW = new float[8 * 9];
        float[] flatB = new float[8 * 3];
        for (int i = 0; i < 8; i++) {
            each.add(new ToyAutoencoderConfig(3, w[i].length, ToyActivation.NONE, dropout));
            for (int f = 0; f < 3; f++) {
                for (int k = 0; k < w[i].length; k++) {
                    flatW[(i * 3 + k) * 3 + f] = (float) w[i][k][f];
                }
                flatB[i * 3 + f] = (float) b[i][f];
            }
        }
        Map<String, List<String>> axes = new LinkedHashMap<>();
        axes.put("hidden", List.of("3", "2"));
        axes.put("sparsity", SPARSITIES);
        axes.put("copy", List.of("0", "1"));
        return new WrittenToy(
                new ToyGrid(each.get(0), List.copyOf(each), List.of(), axes), Map.of("W", flatW, "b", flatB), manager);
    }

    /** What a network with this W answers to rows, [row][feature]. */
    double[][] answers(int network, double[][] turned, Examples rows, double dropped, DoubleSupplier uniform) {
        double[][] out = new double[rows.rows()][3];
        for (int row = 0; row < out.length; row++) {
            out[row] = b[network].clone();
            for (double[] neuron : turned) {
                double hidden = 0;
                for (int f = 0; f < 3; f++) {
                    hidden += neuron[f] * rows.x()[row * 3 + f];
                }
                hidden *= dropped == 0 ? 1 : uniform.getAsDouble() < dropped ? 0 : 1 / (1 - dropped);
                for (int f = 0; f < 3; f++) {
                    out[row][f] += hidden * neuron[f];
                }
            }
        }
        return out;
    }

    /** Mean over rows and features of importance .5^feature times squared error. */
    static double loss(double[][] answers, Examples rows) {
        double sum = 0;
        for (int row = 0; row < answers.length; row++) {
            for (int f = 0; f < 3; f++) {
                double off = answers[row][f] - rows.x()[row * 3 + f];
                sum += Math.pow(.5, f) * off * off;
            }
        }
        return sum / answers.length / 3;
    }
}
