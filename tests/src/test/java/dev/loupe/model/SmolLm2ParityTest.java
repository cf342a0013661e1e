package dev.loupe.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.backend.Backend;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.forward.Captures;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.weights.Processing;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A real 4-bit GGUF model against transformers in float32 on the same dequantised weights: patterns 2e-5 and logits 2e-4
 * absolute, other activations within 5e-5 of the largest magnitude at their position, head scores 1e-4.
 */
class SmolLm2ParityTest {
    private static final String NAME = "smollm2-135m-instruct";

    @Test
    void activationsLogitsAndHeadScoresAgree() {
        Path folder = ModelsAtHand.folder(NAME);
        SafetensorsFile expected =
                SafetensorsFile.open(ModelsAtHand.beside(folder, "parity/smollm2-135m/expected.safetensors"));
        SafetensorsFile scores =
                SafetensorsFile.open(ModelsAtHand.beside(folder, "parity/smollm2-135m/head_scores.safetensors"));
        try (NDManager manager = Backend.cpu();
                Transformer model = ModelFolder.open(folder).load(EnumSet.noneOf(Processing.class), manager)) {
            activations(model, expected, manager);
            headScores(model, scores, manager);
        }
    }

    private static void activations(Transformer model, SafetensorsFile expected, NDManager parent) {
        Map<String, Double> worst = new TreeMap<>();
        try (NDManager manager = parent.newSubManager()) {
            Tensor ids = expected.tensor("tokens");
            List<HookPoint> points = model.hookPoints().stream()
                    .filter(p -> expected.has("raw/" + p.name()))
                    .toList();
            assertThat(points).hasSize(25);
            Captures seen = new Captures(points, manager);
            NDArray logits = model.forward(
                            ForwardRequest.of(manager.create(ids.longs(), new Shape(ids.shape()))), seen, manager)
                    .logits();
            for (HookPoint point : points) {
                float[] wanted = expected.tensor("raw/" + point.name()).floats();
                float[] got = seen.get(point).toFloatArray();
                assertThat(got).hasSameSizeAs(wanted);
                boolean pattern = point.site() == Site.PATTERN;
                long[] shape = seen.get(point).getShape().getShape();
                int row = 1;
                for (int axis = 2; axis < shape.length; axis++) {
                    row *= (int) shape[axis];
                }
                worst.merge(pattern ? "pattern" : "activation", difference(wanted, got, pattern ? 0 : row), Math::max);
            }
            int vocabulary = (int) logits.getShape().get(2);
            worst.merge("logits", difference(expected.tensor("raw/logits_last").floats(), last(logits), 0), Math::max);
            NDArray first = logits.get("..., :512");
            worst.merge(
                    "logits",
                    difference(expected.tensor("raw/logits_first512").floats(), first.toFloatArray(), 0),
                    Math::max);
            assertThat(vocabulary).isEqualTo(49_152);
        }
        assertThat(worst.get("pattern")).isLessThan(2e-5);
        assertThat(worst.get("activation")).isLessThan(5e-5);
        assertThat(worst.get("logits")).isLessThan(2e-4);
    }

    private static float[] last(NDArray logits) {
        return logits.get(":, -1").toFloatArray();
    }

    /** The largest difference; with {@code row} numbers per position, as a share of the position's largest magnitude. */
    private static double difference(float[] wanted, float[] got, int row) {
        double worst = 0;
        int step = row == 0 ? wanted.length : row;
        for (int at = 0; at < wanted.length; at += step) {
            double most = 0;
            double largest = 0;
            for (int i = at; i < at + step; i++) {
                most = Math.max(most, Math.abs(wanted[i] - got[i]));
                largest = Math.max(largest, Math.abs(wanted[i]));
            }
            worst = Math.max(worst, row == 0 ? most : most / largest);
        }
        return worst;
    }

    private static void headScores(Transformer model, SafetensorsFile expected, NDManager parent) {
        Tensor ids = expected.tensor("repeat_tokens");
        int rows = (int) ids.shape()[0];
        int length = (int) ids.shape()[1];
        long[] tokens = ids.longs();
        try (NDManager manager = parent.newSubManager()) {
            List<HookPoint> points = new ArrayList<>();
            for (int layer = 0; layer < 30; layer++) {
                points.add(HookPoint.of(Site.PATTERN, layer));
            }
            Captures seen = new Captures(points, manager);
            model.forward(
                    ForwardRequest.of(manager.create(tokens, new Shape(ids.shape())))
                            .stopBefore(30),
                    seen,
                    manager);
            float[] previous = expected.tensor("PREV").floats();
            float[] duplicate = expected.tensor("DUP").floats();
            float[] induction = expected.tensor("IND").floats();
            double worst = 0;
            for (int layer = 0; layer < 30; layer++) {
                float[] pattern = seen.get(points.get(layer)).toFloatArray();
                for (int head = 0; head < 9; head++) {
                    double[] sums = new double[3];
                    int repeated = 0;
                    for (int r = 0; r < rows; r++) {
                        for (int i = 2; i < length; i++) {
                            int at = ((r * 9 + head) * length + i) * length;
                            sums[0] += pattern[at + i - 1];
                            boolean before = false;
                            for (int j = 0; j < i; j++) {
                                boolean same = tokens[r * length + j] == tokens[r * length + i];
                                before |= same;
                                sums[1] += same ? pattern[at + j] : 0;
                                boolean after = j > 0 && tokens[r * length + j - 1] == tokens[r * length + i];
                                sums[2] += after ? pattern[at + j] : 0;
                            }
                            repeated += before ? 1 : 0;
                        }
                    }
                    int unit = layer * 9 + head;
                    worst = Math.max(worst, Math.abs(sums[0] / (rows * (length - 2)) - previous[unit]));
                    worst = Math.max(worst, Math.abs(sums[1] / repeated - duplicate[unit]));
                    worst = Math.max(worst, Math.abs(sums[2] / repeated - induction[unit]));
                }
            }
            assertThat(worst).isLessThan(1e-4);
        }
    }
}
