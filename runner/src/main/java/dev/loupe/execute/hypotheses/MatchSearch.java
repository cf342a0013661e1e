package dev.loupe.execute.hypotheses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.progress.StopSignal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The best correlations that sums tell, without each group of documents and with all. */
final class MatchSearch {
    /** Beneath this share of the square about the origin a variance is what rounding makes of a neuron that never changes. */
    private static final double CONSTANT = 1e-5;

    private final MatchSums sums;
    private final ModelShape shape;
    private final int asked;
    private final int groups;
    private final List<NDArray> rotations;
    private final boolean eitherSign;
    private final StopSignal stop;

    /** Searches: one without each group, the last one of all; [search, asked] behind one another. */
    private final int searches;

    private final double[] best;
    private final int[] layerOf;
    private final int[] neuronOf;
    private final int[] signOf;
    private final double[][] mixed;

    MatchSearch(
            MatchSums sums,
            ModelShape shape,
            int asked,
            int groups,
            List<NDArray> rotations,
            boolean eitherSign,
            StopSignal stop) {
        this.sums = sums;
        this.shape = shape;
        this.asked = asked;
        this.groups = groups;
        this.rotations = List.copyOf(rotations);
        this.eitherSign = eitherSign;
        this.stop = stop;
        this.searches = groups + 1;
        this.best = new double[searches * asked];
        this.layerOf = new int[best.length];
        this.neuronOf = new int[best.length];
        this.signOf = new int[best.length];
        this.mixed = new double[rotations.size()][best.length];
        Arrays.fill(best, Double.NaN);
        Arrays.stream(mixed).forEach(each -> Arrays.fill(each, Double.NaN));
    }

    /**
     * What a search finds; NaN where nothing changes.
     *
     * @param match the best correlation with a neuron
     * @param chance the best one with a mixture, mean of the rotations
     */
    record Found(double match, double chance, int layer, int neuron, int sign) {}

    /** Without each group of documents, and last of all [search, asked]. */
    Found[][] found() {
        for (int layer = 0; layer < shape.layers(); layer++) {
            stop.check();
            layer(layer);
        }
        Found[][] found = new Found[searches][asked];
        for (int s = 0; s < searches; s++) {
            for (int k = 0; k < asked; k++) {
                int at = s * asked + k;
                double chance = Arrays.stream(mixed)
                        .mapToDouble(each -> each[at])
                        .average()
                        .orElse(Double.NaN);
                found[s][k] = new Found(best[at], chance, layerOf[at], neuronOf[at], signOf[at]);
            }
        }
        return found;
    }

    private void layer(int layer) {
        int width = shape.dMlp();
        // A correlation has what both change together over what each changes.
        float[] together = new float[searches * asked * width];
        float[] mean = new float[searches * width];
        double[] count = new double[searches];
        double[] change = new double[searches * asked];
        double[][] squares = new double[searches][];
        double[][] mixtures = new double[searches][];
        IntStream.range(0, searches).parallel().forEach(s -> {
            double[] own = total(s, g -> sums.group(g).own());
            double[] sum = total(s, g -> sums.group(g).sum()[layer]);
            double[] products = total(s, g -> sums.group(g).products()[layer]);
            squares[s] = total(s, g -> sums.group(g).squares()[layer]);
            mixtures[s] = total(s, g -> sums.group(g).mixed()[layer]);
            double n = IntStream.range(0, groups)
                    .filter(g -> g != s)
                    .map(g -> sums.group(g).count()[0])
                    .sum();
            count[s] = n;
            for (int i = 0; i < width; i++) {
                mean[s * width + i] = (float) (sum[i] / n);
            }
            for (int k = 0; k < asked; k++) {
                int at = s * asked + k;
                double varies = own[asked + k] - own[k] * own[k] / n;
                change[at] = varies > CONSTANT * own[asked + k] ? varies : 0;
                for (int i = 0; i < width; i++) {
                    together[at * width + i] = (float) (products[k * width + i] - own[k] * sum[i] / n);
                }
            }
        });
        correlate(together, mean, squares, 0, count, change, (at, r, neuron) -> {
            double size = eitherSign ? Math.abs(r) : r;
            // NaN where nothing was found yet.
            if (!(size <= best[at])) {
                best[at] = size;
                layerOf[at] = layer;
                neuronOf[at] = neuron;
                signOf[at] = r < 0 ? -1 : 1;
            }
        });
        for (int d = 0; d < rotations.size(); d++) {
            double[] most = mixed[d];
            try (NDManager scope = rotations.get(d).getManager().newSubManager()) {
                correlate(
                        turned(together, d, scope),
                        turned(mean, d, scope),
                        mixtures,
                        d * width,
                        count,
                        change,
                        (at, r, mixture) -> {
                            double size = eitherSign ? Math.abs(r) : r;
                            if (!(size <= most[at])) {
                                most[at] = size;
                            }
                        });
            }
        }
    }

    private interface Sums {
        double[] of(int group);
    }

    private interface Correlation {
        void of(int at, double r, int index);
    }

    /** The sum over all groups but one; over all where there is none of that number. */
    private double[] total(int without, Sums each) {
        double[] total = new double[each.of(0).length];
        for (int g = 0; g < groups; g++) {
            double[] some = each.of(g);
            for (int i = 0; g != without && i < total.length; i++) {
                total[i] += some[i];
            }
        }
        return total;
    }

    /** Numbers of neurons as numbers of mixtures [..., neuron]. */
    private float[] turned(float[] numbers, int rotation, NDManager scope) {
        int width = shape.dMlp();
        NDArray rows = scope.create(numbers, new Shape(numbers.length / width, width))
                .toDevice(rotations.get(rotation).getDevice(), false);
        NDArray turned = rows.matMul(rotations.get(rotation).transpose());
        turned.attach(scope);
        return turned.toFloatArray();
    }

    /** @param from where the squares of what is asked begin */
    private void correlate(
            float[] together,
            float[] mean,
            double[][] squares,
            int from,
            double[] count,
            double[] change,
            Correlation told) {
        int width = shape.dMlp();
        IntStream.range(0, searches).parallel().forEach(s -> {
            double[] spread = new double[width];
            for (int i = 0; i < width; i++) {
                double square = squares[s][from + i];
                double centre = mean[s * width + i];
                double variance = square - count[s] * centre * centre;
                spread[i] = count[s] < 3 || variance <= CONSTANT * square ? Double.NaN : Math.sqrt(variance);
            }
            for (int at = s * asked; at < (s + 1) * asked; at++) {
                for (int i = 0; change[at] > 0 && i < width; i++) {
                    double r = together[at * width + i] / (Math.sqrt(change[at]) * spread[i]);
                    if (!Double.isNaN(r)) {
                        told.of(at, r, i);
                    }
                }
            }
        });
    }
}
