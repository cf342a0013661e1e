package dev.loupe.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs of the program in processes of their own, in one folder, with a token that must not travel. */
final class Drivers implements AutoCloseable {
    static final String TOKEN = "hf_NobodyMayReadThisToken";
    private static final int LONGEST_SECONDS = 240;

    private final Path folder;
    private final List<Process> started = new ArrayList<>();

    /** @param folder of specs, models and outputs */
    Drivers(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("models"));
    }

    /** Starts a run of a spec whose executors find the program installed on their machine. */
    Process run(Path spec, String out, String... more) throws IOException {
        return run(spec, out, List.of(), more);
    }

    /** @param settings of Spark, as options of the JVM */
    Process run(Path spec, String out, List<String> settings, String... more) throws IOException {
        List<String> options = new ArrayList<>(settings);
        options.add("-Dspark.executor.extraClassPath=" + LoopbackCluster.classPath());
        return run(LoopbackCluster.classPath(), options, spec, out, more);
    }

    /** @param classPath of the driver alone */
    Process run(String classPath, List<String> settings, Path spec, String out, String... more) throws IOException {
        List<String> options =
                new ArrayList<>(List.of("-Xmx512m", "-Dloupe.home=" + folder, "-Dspark.executor.memory=512m"));
        options.addAll(settings);
        List<String> command = LoopbackCluster.java(classPath, options.toArray(String[]::new));
        command.addAll(List.of("dev.loupe.cli.Main", "run", spec.toString(), "--device", "cpu"));
        command.addAll(List.of("--models", folder.resolve("models").toString()));
        command.addAll(List.of("--out", folder.resolve(out).toString()));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(out + ".txt").toFile());
        builder.environment()
                .putAll(Map.of(
                        "HF_TOKEN",
                        TOKEN,
                        "SPARK_LOCAL_IP",
                        LoopbackCluster.LOOPBACK,
                        "LOUPE_CACHE",
                        folder.resolve("cache-" + out).toString()));
        Process driver = builder.start();
        started.add(driver);
        return driver;
    }

    static int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                .as("it ends")
                .isTrue();
        return process.exitValue();
    }

    /** Ends well, or says what the run wrote. */
    void endsWell(Process process, String out) throws Exception {
        assertThat(end(process)).as(said(out)).isZero();
    }

    String said(String out) throws IOException {
        return Files.readString(folder.resolve(out + ".txt"));
    }

    byte[] results(String out, String spec) throws IOException {
        return Files.readAllBytes(folder.resolve(out).resolve(spec).resolve("results.safetensors"));
    }

    /** Waits until a run has kept the first of its shards. */
    void untilSomeAreKept(Process process, String out) {
        await().atMost(LoopbackCluster.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    assertThat(process.isAlive()).as(said(out)).isTrue();
                    return !kept(out).isEmpty();
                });
    }

    private List<Path> kept(String out) throws IOException {
        Path start = folder.resolve(out);
        if (!Files.exists(start)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(start)) {
            return tree.filter(f -> f.toString().endsWith(".safetensors")).toList();
        } catch (UncheckedIOException e) {
            // A file went away while we looked.
            return List.of();
        }
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
    }
}
