package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.execute.hypotheses.RandomBasis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beside loops over the activations of both models, which another analysis gives. */
class MatchNeuronsTest {
    private static final int WIDTH = 256;
    private static final int DRAWS = 3;

    @TempDir
    Path folder;

    private RunResult run(String more) {
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model:
                  one: {card: lang-gelu-1l, seeds: [0]}
                  two: {card: lang-gelu-1l, seeds: [1]}
                  drawn: {reinitialise: one, seeds: 7}
                dataset: {generator: planted-language, rows: 60, seed: 5}
                measure:
                """ + more)) {
            return lab.result();
        }
    }

    /** One part of a result, such as {@code same.match}. */
    private static double[] part(RunResult result, String name) {
        NamedArray table = Laboratory.numbers(result, name.substring(0, name.indexOf('.')));
        List<String> parts = table.axis("part").labels();
        int part = parts.indexOf(name.substring(name.indexOf('.') + 1));
        return IntStream.range(0, table.data().length / parts.size())
                .mapToDouble(i -> table.data()[i * parts.size() + part])
                .toArray();
    }

    @Test
    void everyNumberIsThatOfLoops() {
        RunResult result = run("""
                  same: {same-neuron: mlp.post, neurons: [L0N3, L0N7], in: two, sample: &where {count: 600, seed: 1}, draws: 3, seed: 2, model: one}
                  either: {same-neuron: mlp.post, neurons: [L0N3, L0N7], in: two, sample: *where, draws: 3, either-sign: true, seed: 2, model: one}
                  asked: {activation-histogram: mlp.post, neurons: [L0N3, L0N7], sample: *where, model: one}
                  others: {activation-histogram: mlp.post, layers: [0], sample: *where, model: two}
                """);
        double[][] asked = rows(Laboratory.numbers(result, "asked"));
        double[][] others = rows(Laboratory.numbers(result, "others"));
        assertThat(others).hasNumberOfRows(WIDTH);
        double[][][] mixtures = new double[DRAWS][][];
        for (int draw = 0; draw < DRAWS; draw++) {
            mixtures[draw] = mixed(others, draw);
        }
        for (int k = 0; k < asked.length; k++) {
            for (boolean either : new boolean[] {false, true}) {
                String name = either ? "either." : "same.";
                double[] own = asked[k];
                double[] r = Arrays.stream(others)
                        .mapToDouble(other -> correlation(own, other))
                        .toArray();
                int best = best(r, either);
                double chance = Arrays.stream(mixtures)
                        .mapToDouble(each -> {
                            double[] of = Arrays.stream(each)
                                    .mapToDouble(other -> correlation(own, other))
                                    .toArray();
                            return size(of[best(of, either)], either);
                        })
                        .average()
                        .orElseThrow();
                assertThat(part(result, name + "match")[k]).isEqualTo(size(r[best], either), within(1e-5));
                assertThat(part(result, name + "match-neuron")[k]).isEqualTo(best);
                assertThat(part(result, name + "match-layer")[k]).isZero();
                assertThat(part(result, name + "chance")[k]).isEqualTo(chance, within(1e-5));
                assertThat(part(result, name + "excess")[k]).isEqualTo(size(r[best], either) - chance, within(2e-5));
                if (either) {
                    assertThat(part(result, name + "sign")[k]).isEqualTo(Math.signum(r[best]));
                }
            }
        }
    }

    /** Mixtures of a network of random weights are as good as its neurons, and worse than a network that learned the same. */
    @Test
    void anUntrainedTwinHasNoMoreThanChance() {
        RunResult result = run("""
                  untrained: {same-neuron: mlp.post, layers: [0], in: drawn, sample: &where {count: 2000, seed: 1}, draws: 3, seed: 2, model: one}
                  trained: {same-neuron: mlp.post, layers: [0], in: two, sample: *where, draws: 3, seed: 2, model: one}
                """);
        double untrained =
                Arrays.stream(part(result, "untrained.excess")).average().orElseThrow();
        double trained = Arrays.stream(part(result, "trained.excess")).average().orElseThrow();
        assertThat(untrained).isBetween(-0.02, 0.02);
        assertThat(trained).isGreaterThan(0.05);
    }

    @Test
    void aModelIsFoundInItsOwnFamilyAndTheOthersBesideIt() {
        RunResult result;
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model:
                  all: {card: lang-gelu-1l, seeds: [0, 1]}
                dataset: {generator: planted-language, rows: 30, seed: 5}
                measure:
                  same: {same-neuron: mlp.post, neurons: [L0N3, L0N5], in: all, sample: {count: 600, seed: 1}, draws: 1, seed: 2}
                """)) {
            result = lab.result();
        }
        assertThat(NamedArray.describe(Laboratory.numbers(result, "same").axes()))
                .isEqualTo("[seed 2, neuron 2, with-seed 2, part 5]");
        double[] match = part(result, "same.match");
        double[] neuron = part(result, "same.match-neuron");
        for (int seed = 0; seed < 2; seed++) {
            for (int k = 0; k < 2; k++) {
                int at = (seed * 2 + k) * 2;
                assertThat(match[at + seed]).isEqualTo(1, within(1e-5));
                assertThat(neuron[at + seed]).isEqualTo(k == 0 ? 3 : 5);
                assertThat(match[at + 1 - seed]).isLessThan(0.99);
            }
        }
    }

    /** Numbers of each neuron that are defined [neuron][position]. */
    private static double[][] rows(NamedArray values) {
        int most = values.axes().get(values.axes().size() - 1).size();
        return IntStream.range(0, values.data().length / most)
                .mapToObj(n -> Arrays.stream(values.data(), n * most, (n + 1) * most)
                        .filter(value -> !Double.isNaN(value))
                        .toArray())
                .toArray(double[][]::new);
    }

    private static double[][] mixed(double[][] neurons, int draw) {
        float[] basis;
        try (NDManager manager = NDManager.newBaseManager()) {
            basis = RandomBasis.draw(WIDTH, new RowRandom(2, draw), manager).toFloatArray();
        }
        double[][] mixed = new double[WIDTH][neurons[0].length];
        for (int m = 0; m < WIDTH; m++) {
            for (int n = 0; n < WIDTH; n++) {
                for (int i = 0; i < mixed[m].length; i++) {
                    mixed[m][i] += basis[m * WIDTH + n] * neurons[n][i];
                }
            }
        }
        return mixed;
    }

    private static double size(double r, boolean either) {
        return either ? Math.abs(r) : r;
    }

    private static int best(double[] r, boolean either) {
        int best = 0;
        for (int i = 1; i < r.length; i++) {
            best = size(r[i], either) > size(r[best], either) ? i : best;
        }
        return best;
    }

    private static double correlation(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElseThrow();
        double meanY = Arrays.stream(y).average().orElseThrow();
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += Math.pow(x[i] - meanX, 2);
            yy += Math.pow(y[i] - meanY, 2);
        }
        return xy / Math.sqrt(xx * yy);
    }
}
