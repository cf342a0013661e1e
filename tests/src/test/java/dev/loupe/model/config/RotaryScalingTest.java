package dev.loupe.model.config;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.backend.Backend;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.forward.Captures;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.KeyValues;
import dev.loupe.model.forward.Transformer;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Scaled rotary positions of every rotary family against transformers (rotary/make.py), 5e-5 absolute. */
class RotaryScalingTest {
    private static final Path FIXTURES = Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/rotary");

    @TempDir
    Path folder;

    static Stream<Arguments> cases() throws IOException {
        JsonNode cases =
                new ObjectMapper().readTree(FIXTURES.resolve("cases.json").toFile());
        return IntStream.range(0, cases.size())
                .mapToObj(i -> Arguments.of(cases.get(i).path("name").asText(), i, cases.get(i)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void logitsAndRotatedQueriesAndKeysAgree(String name, int number, JsonNode given) throws IOException {
        SafetensorsFile expected = SafetensorsFile.open(FIXTURES.resolve("expected.safetensors"));
        int length = given.path("length").asInt();
        try (NDManager manager = Backend.cpu();
                Transformer model = model(given.path("config")).load(Set.of(), manager)) {
            NDArray tokens =
                    manager.create(Arrays.copyOf(expected.tensor("tokens").longs(), length), new Shape(1, length));
            Captures seen = new Captures(List.of(HookPoint.of(Site.ROT_Q, 0), HookPoint.of(Site.ROT_K, 0)), manager);
            NDArray logits =
                    model.forward(ForwardRequest.of(tokens), seen, manager).logits();
            close(expected.tensor(number + "/rot_q"), seen.get(HookPoint.of(Site.ROT_Q, 0)));
            close(expected.tensor(number + "/rot_k"), seen.get(HookPoint.of(Site.ROT_K, 0)));
            close(expected.tensor(number + "/logits"), logits);
        }
    }

    /** The last positions of a long input, from the keys and values of the first, are those of the whole input. */
    @Test
    void dynamicPositionsOfASuffixAreThoseOfTheWholeInput() throws IOException {
        JsonNode given = cases().filter(a -> a.get()[0].equals("llama: dynamic, long"))
                .map(a -> (JsonNode) a.get()[2])
                .findFirst()
                .orElseThrow();
        try (NDManager manager = Backend.cpu();
                Transformer model = model(given.path("config")).load(Set.of(), manager)) {
            long[] ids = SafetensorsFile.open(FIXTURES.resolve("expected.safetensors"))
                    .tensor("tokens")
                    .longs();
            NDArray all = manager.create(ids, new Shape(1, ids.length));
            List<HookPoint> points = Stream.of(0, 1)
                    .flatMap(layer -> Stream.of(HookPoint.of(Site.ROT_K, layer), HookPoint.of(Site.V, layer)))
                    .toList();
            Captures seen = new Captures(points, manager);
            NDArray whole = model.forward(ForwardRequest.of(all), seen, manager).logits();
            KeyValues past = new KeyValues();
            for (int layer = 0; layer < 2; layer++) {
                past.put(
                        layer,
                        seen.get(HookPoint.of(Site.ROT_K, layer)).get(":, :50"),
                        seen.get(HookPoint.of(Site.V, layer)).get(":, :50"));
            }
            NDArray suffix = model.forward(
                            ForwardRequest.of(all.get(":, 50:")).after(past, 50), HookVisitor.none(), manager)
                    .logits();
            assertThat(suffix.sub(whole.get(":, 50:")).abs().max().getFloat()).isLessThan(5e-5f);
        }
    }

    private ModelFolder model(JsonNode config) throws IOException {
        Files.writeString(folder.resolve("config.json"), config.toString());
        Files.copy(
                FIXTURES.resolve(config.path("model_type").asText() + ".safetensors"),
                folder.resolve("model.safetensors"));
        return ModelFolder.open(folder);
    }

    /** The reference has the last positions alone. */
    private static void close(Tensor expected, NDArray whole) {
        long positions = expected.shape()[1];
        NDArray actual = whole.get(":, -" + positions + ":");
        assertThat(actual.getShape().getShape()).as(expected.name()).containsExactly(expected.shape());
        float[] e = expected.floats();
        float[] a = actual.toFloatArray();
        for (int i = 0; i < e.length; i++) {
            assertThat(Math.abs(e[i] - a[i]))
                    .as(expected.name() + "[" + i + "]")
                    .isLessThan(5e-5f);
        }
    }
}
