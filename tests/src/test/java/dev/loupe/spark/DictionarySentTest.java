package dev.loupe.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.loupe.resolve.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dictionary of features travels as weights do: to an executor that sees neither the model nor the dictionary. */
class DictionarySentTest {
    private static final Path RESOURCES = Specs.HOME.resolve("tests/src/test/resources");

    @TempDir
    Path folder;

    @Test
    void featuresAreTheSameOnAnExecutorWithoutItsFiles() throws Exception {
        assumeTrue(FullDiskTest.mounts(), "skipped: needs Linux with name spaces of mounts (unshare)");
        try (Drivers drivers = new Drivers(folder);
                LoopbackCluster cluster = new LoopbackCluster(Files.createDirectories(folder.resolve("cluster")))) {
            copy("parity/gpt2", "gpt2", "config.json", "model.safetensors");
            copy("dictionaries/gpt2/resid", "resid", "cfg.json", "sae_weights.safetensors");
            Path spec = Files.writeString(folder.resolve("features.yaml"), """
                    loupe: 1
                    model:
                      plain: {folder: models/gpt2}
                      default: {dictionary: models/resid, of: plain}
                    dataset: {generator: repeated-tokens, period: 3..5, length: 14, rows: 60, seed: 3}
                    metric: loss
                    intervention: {ablate: dictionary.features, over: [layer, feature], with: {mean: {of: default}}}
                    measure: {damage: {apply: default, read: default, model: default, as: change, interval: {resamples: 100}}}
                    """);
            drivers.endsWell(drivers.run(spec, "whole"), "whole");
            String hidden = folder.resolve("models").toString();
            cluster.worker(
                    "bare",
                    Map.of(),
                    List.of("unshare", "-rm", "sh", "-c", "mount -t tmpfs none " + hidden + " && exec \"$@\"", "sh"));
            drivers.endsWell(drivers.run(spec, "sent", "--on", cluster.address()), "sent");
            assertThat(drivers.results("sent", "features")).isEqualTo(drivers.results("whole", "features"));
        }
    }

    private void copy(String from, String to, String... names) throws IOException {
        Path target = Files.createDirectories(folder.resolve("models").resolve(to));
        for (String name : names) {
            Files.copy(RESOURCES.resolve(from).resolve(name), target.resolve(name));
        }
    }
}
