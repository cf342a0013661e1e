package dev.loupe.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.backend.Backend;
import dev.loupe.hook.HookPoint;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.forward.Captures;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.weights.Processing;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * CRFM's GPT-2 divides the scores of block L by L + 1 as well ({@code scale_attn_by_inverse_layer_idx}, with {@code
 * reorder_and_upcast_attn}). Expected are transformers 4.57's numbers, eager attention, for the weights of the gpt2
 * fixture under such a configuration; without the scaling, logits differ by up to 0.42.
 */
class InverseLayerScalingTest {
    private static final Path PARITY = Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/parity");
    private static final Path OWN = PARITY.resolve("gpt2-inverse-layer");
    private static final Offset<Float> TOLERANCE = Offset.offset(5e-5f);

    @TempDir
    Path folder;

    @Test
    void patternsAndLogitsAgreeWithTransformers() throws IOException {
        Files.copy(OWN.resolve("config.json"), folder.resolve("config.json"));
        Files.copy(PARITY.resolve("gpt2/model.safetensors"), folder.resolve("model.safetensors"));
        SafetensorsFile expected = SafetensorsFile.open(OWN.resolve("expected.safetensors"));
        for (Set<Processing> steps : List.of(EnumSet.noneOf(Processing.class), EnumSet.of(Processing.FOLD_LN))) {
            try (NDManager manager = Backend.cpu();
                    Transformer model = ModelFolder.open(folder).load(steps, manager)) {
                Tensor ids = expected.tensor("tokens");
                List<HookPoint> points = model.hookPoints().stream()
                        .filter(p -> p.name().endsWith("attn.hook_pattern"))
                        .toList();
                assertThat(points).hasSize(2);
                Captures seen = new Captures(points, manager);
                NDArray tokens = manager.create(ids.longs(), new Shape(ids.shape()));
                NDArray logits =
                        model.forward(ForwardRequest.of(tokens), seen, manager).logits();
                assertThat(logits.toFloatArray())
                        .containsExactly(expected.tensor("hf_logits").floats(), TOLERANCE);
                for (int layer = 0; layer < 2; layer++) {
                    assertThat(seen.get(points.get(layer)).toFloatArray())
                            .containsExactly(
                                    expected.tensor("hf_pattern." + layer).floats(), TOLERANCE);
                }
            }
        }
    }
}
