package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.execute.request.RunRequest;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.SpecFile;
import dev.loupe.resolve.Specs;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.tensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attribution against an independent forward pass with automatic gradients; {@code attribution.json} says how. */
class AttributionParityTest {
    private static final Path PARITY = Specs.HOME.resolve("tests/src/test/resources/parity");
    private static final List<String> NAMES = List.of(
            "neurons",
            "attribution/clean/z",
            "attribution/clean/z_pos",
            "attribution/clean/resid_mid",
            "attribution/clean/neuron",
            "attribution/clean/pattern",
            "attribution/corrupted/z",
            "attribution/corrupted/z_pos",
            "attribution/corrupted/resid_mid",
            "attribution/corrupted/neuron",
            "attribution/corrupted/pattern",
            "attribution-ig/clean/z",
            "attribution-ig/clean/z_pos",
            "attribution-ig/clean/neuron",
            "attribution-ig/corrupted/z",
            "attribution-ig/corrupted/z_pos",
            "attribution-ig/corrupted/neuron",
            "eap/clean",
            "eap/corrupted",
            "eap-ig/clean",
            "eap-ig/corrupted",
            "edge.exact");

    @TempDir
    Path folder;

    @Test
    void equalsAnIndependentForwardPass() throws IOException {
        Path spec = PARITY.resolve("gpt2/attribution.yaml");
        SpecFile.Checked checked =
                new SpecFile(spec, PARITY, null, List.of(), new ModelCatalog(List.of(PARITY))).check();
        RunRequest request = new RunRequest(folder.resolve("out"), folder.resolve("cache"), "cpu", true, "", "");
        new ExperimentRun(checked, "", request, Progress.silent(), new StopSignal()).run();
        SafetensorsFile ours = SafetensorsFile.open(folder.resolve("out/results.safetensors"));
        JsonNode numbers = new ObjectMapper()
                .readTree(PARITY.resolve("gpt2/attribution.json").toFile())
                .get("numbers");
        List<String> off = new ArrayList<>();
        for (String name : NAMES) {
            List<Double> expected = new ArrayList<>();
            flatten(numbers.get(name), expected);
            float[] got = ours.tensor(name).floats();
            assertThat(got).as(name).hasSize(expected.size());
            for (int i = 0; i < got.length; i++) {
                boolean bothUndefined = Double.isNaN(expected.get(i)) && Float.isNaN(got[i]);
                if (!bothUndefined && !(Math.abs(got[i] - expected.get(i)) <= 1e-4)) {
                    off.add(name + " [" + i + "] is " + got[i] + ", not " + expected.get(i));
                }
            }
        }
        assertThat(off).isEmpty();
    }

    private static void flatten(JsonNode node, List<Double> into) {
        if (node.isArray()) {
            node.forEach(n -> flatten(n, into));
        } else {
            into.add(node.isNull() ? Double.NaN : node.asDouble());
        }
    }
}
