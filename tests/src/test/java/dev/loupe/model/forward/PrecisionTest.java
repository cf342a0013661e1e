package dev.loupe.model.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.loupe.backend.Backend;
import dev.loupe.failure.UserInputException;
import dev.loupe.hook.HookPoint;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.weights.Processing;
import dev.loupe.resolve.Specs;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrecisionTest {
    private static final Path PARITY = Specs.HOME.resolve("tests/src/test/resources/parity");

    /** f16 has 11 significant bits: an error of 2^-11 of each factor, summed over a row. */
    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "gpt-neox", "llama-gqa", "gpt-neo-local", "opt"})
    void halfPrecisionStaysNearAndShowsFloat32(String family) {
        ModelFolder folder = ModelFolder.open(PARITY.resolve(family));
        try (NDManager manager = Backend.manager("cpu");
                Transformer whole = folder.load(EnumSet.noneOf(Processing.class), manager);
                Transformer half = folder.load(EnumSet.noneOf(Processing.class), manager, Precision.F16)) {
            NDArray tokens = manager.create(new long[][] {{1, 2, 3, 4, 5, 6, 7}, {9, 8, 7, 6, 5, 4, 3}});
            List<HookPoint> points = whole.hookPoints();
            Captures exact = new Captures(points, manager);
            Captures near = new Captures(points, manager);
            NDArray logits =
                    whole.forward(ForwardRequest.of(tokens), exact, manager).logits();
            NDArray rounded =
                    half.forward(ForwardRequest.of(tokens), near, manager).logits();
            assertThat(rounded.getDataType()).isEqualTo(DataType.FLOAT32);
            assertThat(difference(logits, rounded)).isBetween(1e-7, 2e-2);
            for (Map.Entry<HookPoint, NDArray> e : near.values().entrySet()) {
                assertThat(e.getValue().getDataType()).as(e.getKey().name()).isEqualTo(DataType.FLOAT32);
            }
            assertThat(half.parameters().bytes()).isLessThan(whole.parameters().bytes() * 6 / 10);
        }
    }

    private static double difference(NDArray a, NDArray b) {
        return a.sub(b).abs().max().getFloat();
    }

    @Test
    void whatLeavesTheRangeIsToldInsteadOfGoingOnAsNaN() {
        ModelFolder folder = ModelFolder.open(PARITY.resolve("gpt2"));
        TransformerConfig config = folder.config();
        try (NDManager manager = Backend.manager("cpu");
                Transformer half = new Transformer(Parameters.of(
                        config,
                        name -> {
                            float[] values = folder.weights().read(name).clone();
                            if (name.endsWith("0.mlp.W_in")) {
                                java.util.Arrays.fill(values, 60000);
                            }
                            return values;
                        },
                        manager,
                        Precision.F16))) {
            NDArray tokens = manager.create(new long[][] {{1, 2, 3}});
            assertThatThrownBy(() -> half.logits(tokens, manager))
                    .isInstanceOf(UserInputException.class)
                    .hasMessageContaining("f32");
        }
    }

    @Test
    void whatTheEngineCannotHoldIsRefusedByName() {
        assertThatThrownBy(() -> Precision.of("bf16"))
                .hasMessageContaining("bf16")
                .hasMessageContaining("f16");
        assertThatThrownBy(() -> Precision.of("f8")).hasMessageContaining("f32, f16");
        assertThat(Precision.of("F16")).isEqualTo(Precision.F16);
    }
}
