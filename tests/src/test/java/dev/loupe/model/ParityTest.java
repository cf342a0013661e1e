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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every hook and the logits against the reference implementations' numbers, 5e-5 absolute. */
class ParityTest {
    private static final float TOLERANCE = 5e-5f;

    static Stream<Arguments> fixtures() {
        return Stream.of(
                        "tl-attn-only",
                        "tl-relu-no-norm",
                        "tl-solu",
                        "gpt2",
                        "gpt-neox",
                        "llama-gqa",
                        "gpt-neo-local",
                        "opt",
                        "mistral",
                        "mistral-no-window",
                        "llama3",
                        "qwen3",
                        "qwen3-biased",
                        "gemma2",
                        "gemma2-uncapped",
                        "gemma3",
                        "gemma3-scaled",
                        "phi3",
                        "phi3-longrope",
                        "olmo2",
                        "olmo2-grouped",
                        "gptj",
                        "gptj-wide")
                .flatMap(name -> Stream.of("raw", "processed").map(kind -> Arguments.of(name, kind)));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void everyHookAgrees(String name, String kind) {
        Path folder = Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/parity", name);
        SafetensorsFile expected = SafetensorsFile.open(folder.resolve("expected.safetensors"));
        Set<Processing> steps = kind.equals("raw") ? EnumSet.noneOf(Processing.class) : Processing.ofTransformerLens();
        try (NDManager manager = Backend.cpu();
                Transformer model = ModelFolder.open(folder).load(steps, manager)) {
            Tensor ids = expected.tensor("tokens");
            NDArray tokens = manager.create(ids.longs(), new Shape(ids.shape()));
            List<HookPoint> points = model.hookPoints().stream()
                    .filter(p -> !p.site().onRequest())
                    .toList();
            Captures seen = new Captures(points, manager);
            NDArray logits =
                    model.forward(ForwardRequest.of(tokens), seen, manager).logits();
            List<String> wrong = new ArrayList<>();
            compare(expected.tensor(kind + "/logits"), logits, wrong);
            if (kind.equals("raw") && expected.has("hf_logits")) {
                compare(expected.tensor("hf_logits"), logits, wrong);
            }
            Set<String> named = new TreeSet<>();
            for (HookPoint point : points) {
                named.add(kind + "/" + point.name());
                compare(expected.tensor(kind + "/" + point.name()), seen.get(point), wrong);
            }
            assertThat(wrong).isEmpty();
            named.add(kind + "/logits");
            assertThat(expected.names().stream().filter(n -> n.startsWith(kind + "/")))
                    .containsExactlyInAnyOrderElementsOf(named);
        }
    }

    private static void compare(Tensor expected, NDArray actual, List<String> wrong) {
        float[] e = expected.floats();
        float[] a = actual.toFloatArray();
        assertThat(actual.getShape().getShape()).as(expected.name()).containsExactly(expected.shape());
        float worst = 0;
        for (int i = 0; i < e.length; i++) {
            if (e[i] != a[i]) {
                float difference = Math.abs(e[i] - a[i]);
                worst = Float.isNaN(difference) ? Float.POSITIVE_INFINITY : Math.max(worst, difference);
            }
        }
        if (worst > TOLERANCE) {
            wrong.add(expected.name() + " differs by " + worst);
        }
    }
}
