package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Terminal;
import dev.loupe.cli.terminal.WatchedOutput;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.tensors.GgufWriter;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.SafetensorsWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damaged models as a user meets them: {@code trace} and {@code run} say what is wrong, and end with 2. */
class BadWeightsOnTheCommandLineTest {
    private static final Path LLAMA =
            Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/parity/llama-gqa");
    private static final String Q = "model.layers.0.self_attn.q_proj.weight";
    private static final String UP = "model.layers.1.mlp.up_proj.weight";

    @TempDir
    Path folder;

    private Path model;
    private final Map<String, float[]> values = new TreeMap<>();
    private final Map<String, long[]> shapes = new TreeMap<>();

    @BeforeEach
    void aWholeModel() throws IOException {
        model = Files.createDirectories(folder.resolve("model"));
        Files.copy(LLAMA.resolve("config.json"), model.resolve("config.json"));
        SafetensorsFile file = SafetensorsFile.open(LLAMA.resolve("model.safetensors"));
        for (String name : file.names()) {
            values.put(name, file.floats(name));
            shapes.put(name, file.shape(name));
        }
        write();
    }

    private void write() throws IOException {
        SafetensorsWriter out = new SafetensorsWriter();
        values.forEach((name, numbers) -> out.floats(name, shapes.getOrDefault(name, new long[0]), numbers));
        out.write(model.resolve("model.safetensors"));
    }

    private record Ended(ExitCode exit, String said) {}

    private static Ended loupe(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        WatchedOutput sink = new WatchedOutput(out);
        Terminal terminal = new Terminal(
                new PrintStream(sink, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                sink,
                false,
                false,
                false,
                100);
        Session session = new Session(terminal, Progress.silent(), new StopSignal(), Map.of());
        ExitCode exit = new Main(session, Commands.all()).run(List.of(words));
        return new Ended(exit, err.toString(StandardCharsets.UTF_8));
    }

    private Ended trace() {
        return loupe(
                "trace",
                "--model",
                model.toString(),
                "--tokens",
                "1,2,3",
                "--out",
                folder.resolve("trace.safetensors").toString());
    }

    private Ended run(String dataset) throws IOException {
        Path spec = Files.writeString(
                folder.resolve("spec.yaml"),
                "loupe: 1\nmodel: {folder: " + model + "}\ndataset: " + dataset + "\nmetric: loss\n");
        return loupe(
                "run",
                spec.toString(),
                "--device",
                "cpu",
                "--out",
                folder.resolve("runs").toString());
    }

    private static final String ROWS = "{generator: repeated-tokens, period: 4..6, length: 20, rows: 4, seed: 1}";

    private void refused(String... wanted) throws IOException {
        for (Ended ended : List.of(trace(), run(ROWS))) {
            assertThat(ended.exit()).as(ended.said()).isEqualTo(ExitCode.INPUT_WRONG);
            assertThat(ended.said()).contains(wanted).doesNotContain("Exception");
        }
        assertThat(folder.resolve("trace.safetensors")).doesNotExist();
    }

    @Test
    void theWholeModelRuns() throws IOException {
        assertThat(trace().exit()).isEqualTo(ExitCode.CLAIMS_HOLD);
        Ended ended = run(ROWS);
        assertThat(ended.exit()).as(ended.said()).isEqualTo(ExitCode.CLAIMS_HOLD);
    }

    @Test
    void everyTensorThatIsWrongIsNamedAtOnce() throws IOException {
        shapes.put(Q, new long[] {31, 32});
        values.put(Q, new float[31 * 32]);
        values.remove(UP);
        values.put("model.layers.0.self_attn.q_norm.weight", new float[1]);
        write();
        refused(
                "model.safetensors",
                "'" + Q + "' has the shape [31, 32], the configuration needs [32, 32]",
                "missing: " + UP,
                "tensors that are not part of the model: model.layers.0.self_attn.q_norm.weight");
    }

    @Test
    void numbersThatAreNoneAreNamedAsTheFileNamesThem() throws IOException {
        values.getOrDefault(Q, new float[0])[7] = Float.NaN;
        values.getOrDefault(UP, new float[0])[0] = Float.NEGATIVE_INFINITY;
        write();
        refused("model.safetensors: NaN or infinity in " + Q + ", " + UP);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"num_hidden_layers\": 2 | \"num_hidden_layers\": 1 | tensors that are not part of the model: "
                        + "model.layers.1.input_layernorm",
                "\"num_hidden_layers\": 2 | \"num_hidden_layers\": 3 | missing: model.layers.2.input_layernorm.weight",
                "\"hidden_size\": 32 | \"hidden_size\": 64 | most tensors do not match the configuration",
                "\"vocab_size\": 61 | \"vocab_size\": 60 | the configuration needs [60, 32]",
                "\"num_attention_heads\": 4 | \"num_attention_heads\": 3 | n_heads must be a multiple of n_key_value_heads",
                "\"hidden_size\": 32 | \"hidden_size\": 1000000000 | must be 1..",
                "\"num_hidden_layers\": 2 | \"num_hidden_layers\": -4 | must be 0..",
                "\"vocab_size\": 61 | \"vocab_size\": 61, \"final_logit_softcapping\": 30.0 | 'final_logit_softcapping': 30.0 is not supported",
            })
    void aConfigurationThatDisagreesIsRefused(String from, String to, String why) throws IOException {
        Path config = model.resolve("config.json");
        String json = Files.readString(config);
        assertThat(json).contains(from);
        Files.writeString(config, json.replace(from, to));
        refused(why);
    }

