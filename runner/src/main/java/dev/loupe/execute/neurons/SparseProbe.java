package dev.loupe.execute.neurons;

import dev.loupe.metric.reading.StepValue;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;

/**
 * Least squares on the few neurons that tell a label best one by one: what several of them tell together (the sparse probing of
 * Gurnee et al. 2023, with neurons ranked by their areas).
 */
final class SparseProbe {
    private final StepValue.Activations sample;
    private final Strata train;
    private final Strata test;
    private final List<BestNeurons.Neuron> ranking;

    /** @param areas of every neuron where it was selected [layer][neuron] */
    SparseProbe(StepValue.Activations sample, Strata train, Strata test, double[][] areas) {
        this.sample = sample;
        this.train = train;
        this.test = test;
        this.ranking = IntStream.range(0, areas.length)
                .boxed()
                .flatMap(l ->
                        IntStream.range(0, areas[l].length).mapToObj(i -> new BestNeurons.Neuron(l, i, areas[l][i])))
                .sorted(Comparator.comparingDouble(BestNeurons.Neuron::either).reversed())
                .limit(64)
                .toList();
    }

    /** The area of the sum of {@code count} neurons with the weights that fit best, on the positions that test. */
    double area(boolean[] has, int count) {
        List<BestNeurons.Neuron> chosen = ranking.subList(0, Math.min(count, ranking.size()));
        double[][] seen = inputs(train, chosen);
        double[] mean = new double[chosen.size()];
        double[] sd = new double[chosen.size()];
        for (int k = 0; k < mean.length; k++) {
            int column = k;
            mean[k] = IntStream.range(0, seen.length)
                    .mapToDouble(i -> seen[i][column])
                    .average()
                    .orElse(0);
            double variance = IntStream.range(0, seen.length)
                    .mapToDouble(i -> Math.pow(seen[i][column] - mean[column], 2))
                    .average()
                    .orElse(0);
            sd[k] = variance == 0 ? 1 : Math.sqrt(variance);
        }
        SimpleMatrix weights = weights(scaled(seen, mean, sd), train.in(has));
        SimpleMatrix told = scaled(inputs(test, chosen), mean, sd).mult(weights);
        float[] score = new float[test.size()];
        for (int i = 0; i < score.length; i++) {
            score[i] = (float) told.get(i, 0);
        }
        return MidRanks.area(score, test.in(has), test);
    }

    /** With a little ridge, since neurons may be copies of each other. */
    private static SimpleMatrix weights(SimpleMatrix x, boolean[] has) {
        SimpleMatrix y = new SimpleMatrix(has.length, 1);
        double share = IntStream.range(0, has.length).filter(i -> has[i]).count() / (double) has.length;
        for (int i = 0; i < has.length; i++) {
            y.set(i, 0, (has[i] ? 1 : 0) - share);
        }
        SimpleMatrix gram = x.transpose().mult(x);
        return gram.plus(SimpleMatrix.identity(gram.getNumRows()).scale(1e-6 * has.length))
                .solve(x.transpose().mult(y));
    }

    private double[][] inputs(Strata side, List<BestNeurons.Neuron> chosen) {
        double[][] inputs = new double[side.size()][chosen.size()];
        for (int i = 0; i < inputs.length; i++) {
            for (int k = 0; k < chosen.size(); k++) {
                BestNeurons.Neuron one = chosen.get(k);
                inputs[i][k] = sample.values().get(one.layer())[side.position(i) * sample.width() + one.neuron()];
            }
        }
        return inputs;
    }

    private static SimpleMatrix scaled(double[][] inputs, double[] mean, double[] sd) {
        SimpleMatrix scaled = new SimpleMatrix(inputs);
        for (int i = 0; i < inputs.length; i++) {
            for (int k = 0; k < mean.length; k++) {
                scaled.set(i, k, (inputs[i][k] - mean[k]) / sd[k]);
            }
        }
        return scaled;
    }
}
