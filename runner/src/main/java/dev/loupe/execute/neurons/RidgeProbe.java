package dev.loupe.execute.neurons;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Ridge regression of any number of targets on the same activations: products of activations are summed once for each fold, and
 * factored once for each penalty.
 */
final class RidgeProbe {
    /** Penalties, as shares of the mean variance of a component. */
    static final double[] PENALTIES = {1e-4, 1e-3, 1e-2, 1e-1, 1};

    private final float[] values;
    private final int width;
    private final int[][] folds;
    private final double[][] sums;
    private final double[][] products;
    private final Map<Integer, LinearSolverDense<DMatrixRMaj>> solvers = new HashMap<>();

    /**
     * @param values activations [position, component], row-major
     * @param folds positions by fold
     */
    RidgeProbe(float[] values, int width, int[][] folds) {
        this.values = values;
        this.width = width;
        this.folds = folds;
        this.sums = new double[folds.length][width];
        this.products = new double[folds.length][width * width];
        for (int f = 0; f < folds.length; f++) {
            int fold = f;
            for (int i : folds[f]) {
                for (int a = 0; a < width; a++) {
                    sums[f][a] += values[i * width + a];
                }
            }
            IntStream.range(0, width).parallel().forEach(a -> {
                double[] own = products[fold];
                for (int i : folds[fold]) {
                    double x = values[i * width + a];
                    int from = i * width;
                    for (int b = a; b < width; b++) {
                        own[a * width + b] += x * values[from + b];
                    }
                }
            });
        }
    }

    /** A fitted probe. */
    record Fit(double[] weights, double offset) {}

    /**
     * The probe of a target.
     *
     * @param target of every position
     * @param penalty which of {@link #PENALTIES}
     * @param without the fold that is left out, -1 for none
     */
    Fit fit(double[] target, int penalty, int without) {
        int n = count(without);
        double[] mean = mean(without, n);
        double all = 0;
        DMatrixRMaj right = new DMatrixRMaj(width, 1);
        for (int f = 0; f < folds.length; f++) {
            if (f != without) {
                for (int i : folds[f]) {
                    all += target[i];
                    if (target[i] != 0) {
                        for (int a = 0; a < width; a++) {
                            right.data[a] += target[i] * values[i * width + a];
                        }
                    }
                }
            }
        }
        for (int a = 0; a < width; a++) {
            right.data[a] -= all * mean[a];
        }
        DMatrixRMaj weights = new DMatrixRMaj(width, 1);
        solver(penalty, without).solve(right, weights);
        double offset = all / n;
        for (int a = 0; a < width; a++) {
            offset -= weights.data[a] * mean[a];
        }
        return new Fit(weights.data, offset);
    }

    /** What a probe says at some positions. */
    double[] read(Fit fit, int[] which) {
        double[] out = new double[which.length];
        for (int i = 0; i < which.length; i++) {
            double sum = fit.offset();
            for (int a = 0; a < width; a++) {
                sum += fit.weights()[a] * values[which[i] * width + a];
            }
            out[i] = sum;
        }
        return out;
    }

    private int count(int without) {
        return IntStream.range(0, folds.length)
                .filter(f -> f != without)
                .map(f -> folds[f].length)
                .sum();
    }

    private double[] mean(int without, int n) {
        double[] mean = new double[width];
        for (int f = 0; f < folds.length; f++) {
            for (int a = 0; f != without && a < width; a++) {
                mean[a] += sums[f][a] / n;
            }
        }
        return mean;
    }

    private synchronized LinearSolverDense<DMatrixRMaj> solver(int penalty, int without) {
        return solvers.computeIfAbsent(penalty * (folds.length + 1) + without + 1, k -> factored(penalty, without));
    }

    private LinearSolverDense<DMatrixRMaj> factored(int penalty, int without) {
        int n = count(without);
        double[] mean = mean(without, n);
        DMatrixRMaj gram = new DMatrixRMaj(width, width);
        double trace = 0;
        for (int a = 0; a < width; a++) {
            for (int b = a; b < width; b++) {
                double sum = -n * mean[a] * mean[b];
                for (int f = 0; f < folds.length; f++) {
                    sum += f == without ? 0 : products[f][a * width + b];
                }
                gram.set(a, b, sum);
                gram.set(b, a, sum);
            }
            trace += Math.max(0, gram.get(a, a));
        }
        double ridge = Math.max(PENALTIES[penalty] * trace / width, 1e-12);
        for (int a = 0; a < width; a++) {
            gram.add(a, a, ridge);
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(width);
        if (!solver.setA(gram)) {
            throw new IllegalStateException("a ridge regression could not be factored");
        }
        return solver;
    }
}
