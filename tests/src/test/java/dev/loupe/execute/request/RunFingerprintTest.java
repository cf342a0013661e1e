package dev.loupe.execute.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.model.forward.Precision;
import dev.loupe.resolve.Experiment;
import dev.loupe.resolve.SpecFile;
import dev.loupe.resolve.Specs;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever can change a number changes a run's identity, each by its bytes. */
class RunFingerprintTest {
    private static final Path GPT2 = Specs.HOME.resolve("tests/src/test/resources/parity/gpt2");

    @TempDir
    Path folder;

    private Map<String, String> parts(String yaml) throws IOException {
        Path spec = Files.writeString(folder.resolve("spec.yaml"), yaml);
        return RunFingerprint.parts(experiment(spec));
    }

    private Experiment experiment(Path spec) {
        return new SpecFile(spec, folder, null, List.of(), new ModelCatalog(List.of(Specs.HOME.resolve("models"))))
                .check()
                .experiment();
    }

    private void tensor(String name, float first) throws IOException {
        float[] values = new float[32];
        values[0] = first;
        new SafetensorsWriter().floats("v", new long[] {32}, values).write(folder.resolve(name));
    }

    private static String direction(String intervention) {
        return """
                loupe: 1
                model: {folder: "%s"}
                dataset: {generator: tokens, ids: [[1, 5, 9, 2, 7]], answer: [5], wrong: [7]}
                intervention: {%s}
                metric: logit-difference
                measure: {m: {apply: default, read: default}}
                """.formatted(GPT2, intervention);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "steer: resid_pre, along: {tensor: {file: d.safetensors, name: v}}, by: 3.0, layer: 1",
                "ablate: resid_pre, layers: [1], along: {tensor: {file: d.safetensors, name: v}}, with: zero",
                "steer: resid_pre, along: {random: {like: {tensor: {file: d.safetensors, name: v}}, seed: 1}}, by: 1.0, layer: 1"
            })
    void theFileOfADirection(String intervention) throws IOException {
        tensor("d.safetensors", 1);
        Map<String, String> before = parts(direction(intervention));
        assertThat(before).containsKey("file/d.safetensors");
        tensor("d.safetensors", 2);
        assertThat(parts(direction(intervention))).isNotEqualTo(before);
        tensor("d.safetensors", 1);
        assertThat(parts(direction(intervention))).isEqualTo(before);
    }

    @Test
    void theFileOfTokens() throws IOException {
        String spec = """
                loupe: 1
                model: {plant: heads}
                dataset: {generator: tokens, file: t.safetensors}
                measure: {m: {head-scores: [PREV]}}
                """;
        tokens(3);
        Map<String, String> before = parts(spec);
        tokens(4);
        assertThat(parts(spec)).isNotEqualTo(before).containsOnlyKeys(before.keySet());
    }

    private void tokens(long last) throws IOException {
        new SafetensorsWriter()
                .longs("clean_tokens", new long[] {1, 4}, new long[] {1, 2, 5, last})
                .write(folder.resolve("t.safetensors"));
    }

    /** Bytes that leave the rows as they are count too: what a file means may depend on all of it. */
    @Test
    void theTokenizerAndTheFileOfATextByEveryByte() throws IOException {
        Path model = copy(GPT2, folder.resolve("model"));
        Files.writeString(model.resolve("tokenizer.json"), """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
                 "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null, "decoder": null,
                 "model": {"type": "WordLevel", "vocab": {"a": 0, "b": 1, "c": 2}, "unk_token": "a"}}
                """);
        Files.writeString(folder.resolve("t.txt"), "a b c b");
        String spec = """
                loupe: 1
                model: {folder: model}
                dataset: {generator: text, file: t.txt, bos: none}
                metric: loss
                measure: {m: {evaluate: [default]}}
                """;
        Map<String, String> before = parts(spec);
        Files.writeString(folder.resolve("t.txt"), "a b c b\n");
        Map<String, String> text = parts(spec);
        assertThat(text).isNotEqualTo(before);
        Path tokenizer = model.resolve("tokenizer.json");
        Files.writeString(tokenizer, Files.readString(tokenizer).replace("\"a\": 0", "\"d\": 3, \"a\": 0"));
        assertThat(parts(spec)).isNotEqualTo(text);
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }

    @Test
    void deviceThreadsAndWeightsThatWereTrainedHere() throws IOException {
        Path weights = Files.writeString(folder.resolve("weights"), "one");
        Map<String, String> before = RunFingerprint.setting(Precision.F32, "cpu", Map.of("m", weights));
        assertThat(before)
                .containsEntry("device", "cpu")
                .containsEntry("dtype", "f32")
                .containsEntry("threads", Integer.toString(dev.loupe.backend.Backend.threads()))
                .containsEntry("kernels", dev.loupe.backend.Kernels.of("cpu"));
        assertThat(RunFingerprint.setting(Precision.F32, "gpu", Map.of()))
                .containsEntry("device", "gpu")
                .doesNotContainKey("threads");
        Files.writeString(weights, "two");
        assertThat(RunFingerprint.setting(Precision.F32, "cpu", Map.of("m", weights)))
                .isNotEqualTo(before);
    }

    @Test
    void theProgramByItsClasses() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("dev/loupe"));
        Files.writeString(classes.resolve("A.class"), "one");
        String before = CodeHash.of(folder);
        Files.writeString(classes.resolve("A.class"), "two");
        assertThat(CodeHash.of(folder)).isNotEqualTo(before).hasSize(16);
        assertThat(Versions.all()).containsEntry("code", CodeHash.ours());
    }
}
