package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.model.ModelsAtHand;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountSignsTest {
    private static final String[] NEURONS = {"L1N3", "L4N20"};

    @TempDir
    Path folder;

    private static String site(String site) {
        return "{activation-histogram: " + site + ", neurons: [L1N3, L4N20], sample: {count: 400, seed: 3}}";
    }

    @Test
    void sharesAndMeansAreThoseOfTheActivations() {
        RunResult result;
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model: {folder: "%s"}
                dataset: {generator: random-tokens, length: 12, rows: 30, seed: 4}
                measure:
                  signs: {gate-signs: mlp.post, neurons: [L1N3, L4N20], sample: {count: 400, seed: 3}}
                  gate: %s
                  up: %s
                  post: %s
                """.formatted(
                ModelsAtHand.folder("stories260k"), site("mlp.pre"), site("mlp.pre_linear"), site("mlp.post")))) {
            result = lab.result();
        }
        double[] gate = Laboratory.numbers(result, "gate").data();
        double[] up = Laboratory.numbers(result, "up").data();
        double[] post = Laboratory.numbers(result, "post").data();
        NamedArray share = Laboratory.numbers(result, "signs.share");
        NamedArray mean = Laboratory.numbers(result, "signs.mean");
        int most = gate.length / NEURONS.length;
        for (int n = 0; n < NEURONS.length; n++) {
            double[] count = new double[4];
            double[] sum = new double[4];
            double all = 0;
            for (int i = n * most; i < (n + 1) * most; i++) {
                if (!Double.isNaN(gate[i])) {
                    int cell = (gate[i] >= 0 ? 2 : 0) + (up[i] >= 0 ? 1 : 0);
                    count[cell]++;
                    sum[cell] += post[i];
                    all++;
                    double silu = gate[i] / (1 + Math.exp(-gate[i]));
                    assertThat(post[i]).isCloseTo(silu * up[i], within(1e-5));
                }
            }
            assertThat(all).isGreaterThan(200);
            for (int cell = 0; cell < 4; cell++) {
                assertThat(count[cell]).isPositive();
                assertThat(share.data()[4 * n + cell]).isCloseTo(count[cell] / all, within(1e-12));
                assertThat(mean.data()[4 * n + cell]).isCloseTo(sum[cell] / count[cell], within(1e-9));
            }
        }
    }
}
