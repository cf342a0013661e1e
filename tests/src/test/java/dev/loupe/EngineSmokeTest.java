package dev.loupe;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;

class EngineSmokeTest {
    @Test
    void engineMultiplies() {
        try (NDManager m = NDManager.newBaseManager()) {
            assertThat(m.arange(6f).reshape(2, 3).sum().getFloat()).isEqualTo(15f);
        }
    }
}
