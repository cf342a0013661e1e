package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/**
 * Features, their edits with and without the error term, and attribution through features, against SAELens'
 * HookedSAETransformer: an autoencoder at the residual stream with layer_norm, one at the heads, a transcoder with a skip, and a
 * topk whose decoder rows have any length.
 */
class DictionaryParityTest {
    private static final Path RESOURCES = Specs.HOME.resolve("tests/src/test/resources");
    private static final List<String> EDITS =
            List.of("with-error", "without-error", "each", "together", "together-without-error", "patched", "mean");

    @TempDir
    Path folder;

    @Test
    void equalsHookedSaeTransformer() throws IOException {
        Path gpt2 = RESOURCES.resolve("dictionaries/gpt2");
        SpecFile.Checked checked = new SpecFile(
                        gpt2.resolve("spliced.yaml"),
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
        near("clean", expected.get("clean"), ours.tensor("clean").floats());
        for (String name : List.of("resid", "heads", "mlp", "top")) {
            JsonNode theirs = expected.get(name);
            for (String edit : EDITS) {
                near(
                        name + "/" + edit,
                        theirs.get(edit),
                        ours.tensor(name + "/" + edit).floats());
            }
            near(
                    name,
                    theirs.get("activation"),
                    ours.tensor(name + "/activation").floats());
            near(name, theirs.get("largest"), ours.tensor(name + "/largest").floats());
            near(
                    name + "/attribution",
                    theirs.get("attribution"),
                    ours.tensor(name + "/attribution").floats());
            // With the error term a dictionary that nobody edits changes nothing but the rounding of products: a
            // normalised activation, as `mlp` reads it, is computed step by step, and on some processors the last bit
            // of a product depends on how many rows are multiplied at once.
            assertThat(ours.tensor(name + "/with-error").floats()[0])
                    .as(name)
                    .isCloseTo(ours.tensor("clean").floats()[0], within(1e-6f));
        }
    }

    private static void near(String what, JsonNode expected, float[] got) {
        if (!expected.isArray()) {
            assertThat(got).as(what).hasSize(1);
            assertThat((double) got[0]).as(what).isCloseTo(expected.asDouble(), within(1e-5));
            return;
        }
        assertThat(got).as(what).hasSize(expected.size());
        for (int i = 0; i < got.length; i++) {
            assertThat((double) got[i])
                    .as(what + " " + i)
                    .isCloseTo(expected.get(i).asDouble(), within(1e-5));
        }
    }
}
