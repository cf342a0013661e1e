package dev.loupe.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.loupe.resolve.Specs;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that begins with a model of others, and one that begins with that, on an executor: the files of one process. */
class TrainingElsewhereTest {
    /** So many steps that a stage of them is long enough to be told. */
    private static final String CARD = """
            card: trained
            title: a model for this test
            recipe:
              from: {%s}
              data: {generator: repeated-tokens, period: 3..4, length: 8}
              batch: 4
              steps: 400
              optimizer: {kind: adamw, learning-rate: 1e-3}
              checkpoints: {at: [0, 2]}
              seeds: [0, 1]
            """;

    @TempDir
    Path folder;

    @Test
    void aChainOfTrainings() throws Exception {
        assumeFalse(File.separatorChar == '\\', "a cluster of processes is for systems with signals");
        try (Drivers drivers = new Drivers(folder);
                LoopbackCluster cluster = new LoopbackCluster(Files.createDirectories(folder.resolve("cluster")))) {
            cluster.worker("only", Map.of());
            String gpt2 = "folder: " + Specs.HOME.resolve("tests/src/test/resources/parity/gpt2");
            Files.writeString(folder.resolve("models/tuned.yaml"), CARD.formatted(gpt2));
            Files.writeString(folder.resolve("models/again.yaml"), CARD.formatted("card: tuned, step: 2"));
            Path spec = Files.writeString(folder.resolve("tuned.yaml"), """
                    loupe: 1
                    model: {card: again, seeds: [0, 1]}
                    dataset: {generator: repeated-tokens, period: 3..4, length: 8, rows: 20, seed: 4}
                    measure: {scores: {head-scores: [IND], interval: {resamples: 100}}}
                    """);
            drivers.endsWell(drivers.run(spec, "whole"), "whole");
            drivers.endsWell(drivers.run(spec, "sent", "--on", cluster.address()), "sent");

            assertThat(drivers.results("sent", "tuned")).isEqualTo(drivers.results("whole", "tuned"));
            for (String card : List.of("tuned", "again")) {
                List<Path> made = weights(folder.resolve("cache-whole").resolve(card));
                assertThat(made).as("weights of %s", card).isNotEmpty();
                for (Path file : made) {
                    assertThat(folder.resolve("cache-sent").resolve(card).resolve(file.getFileName()))
                            .hasSameBinaryContentAs(file);
                }
            }
            assertThat(drivers.said("sent"))
                    .contains("training on all executors")
                    .doesNotContain("training again");
        }
    }

    private static List<Path> weights(Path cache) throws Exception {
        try (Stream<Path> files = Files.list(cache)) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                    .toList();
        }
    }
}