    @Test
    void halfAFileIsRefused() throws IOException {
        Path file = model.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        refused("model.safetensors", "lie outside the");
        Files.write(file, new byte[0]);
        refused("0 bytes are too few");
    }

    @Test
    void aPickleThatIsCutOffSaysSo() throws IOException {
        Files.delete(model.resolve("model.safetensors"));
        Path torch =
                Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/parity/tl-solu/model_final.pth");
        byte[] bytes = Files.readAllBytes(torch);
        Files.write(model.resolve("pytorch_model.bin"), Arrays.copyOf(bytes, bytes.length / 2));
        refused("pytorch_model.bin: is a truncated zip file");
        Files.write(model.resolve("pytorch_model.bin"), new byte[] {1, 2, 3});
        refused("pytorch_model.bin: is not a zip file");
    }

    @Test
    void aGgufFileThatDisagreesIsRefusedWithBothNames() throws IOException {
        Files.delete(model.resolve("model.safetensors"));
        GgufWriter out = new GgufWriter()
                .text("general.architecture", "llama")
                .whole("llama.block_count", 5)
                .whole("llama.embedding_length", 32)
                .whole("llama.feed_forward_length", 56)
                .whole("llama.attention.head_count", 4)
                .whole("llama.attention.head_count_kv", 2)
                .whole("llama.context_length", 32)
                .whole("llama.vocab_size", 62)
                .texts("tokenizer.ggml.tokens", java.util.Collections.nCopies(64, "x"))
                .tensor("token_embd.weight", new long[] {61, 32}, new float[61 * 32]);
        out.write(model.resolve("m.gguf"));
        refused(
                "m.gguf",
                "llama.vocab_size is 62, and token_embd.weight has 61 rows",
                "lacks llama.attention.layer_norm_rms_epsilon");
    }

    @Test
    void aTokenWithoutAnEmbeddingIsRefusedWhereTextNeedsIt() throws IOException {
        StringBuilder words = new StringBuilder("\"the\": 0");
        for (int id = 1; id < 62; id++) {
            words.append(", \"w").append(id).append("\": ").append(id);
        }
        Files.writeString(model.resolve("tokenizer.json"), """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
                 "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null, "decoder": null,
                 "model": {"type": "WordLevel", "vocab": {%s}, "unk_token": "the"}}
                """.formatted(words));
        Ended within = run("{generator: text, text: [\"the w1 w2 the w1\"]}");
        assertThat(within.exit()).as(within.said()).isEqualTo(ExitCode.CLAIMS_HOLD);
        Ended beyond = run("{generator: text, text: [\"the w1 w61 the w1\"]}");
        assertThat(beyond.exit()).as(beyond.said()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(beyond.said()).contains("w61", "61");
    }
}
