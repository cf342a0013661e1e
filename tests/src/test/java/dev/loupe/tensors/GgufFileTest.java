package dev.loupe.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GgufFileTest {
    private static final Path FOLDER = Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/gguf");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q2_K", "Q3_K", "Q4_K", "Q5_K", "Q6_K"
            })
    void everyTypeIsDequantisedAsTheReferenceDoes(String type) {
        GgufFile file = GgufFile.open(FOLDER.resolve("quants.gguf"));
        Tensor expected =
                SafetensorsFile.open(FOLDER.resolve("expected.safetensors")).tensor(type);
        assertThat(file.type(type)).isEqualTo(type);
        assertThat(file.shape(type)).isEqualTo(expected.shape());
        float[] wanted = expected.floats();
        float[] got = file.floats(type);
        assertThat(got).hasSameSizeAs(wanted);
        for (int i = 0; i < got.length; i++) {
            assertThat(Math.abs(got[i] - wanted[i])).isLessThanOrEqualTo(1e-6f * Math.abs(wanted[i]));
        }
        assertThat(file.tensor(type).floats()).isEqualTo(got);
    }

    /** One tensor "a" of two F32 numbers after one metadata entry. */
    private static ByteBuffer small() {
        ByteBuffer out = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x46554747).putInt(3).putLong(1).putLong(1);
        text(out, "k").putInt(9).putInt(4).putLong(1).putInt(7);
        text(out, "a").putInt(1).putLong(2).putInt(0).putLong(0);
        out.position(96);
        return out.putFloat(1.5f).putFloat(-2).flip();
    }

    private static ByteBuffer text(ByteBuffer out, String text) {
        return out.putLong(text.length()).put(text.getBytes(StandardCharsets.UTF_8));
    }

    private Path written(ByteBuffer bytes) throws IOException {
        byte[] content = new byte[bytes.limit()];
        bytes.position(0).get(content);
        return Files.write(folder.resolve("small.gguf"), content);
    }

    @Test
    void metadataAndNumbersAreRead() throws IOException {
        GgufFile file = GgufFile.open(written(small()));
        assertThat(file.metadata()).containsOnlyKeys("k");
        assertThat(file.metadata().get("k")).isEqualTo(java.util.List.of(7L));
        assertThat(file.floats("a")).containsExactly(1.5f, -2f);
    }

    private void refused(String why, Consumer<ByteBuffer> damage) throws IOException {
        ByteBuffer bytes = small();
        damage.accept(bytes);
        Path file = written(bytes);
        assertThatThrownBy(() -> GgufFile.open(file))
                .isInstanceOf(TensorFileException.class)
                .hasMessageContaining("small.gguf")
                .hasMessageContaining(why);
    }

    @Test
    void whatAHostileFileSaysIsNeverBelieved() throws IOException {
        refused("not a GGUF file", b -> b.put(0, (byte) 'X'));
        refused("version 9", b -> b.putInt(4, 9));
        refused("big-endian", b -> b.putInt(4, Integer.reverseBytes(3)));
        refused("tensors do not fit", b -> b.putLong(8, Long.MAX_VALUE));
        refused("metadata entries do not fit", b -> b.putLong(16, -1));
        refused("a text of", b -> b.putLong(24, 1L << 40));
        refused("array elements do not fit", b -> b.putLong(41, 1L << 33));
        refused("unknown type 99", b -> b.putInt(33, 99));
        refused("has 77 axes", b -> b.putInt(62, 77));
        refused("truncated", b -> b.putLong(66, 1L << 30));
        refused("overflow", b -> b.putLong(66, Long.MAX_VALUE));
        refused("negative size", b -> b.putLong(66, -2));
        refused("tensor type 4", b -> b.putInt(74, 4));
        refused("not a whole number of Q4_0 blocks", b -> b.putInt(74, 2));
        refused("not aligned", b -> b.putLong(78, 4));
        refused("truncated", b -> b.putLong(78, 1L << 40));
        refused("truncated", b -> b.limit(100));
        refused("ends within its header", b -> b.limit(70));
    }

    @Test
    void nestedArraysHaveAnEnd() throws IOException {
        ByteBuffer out = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x46554747).putInt(3).putLong(0).putLong(1);
        text(out, "k").putInt(9);
        for (int i = 0; i < 100; i++) {
            out.putInt(9).putLong(1);
        }
        Path file = written(out.position(4096).flip());
        assertThatThrownBy(() -> GgufFile.open(file)).hasMessageContaining("arrays within arrays");
    }

    @Test
    void tensorsDoNotOverlap() throws IOException {
        ByteBuffer out = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x46554747).putInt(3).putLong(2).putLong(0);
        text(out, "a").putInt(1).putLong(2).putInt(0).putLong(0);
        text(out, "b").putInt(1).putLong(2).putInt(0).putLong(0);
        Path file = written(out.position(256).flip());
        assertThatThrownBy(() -> GgufFile.open(file)).hasMessageContaining("overlaps another tensor");
    }
}
