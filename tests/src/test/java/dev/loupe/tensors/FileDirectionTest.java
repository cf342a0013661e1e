package dev.loupe.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDirectionTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("d.safetensors");
        float[] cells = new float[2 * 3 * 4];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = i;
        }
        cells[0] = Float.NaN;
        new SafetensorsWriter()
                .floats("one", new long[] {2}, new float[] {5, 6})
                .floats("zero", new long[] {2, 2}, new float[] {0, -0f, 0, 3})
                .floats("many", new long[] {2, 3, 4}, cells)
                .write(file);
    }

    private float[] read(String tensor, Integer... at) {
        return FileDirection.of(file, "d.safetensors", tensor, List.of(at));
    }

    @Test
    void aPlaceOnEveryOtherAxisIsADirection() {
        assertThat(read("one")).containsExactly(5, 6);
        assertThat(read("many", 1, 2)).containsExactly(20, 21, 22, 23);
        assertThat(read("many", 0, 1)).containsExactly(4, 5, 6, 7);
    }

    @Test
    void whatIsNoDirectionIsToldWithItsShape() {
        assertThatThrownBy(() -> read("many"))
                .hasMessageContaining("[2, 3, 4]")
                .hasMessageContaining("`at` needs 2 places, not 0");
        assertThatThrownBy(() -> read("one", 0)).hasMessageContaining("leave `at` out");
        assertThatThrownBy(() -> read("many", 0, 3)).hasMessageContaining("has places 0 to 2 on axis 1, not 3");
        assertThatThrownBy(() -> read("many", 0, 0)).hasMessageContaining("has the number NaN");
        assertThatThrownBy(() -> read("zero", 0)).hasMessageContaining("is zero everywhere, which gives no direction");
        assertThat(read("zero", 1)).containsExactly(0, 3);
        assertThatThrownBy(() -> read("none")).hasMessageContaining("none");
    }
}
