package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Path patching, windows, neurons, frozen activations and directions against an independent forward pass: one spec runs them
 * all, {@code interventions.json} says how its numbers were made.
 */
class InterventionsParityTest {
    private static final Path PARITY = Specs.HOME.resolve("tests/src/test/resources/parity");

    @TempDir
    Path folder;

    @Test
    void equalsAnIndependentForwardPass() throws IOException {
        Path spec = PARITY.resolve("gpt2/interventions.yaml");
        SpecFile.Checked checked =
                new SpecFile(spec, PARITY, null, List.of(), new ModelCatalog(List.of(PARITY))).check();
        RunRequest request = new RunRequest(folder.resolve("out"), folder.resolve("cache"), "cpu", true, "", "");
        new ExperimentRun(checked, "", request, SilentProgress.INSTANCE, new StopSignal()).run();
        SafetensorsFile ours = SafetensorsFile.open(folder.resolve("out/results.safetensors"));
        JsonNode numbers = new ObjectMapper()
                .readTree(PARITY.resolve("gpt2/interventions.json").toFile())
                .get("numbers");
        List<String> off = new ArrayList<>();
        assertThat(numbers.size()).isEqualTo(70);
        for (Iterator<Map.Entry<String, JsonNode>> all = numbers.fields(); all.hasNext(); ) {
            Map.Entry<String, JsonNode> entry = all.next();
            List<Double> expected = new ArrayList<>();
            flatten(entry.getValue(), expected);
            float[] got = ours.tensor(entry.getKey()).floats();
            assertThat(got).as(entry.getKey()).hasSize(expected.size());
            for (int i = 0; i < got.length; i++) {
                if (!(Math.abs(got[i] - expected.get(i)) <= 1e-4)) {
                    off.add(entry.getKey() + " [" + i + "] is " + got[i] + ", not " + expected.get(i));
                }
            }
        }
        assertThat(off).isEmpty();
        assertThat(ours.tensor("window/mlp_out").shape()).containsExactly(3, 2);
        assertThat(ours.tensor("neurons/mlp_post").shape()).containsExactly(2, 64);
    }

    private static void flatten(JsonNode node, List<Double> into) {
        if (node.isArray()) {
            node.forEach(n -> flatten(n, into));
        } else {
            into.add(node.asDouble());
        }
    }
}
