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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steering a model without normalisation after its last block, where the logits are linear in the residual stream. */
class SteerTest {
    private static final Path PARITY = Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/parity");

    @TempDir
    Path folder;

    @Test
    void addsAndProjectsOutADifferenceOfMeans() throws IOException {
        SafetensorsFile out = run();
        float clean = value(out, "clean");
        float once = value(out, "once");
        // Not to the last bit: the edited run takes up later and multiplies fewer rows at once.
        assertThat(value(out, "none")).isCloseTo(clean, within(1e-6f));
        assertThat(Math.abs(once - clean)).isGreaterThan(1e-4f);
        assertThat(value(out, "twice") - clean).isCloseTo(2 * (once - clean), within(1e-4f));
        assertThat(value(out, "out")).isNotCloseTo(clean, within(1e-4f));
        assertThat(value(out, "out")).isCloseTo(value(out, "turned"), within(1e-4f));
        assertThat(out.tensor("sweep").shape()).containsExactly(1);
        // A list of strengths is an axis, and each of its numbers that of the strength alone.
        assertThat(out.tensor("strengths").floats())
                .containsExactly(new float[] {value(out, "none"), once, value(out, "twice")}, within(1e-6f));
        assertThat(out.tensor("each-layer").shape()).containsExactly(1, 2);
        assertThat(out.tensor("each-layer").floats()[0]).isEqualTo(value(out, "sweep"), within(1e-6f));
        assertThat(out.tensor("change").floats())
                .containsExactly(new float[] {0, once - clean, value(out, "twice") - clean}, within(2e-6f));
    }

    private SafetensorsFile run() throws IOException {
        String steer = "{steer: resid_post, toward: default, away: default/corrupted, layer: 0, ";
        Path spec = Files.writeString(folder.resolve("steer.yaml"), """
                loupe: 1
                model: tl-relu-no-norm
                dataset: {generator: tokens, ids: [[1, 2, 3]], corrupted: [[1, 5, 6]], answer: [7], wrong: [8]}
                metric: logit-difference
                intervention:
                  none: %1$sby: 0.0}
                  once: %1$sby: 1.0}
                  twice: %1$sby: 2.0}
                  out: %1$smode: project-out}
                  turned: {steer: resid_post, toward: default/corrupted, away: default, layer: 0, mode: project-out}
                  sweep: {steer: attn_out, toward: default, away: default/corrupted}
                  strengths: %1$sby: [0, 1, 2]}
                  each-layer: {steer: attn_out, toward: default, away: default/corrupted, by: [1, 2]}
                measure:
                  clean: {evaluate: default}
                  none: {apply: none, read: default}
                  once: {apply: once, read: default}
                  twice: {apply: twice, read: default}
                  out: {apply: out, read: default}
                  turned: {apply: turned, read: default}
                  sweep: {apply: sweep, read: default}
                  strengths: {apply: strengths, read: default}
                  change: {apply: strengths, read: default, as: change}
                  each-layer: {apply: each-layer, read: default}
                """.formatted(steer));
        SpecFile.Checked checked =
                new SpecFile(spec, folder, null, List.of(), new ModelCatalog(List.of(PARITY))).check();
        RunRequest request = new RunRequest(folder.resolve("out"), folder.resolve("cache"), "cpu", true, "", "");
        new ExperimentRun(checked, "", request, SilentProgress.INSTANCE, new StopSignal()).run();
        return SafetensorsFile.open(folder.resolve("out/results.safetensors"));
    }

    private static float value(SafetensorsFile file, String name) {
        return file.tensor(name).floats()[0];
    }
}
