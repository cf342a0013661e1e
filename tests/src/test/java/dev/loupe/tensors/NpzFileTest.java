package dev.loupe.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Archives of numpy: those in the resources are written by numpy 2.4. */
class NpzFileTest {
    private static final Path FOLDER = Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/npz");

    @TempDir
    Path folder;

    @Test
    void arraysAreReadInEitherOrder() {
        NpzFile file = NpzFile.open(FOLDER.resolve("arrays.npz"));
        assertThat(file.names()).containsExactly("columns", "deep", "half", "ids", "none", "one", "rows");
        assertThat(file.shape("rows")).containsExactly(4, 6);
        float[] quarters = new float[24];
        float[] whole = new float[24];
        for (int i = 0; i < 24; i++) {
            quarters[i] = i / 4f;
            whole[i] = i;
        }
        assertThat(file.floats("rows")).containsExactly(quarters);
        assertThat(file.floats("columns")).containsExactly(quarters);
        assertThat(file.floats("half")).containsExactly(quarters);
        assertThat(file.shape("deep")).containsExactly(2, 3, 4);
        assertThat(file.floats("deep")).containsExactly(whole);
        assertThat(file.tensor("ids").longs()).containsExactly(0, 1, 2);
        assertThat(file.isFloating("ids")).isFalse();
        assertThat(file.isFloating("half")).isTrue();
        assertThat(file.shape("one")).isEmpty();
        assertThat(file.floats("one")).containsExactly(2.5f);
        assertThat(file.floats("none")).isEmpty();
        assertThatThrownBy(() -> file.tensor("nowhere")).hasMessageContaining("which has 7 arrays");
    }

    @ParameterizedTest
    @CsvSource({
        "objects.npz, it is a pickle",
        "big-endian.npz, elements of the type '>f4'",
        "compressed.npz, write the file with `numpy.savez`",
    })
    void whatIsNotNumbersStoredPlainlyIsRefused(String name, String words) {
        assertThatThrownBy(() -> NpzFile.open(FOLDER.resolve(name)))
                .isInstanceOf(TensorFileException.class)
                .hasMessageContaining(words);
    }

    private static String header(String text) {
        return "\u0093NUMPY\u0001\u0000" + (char) text.length() + "\u0000" + text;
    }

    private Path archive(String... named) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < named.length; i += 2) {
                byte[] bytes = named[i + 1].getBytes(StandardCharsets.ISO_8859_1);
                ZipEntry entry = new ZipEntry(named[i]);
                CRC32 sum = new CRC32();
                sum.update(bytes);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(bytes.length);
                entry.setCompressedSize(bytes.length);
                entry.setCrc(sum.getValue());
                zip.putNextEntry(entry);
                zip.write(bytes);
                zip.closeEntry();
            }
        }
        return Files.write(folder.resolve("made.npz"), out.toByteArray());
    }

    private void refused(String words, String... named) throws IOException {
        Path file = archive(named);
        assertThatThrownBy(() -> NpzFile.open(file))
                .isInstanceOf(TensorFileException.class)
                .hasMessageContaining(words);
    }

    @Test
    void sizesThatTheFileDoesNotHaveAreRefusedBeforeAnythingIsRead() throws IOException {
        String two = header("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }");
        assertThat(NpzFile.open(archive("a.npy", two + "\0\0\0\0\0\0\0\0")).floats("a"))
                .containsExactly(0, 0);
        refused("should have", "a.npy", two);
        refused("should have", "a.npy", two + "\0\0\0\0\0\0\0\0\0");
        refused(
                "more than 2147483647 bytes",
                "a.npy",
                header(
                        "{'descr': '<f4', 'fortran_order': False, 'shape': (999999999999999999, 999999999999999999), }"));
        refused(
                "more than 2147483647",
                "a.npy",
                header("{'descr': '<f8', 'fortran_order': False, 'shape': (300000000,), }"));
        refused("is not an array of numpy", "a.txt", "x");
        refused("is not an array of numpy", "a.npy", "PK and something else");
        refused("ends within its header", "a.npy", "\u0093NUM");
        refused("version 9.0", "a.npy", "\u0093NUMPY\u0009\u0000\u0001\u0000x");
    }

    @Test
    void headersAreTextOfOneFormAndAreNeverEvaluated() throws IOException {
        for (String text : new String[] {
            "__import__('os').system('true')",
            "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }",
            "{'descr': '<f4', 'fortran_order': 0, 'shape': (2,), }",
            "{'descr': '<f4', 'shape': (2,), }",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 1, 1, 1, 1, 1, 1, 1, 1), }",
        }) {
            refused("has a header that is not read", "a.npy", header(text));
        }
    }

    @Test
    void whatIsNoZipFileIsRefused() throws IOException {
        Path pointer = Files.writeString(folder.resolve("pointer.npz"), "version https://git-lfs.github.com/spec/v1\n");
        assertThatThrownBy(() -> NpzFile.open(pointer)).hasMessageContaining("pointer of Git LFS");
        Path cut = Files.write(
                folder.resolve("cut.npz"),
                java.util.Arrays.copyOf(Files.readAllBytes(FOLDER.resolve("arrays.npz")), 900));
        assertThatThrownBy(() -> NpzFile.open(cut)).hasMessageContaining("is not a whole zip file");
    }
}
