package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.execute.request.RunRequest;
import dev.loupe.progress.SilentProgress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.SpecFile;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.tensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All activation patching functions of TransformerLens, direct attribution and logit lens: one spec per fixture, stored under the fixture's names. */
class PatchingParityTest {
    private static final Path PARITY = Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/parity");

    @TempDir
    Path folder;

    /** Models without a file of their own are asked what llama-gqa is asked; a parallel block has no resid_mid. */
    private Path spec(String model) throws IOException {
        Path own = PARITY.resolve(model).resolve("patching.yaml");
        if (Files.exists(own)) {
            return own;
        }
        Files.copy(PARITY.resolve(model).resolve("analyses.safetensors"), folder.resolve("analyses.safetensors"));
        String text = Files.readString(PARITY.resolve("llama-gqa/patching.yaml"))
                .replace("{folder: .,", "{folder: \"" + PARITY.resolve(model) + "\",");
        if (model.equals("gptj")) {
            text = text.lines().filter(line -> !line.contains("resid_mid")).collect(Collectors.joining("\n"));
        }
        return Files.writeString(folder.resolve("patching.yaml"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama-gqa", "qwen3", "gemma2", "gemma3-scaled", "phi3", "olmo2", "gptj"})
    void patchesAsTransformerLensDoes(String model) throws IOException {
        Path spec = spec(model);
        SpecFile.Checked checked =
                new SpecFile(spec, PARITY, null, List.of(), new ModelCatalog(List.of(PARITY))).check();
        RunRequest request = new RunRequest(folder.resolve("out"), folder.resolve("cache"), "cpu", true, "", "");
        new ExperimentRun(checked, "", request, SilentProgress.INSTANCE, new StopSignal()).run();
        SafetensorsFile ours = SafetensorsFile.open(folder.resolve("out/results.safetensors"));
        SafetensorsFile theirs = SafetensorsFile.open(PARITY.resolve(model).resolve("analyses.safetensors"));
        List<String> names = theirs.names().stream()
                .filter(n -> n.startsWith("patch/") || n.endsWith("_logit_diff") && !n.contains("/"))
                .toList();
        assertThat(names).hasSize(model.equals("gptj") ? 19 : 20);
        for (String name : names) {
            float[] expected = theirs.tensor(name).floats();
            float[] got = ours.tensor(name).floats();
            if (name.startsWith("patch/")) {
                assertThat(ours.tensor(name).shape())
                        .as(name)
                        .containsExactly(theirs.tensor(name).shape());
            }
            for (int i = 0; i < expected.length; i++) {
                assertThat(got[i]).as(name + " [" + i + "]").isCloseTo(expected[i], within(1e-5f));
            }
        }
        float clean = theirs.tensor("clean_logit_diff").floats()[0];
        float corrupted = theirs.tensor("corrupted_logit_diff").floats()[0];
        float[] patched = theirs.tensor("patch/resid_pre").floats();
        float[] recovered = ours.tensor("recovered").floats();
        for (int i = 0; i < patched.length; i++) {
            // Small differences lose digits: an error of 4e-6 in each of three values.
            float error = 4e-6f * (2 + Math.abs(recovered[i])) / Math.abs(clean - corrupted);
            assertThat(recovered[i]).isCloseTo((patched[i] - corrupted) / (clean - corrupted), within(error));
        }
        // The fixture keeps each row's value [part, row], a result their mean; our attribution has the unembedding's
        // bias too.
        for (String name : List.of("dla/per_component", "lens/accumulated_logit_diff")) {
            float[] expected = theirs.tensor(name).floats();
            float[] got = ours.tensor(name).floats();
            int parts = (int) theirs.tensor(name).shape()[0];
            assertThat(got).hasSize(name.startsWith("dla/") ? parts + 1 : parts);
            int rows = expected.length / parts;
            for (int i = 0; i < parts; i++) {
                double mean = 0;
                for (int r = 0; r < rows; r++) {
                    mean += expected[i * rows + r] / (double) rows;
                }
                assertThat((double) got[i]).as(name + " [" + i + "]").isCloseTo(mean, within(1e-5));
            }
        }
    }
}
