package dev.loupe.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchFileTest {
    private static final byte[] SIX = floats(0, 1, 2, 3, 4, 5);

    @TempDir
    Path folder;

    @Test
    void readsRowsColumnsAndOffsets() throws IOException {
        Path file = write(
                dictionary(
                        tensor("a", 6, 0, "2 3", "3 1"), tensor("b", 6, 0, "3 2", "1 3"), tensor("c", 6, 4, "2", "1")),
                SIX);
        TorchFile torch = TorchFile.open(file);
        assertThat(torch.names()).containsExactly("a", "b", "c");
        assertThat(torch.tensor("a").floats()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(torch.tensor("b").floats()).containsExactly(0, 3, 1, 4, 2, 5);
        assertThat(torch.tensor("b").shape()).containsExactly(3, 2);
        assertThat(torch.tensor("c").floats()).containsExactly(4, 5);
        assertThatThrownBy(() -> torch.tensor("d")).isInstanceOf(TensorFileException.class);
    }

    /** {"model": {"a": ...}, "epoch": 7}, as trainings save it; two of the names beside one another are no weights. */
    @Test
    void weightsMayLieUnderAUsualName() throws IOException {
        byte[] items = tensor("a", 6, 0, "2 3", "3 1");
        TorchFile torch = TorchFile.open(write(nested("model", items, "\u008c\u0005epochK\u0007"), SIX));
        assertThat(torch.names()).containsExactly("a");
        assertThat(torch.tensor("a").floats()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThatThrownBy(() -> TorchFile.open(write(nested("teacher", items, ""), SIX)))
                .hasMessageContaining("'teacher'")
                .hasMessageContaining("under `model`");
        assertThatThrownBy(() -> TorchFile.open(write(nested("model", items, "\u008c\nstate_dict}"), SIX)))
                .hasMessageContaining("'model'");
    }

    private static byte[] nested(String name, byte[] items, String more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(text("\u0080\u0002}(\u008c" + (char) name.length() + name + "}("));
        out.writeBytes(items);
        out.writeBytes(text("u" + more + "u."));
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"os, system", "posix, system", "builtins, eval", "torch, load", "collections, Counter"})
    void whateverElseAPickleNamesIsRefusedByThatName(String module, String name) throws IOException {
        byte[] call = text("c" + module + "\n" + name + "\n(X\u0002\u0000\u0000\u0000idtR.");
        assertThatThrownBy(() -> TorchFile.open(write(call, SIX)))
                .isInstanceOf(TensorFileException.class)
                .hasMessageContaining("hostile.pth")
                .hasMessageContaining(module + "." + name);
    }

    @Test
    void theStackFormOfANameIsRefusedToo() {
        byte[] call = text("\u008c\u0002os\u008c\u0006system\u0093.");
        assertThatThrownBy(() -> TorchFile.open(write(call, SIX))).hasMessageContaining("os.system");
    }

    /** A tuple that is added to, a name that is a tuple, a name that is a number. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ")Na.",
                "()e.",
                "(ttNa.",
                "(t\u008c\u0006system\u0093.",
                "K\u0001\u008c\u0001a\u0093.",
                "(\u008c\u0001a\u0093."
            })
    void whatNoDictionaryOfTensorsDoesIsMalformed(String pickle) {
        assertThatThrownBy(() -> TorchFile.open(write(text(pickle), SIX)))
                .isInstanceOf(TensorFileException.class)
                .hasMessageContaining("the pickle is malformed at byte");
    }

    @ParameterizedTest
    @CsvSource({
        "7, 0, 2 3, 3 1",
        "6, 1, 2 3, 3 1",
        "6, 0, 2 3, 4 1",
        "6, 0, 7, 0",
        "6, 0, -1, 1",
        "6, -1, 2, 1",
        "6, 0, 2 3, 1"
    })
    void tensorsOutsideTheirStorageAreRefused(int size, int offset, String shape, String strides) {
        assertThatThrownBy(() -> TorchFile.open(write(dictionary(tensor("a", size, offset, shape, strides)), SIX)))
                .isInstanceOf(TensorFileException.class)
                .hasMessageContaining("storage");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "t.",
                "R.",
                "}(.",
                "h\u0007.",
                "X\u00ff\u00ff\u00ff\u007f.",
                "K",
                "I1\n.",
                "(((((",
                "}(K\u0001K\u0002u.",
                "}u."
            })
    void malformedPicklesAreRefused(String pickle) {
        assertThatThrownBy(() -> TorchFile.open(write(text(pickle), SIX))).isInstanceOf(TensorFileException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "/etc/passwd", "m\\..\\evil", "m/../../evil", "C:evil"})
    void pathsOutsideTheFileAreRefused(String name) {
        assertThatThrownBy(() -> TorchFile.open(write(dictionary(), SIX, name)))
                .isInstanceOf(TensorFileException.class)
                .hasMessageContaining("outside");
    }

    @Test
    void compressedEntriesAreRefused() throws IOException {
        Path file = folder.resolve("bomb.pth");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("m/data.pkl"));
            zip.write(dictionary());
        }
        assertThatThrownBy(() -> TorchFile.open(file)).hasMessageContaining("compressed");
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path file = Files.write(folder.resolve("old.pth"), dictionary());
        assertThatThrownBy(() -> TorchFile.open(file)).hasMessageContaining("zip");
    }

    private static byte[] dictionary(byte[]... items) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(text("\u0080\u0002}("));
        for (byte[] item : items) {
            out.writeBytes(item);
        }
        out.writeBytes(text("u."));
        return out.toByteArray();
    }

    private static byte[] tensor(String name, int storage, int offset, String shape, String strides) {
        return text(
                string(name) + "ctorch._utils\n_rebuild_tensor_v2\n((" + string("storage") + "ctorch\nFloatStorage\n"
                        + string("0") + string("cpu") + integer(storage) + "tQ" + integer(offset) + tuple(shape)
                        + tuple(strides)
                        + "\u0089ccollections\nOrderedDict\n)RtR");
    }

    private static String tuple(String numbers) {
        StringBuilder out = new StringBuilder("(");
        for (String number : numbers.split(" ")) {
            out.append(integer(Integer.parseInt(number)));
        }
        return out + "t";
    }

    private static String integer(int value) {
        byte[] bytes = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
        return "J" + new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String string(String value) {
        return "X" + integer(value.length()).substring(1) + value;
    }

    private static byte[] text(String bytes) {
        return bytes.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] floats(float... values) {
        ByteBuffer out = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            out.putFloat(value);
        }
        return out.array();
    }

    private Path write(byte[] pickle, byte[] storage, String... more) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("m/data.pkl", pickle);
        entries.put("m/data/0", storage);
        for (String name : more) {
            entries.put(name, new byte[1]);
        }
        Path file = folder.resolve("hostile.pth");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> e : entries.entrySet()) {
                CRC32 crc = new CRC32();
                crc.update(e.getValue());
                ZipEntry entry = new ZipEntry(e.getKey());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(e.getValue().length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(e.getValue());
            }
        }
        return file;
    }
}
