package dev.loupe.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.execute.DrawnSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Specs that nobody wrote end on Spark, two tasks at once, with the bytes of one process. */
class RandomSpecsTest {
    private static final int SPECS = 3;
    private static final String[] MODELS = {"gpt2", "llama", "untrained", "planted", "gemma2", "qwen3"};

    @TempDir
    Path folder;

    @Test
    void endWithTheSameBytes() throws Exception {
        List<String> specs = new ArrayList<>();
        for (int seed = 0; seed < SPECS; seed++) {
            // Seeds of their own: those from 0 on are tried in this process, by other tests.
            String yaml = new DrawnSpec(new Random(2200 + seed), MODELS).spec();
            specs.add(Files.writeString(folder.resolve("drawn" + seed + ".yaml"), yaml)
                    .toString());
        }
        String[] others = specs.subList(1, SPECS).toArray(String[]::new);
        List<String> on = new ArrayList<>(List.of(others));
        on.addAll(List.of("--on", "local[2]"));
        try (Drivers drivers = new Drivers(folder)) {
            Path first = Path.of(specs.get(0));
            drivers.endsWell(drivers.run(first, "whole", others), "whole");
            drivers.endsWell(drivers.run(first, "on", on.toArray(String[]::new)), "on");
            for (int seed = 0; seed < SPECS; seed++) {
                assertThat(drivers.results("on", "drawn" + seed))
                        .as(Files.readString(folder.resolve("drawn" + seed + ".yaml")))
                        .isEqualTo(drivers.results("whole", "drawn" + seed));
            }
        }
    }
}
