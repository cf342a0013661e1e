package dev.loupe.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that have Spark and no Loupe: they get the jars of the program, PyTorch's libraries among them, or say what they lack. */
class SentJarsTest {
    @TempDir
    Path folder;

    private Drivers drivers;
    private LoopbackCluster cluster;
    private Path spec;

    @BeforeEach
    void aMachineWithSparkAlone() throws IOException {
        assumeFalse(File.separatorChar == '\\', "a cluster of processes is for systems with signals");
        drivers = new Drivers(folder);
        cluster = new LoopbackCluster(Files.createDirectories(folder.resolve("cluster")));
        Path empty = Files.createDirectories(folder.resolve("nothing unpacked"));
        cluster.worker("bare", Map.of("DJL_CACHE_DIR", empty.toString()));
        spec = Files.writeString(folder.resolve("scores.yaml"), """
                loupe: 1
                model: {planted: {plant: heads, vocabulary: 16}}
                dataset: {generator: repeated-tokens, period: 4..7, length: 16, rows: 40, seed: 1}
                measure: {scores: {head-scores: [IND], dataset: default, interval: {resamples: 100}}}
                """);
    }

    @AfterEach
    void noneIsLeft() throws IOException {
        if (cluster != null) {
            drivers.close();
            cluster.close();
            Jars.unlink(folder);
        }
    }

    @Test
    void theyGetTheJarsOfTheProgram() throws Exception {
        drivers.endsWell(drivers.run(spec, "whole"), "whole");

        String launched = Jars.launched(Files.createDirectories(folder.resolve("launched")));
        Process sent = drivers.run(launched, List.of(), spec, "sent", "--on", cluster.address());
        drivers.endsWell(sent, "sent");

        assertThat(drivers.results("sent", "scores")).isEqualTo(drivers.results("whole", "scores"));
    }

    @Test
    void withoutPyTorchsLibrariesTheySayWhatIsMissing() throws Exception {
        String without = Arrays.stream(LoopbackCluster.classPath().split(File.pathSeparator))
                .filter(entry -> !entry.contains("pytorch-native"))
                .collect(Collectors.joining(File.pathSeparator));
        Process lacking = drivers.run(
                LoopbackCluster.classPath(),
                List.of("-Dspark.executor.extraClassPath=" + without),
                spec,
                "lacking",
                "--on",
                cluster.address());

        int code = Drivers.end(lacking);

        assertThat(code).as(drivers.said("lacking")).isEqualTo(3);
        assertThat(drivers.said("lacking"))
                .contains("executor 0 on 127.0.0.1", "PyTorch's libraries do not load on")
                .doesNotContain("\tat ");
    }
}
