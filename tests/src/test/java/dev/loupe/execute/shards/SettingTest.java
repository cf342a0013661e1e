package dev.loupe.execute.shards;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.backend.Backend;
import dev.loupe.backend.Kernels;
import dev.loupe.execute.request.Versions;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.model.forward.Precision;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An executor that would give other bits refuses, and says in what it differs. */
class SettingTest {
    private static Setting of(Map<String, String> versions, String kernels, String device) {
        return new Setting(versions, kernels, device, Precision.F32, Backend.threads());
    }

    @Test
    void thisMachineIsLikeItself() {
        assertThatCode(Setting.here("cpu", Precision.F32)::apply).doesNotThrowAnyException();
    }

    @Test
    void anotherJavaIsNamed() {
        Map<String, String> versions = new LinkedHashMap<>(Versions.all());
        versions.put("java", "21.0.4 (Another VM)");
        assertThatThrownBy(of(versions, Kernels.of("cpu"), "cpu")::apply)
                .isInstanceOf(EnvironmentException.class)
                .hasMessageStartingWith("it has java " + System.getProperty("java.version"))
                .hasMessageContaining(" instead of 21.0.4 (Another VM), and results would differ");
    }

    @Test
    void anotherProcessorIsNamed() {
        assertThatThrownBy(of(Versions.all(), "sve", "cpu")::apply)
                .isInstanceOf(EnvironmentException.class)
                .hasMessageStartingWith("its processor computes with")
                .hasMessageContaining("the processor of the machine that starts the run with sve");
    }

    /** Whatever this machine has, it is no such GPU. */
    @Test
    void aGpuOfAnotherKindIsNoProcessor() {
        assertThatThrownBy(of(Versions.all(), "CUDA 1.0, compute capability 10, 5 MiB", "gpu")::apply)
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("GPU")
                .hasMessageContaining(
                        "the machine that starts the run computes on one (CUDA 1.0, compute capability 10, 5 MiB)")
                .hasMessageContaining("--device cpu");
    }
}
