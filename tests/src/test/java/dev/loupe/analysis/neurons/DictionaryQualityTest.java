package dev.loupe.analysis.neurons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.execute.ExperimentRun;
import dev.loupe.execute.request.RunRequest;
import dev.loupe.progress.SilentProgress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.SpecFile;
import dev.loupe.resolve.Specs;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.tensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the same quantities computed in torch from activations of HookedSAETransformer: {@code dictionaries/gpt2/make.py}. */
class DictionaryQualityTest {
    private static final Path RESOURCES = Specs.HOME.resolve("tests/src/test/resources");

    @TempDir
    Path folder;

    @Test
    void equalsTorch() throws IOException {
        Path gpt2 = RESOURCES.resolve("dictionaries/gpt2");
        SpecFile.Checked checked = new SpecFile(
                        gpt2.resolve("quality.yaml"),
                        RESOURCES,
                        null,
                        List.of(),
                        new ModelCatalog(List.of()),
                        RESOURCES.resolve("parity"))
                .check();
        RunRequest request = new RunRequest(folder.resolve("out"), folder.resolve("cache"), "cpu", true, "", "");
        new ExperimentRun(checked, "", request, SilentProgress.INSTANCE, new StopSignal()).run();
        SafetensorsFile ours = SafetensorsFile.open(folder.resolve("out/results.safetensors"));
        JsonNode expected =
                new ObjectMapper().readTree(gpt2.resolve("expected.json").toFile());
        for (String name : List.of("resid", "heads", "mlp", "top")) {
            JsonNode theirs = expected.get(name);
            near(ours, name + ".explained-variance", theirs.get("explained-variance"));
            near(ours, name + ".active", theirs.get("l0"));
            near(ours, name + ".dead", theirs.get("dead"));
            near(ours, name + "/recovered", theirs.get("recovered"));
            float[] density = ours.tensor(name + "/density").floats();
            assertThat(density).hasSize(theirs.get("density").size());
            for (int f = 0; f < density.length; f++) {
                assertThat((double) density[f])
                        .isCloseTo(theirs.get("density").get(f).asDouble(), within(1e-6));
            }
        }
    }

    private static void near(SafetensorsFile ours, String name, JsonNode expected) {
        float[] got = ours.tensor(name).floats();
        assertThat(got).as(name).hasSize(1);
        assertThat((double) got[0])
                .as(name)
                .isCloseTo(expected.asDouble(), within(1e-4 * Math.max(1, Math.abs(expected.asDouble()))));
    }
}
