package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.loupe.cli.terminal.ErrorMapping;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.folder.HubTokenizer;
import dev.loupe.result.store.ResultStore;
import dev.loupe.tensors.GgufFile;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.TorchFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broken files of every kind through every reader: no message has the words of a library. */
class PlainMessagesTest {
    private static final Pattern LIBRARY = Pattern.compile(
            "\\w\\.[A-Z]\\w+(Exception|Error)|Exception\\b|\\bjava\\.|com\\.|org\\.|REDACTED|StreamRead|StreamConstraints"
                    + "|was expecting|\\(code \\d|block end|<stream end>|while (scanning|parsing)|untagged|serde|Malformed");

    private interface Reader {
        void read(Path file) throws Exception;
    }

    @TempDir
    Path folder;

    private static Map<String, byte[]> broken() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("empty", new byte[0]);
        files.put("not-text", new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2, (byte) 0x9b, 7});
        for (String text : new String[] {
            "{",
            "{\"a\": }",
            "{\"a\": 1,, }",
            "[1, 2",
            "{\"a\" 1}",
            "nonsense",
            "\"open",
            "{\"a\": \"\\q\"}",
            "{\"a\": 01}",
            "]",
            "{\"a\": \"\n\"}",
            "null",
            "[]",
            "{\"a\": 1}",
            "a: b: c",
            "a: [1",
            "a: {b",
            "- a\nb: c",
            "a: 'open",
            "a: @b",
            "a: !t",
            "a: *b",
            "%x",
            "a: |9x\n b",
            "\ta: 1",
            "a: \"\\x1\"",
            "? [",
            "a:\n - b\n  c: d"
        }) {
            files.put(text, text.getBytes(StandardCharsets.UTF_8));
        }
        files.put("deep", ("[".repeat(3000) + "]".repeat(3000)).getBytes(StandardCharsets.UTF_8));
        files.put("long number", ("{\"a\": " + "1".repeat(2000) + "}").getBytes(StandardCharsets.UTF_8));
        byte[] header = ("\u0008\0\0\0\0\0\0\0{\"a\": }").getBytes(StandardCharsets.UTF_8);
        files.put("header", header);
        return files;
    }

    @Test
    void noReaderSpeaksLikeALibrary() throws IOException {
        Map<String, Reader> readers = new LinkedHashMap<>();
        readers.put("model.safetensors", SafetensorsFile::open);
        readers.put("model.gguf", GgufFile::open);
        readers.put("pytorch_model.bin", TorchFile::open);
        readers.put("card.yaml", CardFile::read);
        readers.put(
                "tokenizer.json", file -> HubTokenizer.open(file.getParent()).encode("a"));
        readers.put("results.json", file -> new ResultStore().read(file.getParent()));
        int messages = 0;
        for (Map.Entry<String, Reader> reader : readers.entrySet()) {
            for (Map.Entry<String, byte[]> content : broken().entrySet()) {
                Path file = Files.createTempDirectory(folder, "r").resolve(reader.getKey());
                Files.write(file, content.getValue());
                Throwable thrown = catchThrowable(() -> reader.getValue().read(file));
                if (thrown != null) {
                    isPlain(ErrorMapping.of(thrown).message(), reader.getKey() + " of " + content.getKey());
                    messages++;
                }
            }
        }
        assertThat(messages).isGreaterThan(150);
    }

    @Test
    void specsAndDataFilesOfEveryKind() throws IOException {
        for (Map.Entry<String, byte[]> content : broken().entrySet()) {
            Path at = Files.createTempDirectory(folder, "s");
            Files.write(at.resolve("s.yaml"), content.getValue());
            Files.write(at.resolve("results.json"), content.getValue());
            Spoken spec = Spoken.of("validate", at.resolve("s.yaml").toString());
            assertThat(spec.exit()).isEqualTo(ExitCode.INPUT_WRONG);
            isPlain(spec.err(), "spec " + content.getKey());
            Spoken report = Spoken.of("report", at.toString());
            assertThat(report.exit()).isEqualTo(ExitCode.INPUT_WRONG);
            isPlain(report.err(), "results " + content.getKey());
            for (String data : new String[] {"prompts", "text", "tokens"}) {
                Files.write(at.resolve("d"), content.getValue());
                Files.writeString(
                        at.resolve("d.yaml"),
                        "loupe: 1\nquestion: q\nmodel: {plant: heads, vocabulary: 16, context: 32}\n"
                                + "dataset: {generator: " + data + ", file: d}\nmeasure: {s: {head-scores: [IND]}}\n");
                isPlain(Spoken.of("validate", at.resolve("d.yaml").toString()).err(), data + " " + content.getKey());
            }
        }
    }

    @Test
    void placesThatAreNoFiles() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        for (String[] words : new String[][] {
            {"validate", folder.toString()},
            {"validate", file + "/below"},
            {"report", folder.toString()},
            {"report", file.toString()},
            {"gallery", file.toString()},
            {"train", folder + "/none.yaml"},
            {"trace", "--model", folder.toString(), "--tokens", "1,x", "--out", file.toString()},
            {"trace", "--model", folder.toString(), "--tokens", "1", "--out", folder + "/none/t"},
            {"run", file.toString(), "--out", file.toString()},
            {"bench", "train", "--pairs", "x"},
            {"bench", "nothing"},
            {"generate", folder.toString(), "x", "--temperature", "hot"}
        }) {
            Spoken spoken = Spoken.of(words);
            assertThat(spoken.exit())
                    .as(String.join(" ", words))
                    .isIn(ExitCode.INPUT_WRONG, ExitCode.SURROUNDINGS_FAIL);
            isPlain(spoken.err(), String.join(" ", words));
        }
    }

    private static void isPlain(String message, String of) {
        assertThat(LIBRARY.matcher(message).find()).as("%s: %s", of, message).isFalse();
    }
}
