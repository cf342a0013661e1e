package dev.loupe.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A standalone cluster of Spark on the loopback interface: a master and workers of one core each, as processes. */
final class LoopbackCluster implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(90);
    static final String LOOPBACK = "127.0.0.1";

    private final Path folder;
    private final int port;
    private final List<Process> processes = new ArrayList<>();
    private final Process master;

    LoopbackCluster(Path folder) throws IOException {
        this.folder = folder;
        Jars.links(Jars.sparks(), Files.createDirectories(folder.resolve("home/jars")));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String main = "org.apache.spark.deploy.master.Master";
        master = start("master", LOOPBACK, Map.of(), List.of(), main, "--port", "" + port, "--webui-port", "0");
        await().atMost(PATIENCE).until(this::answers);
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LOOPBACK, port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    void killMaster() {
        master.destroyForcibly();
        await().atMost(PATIENCE).until(() -> !master.isAlive());
    }

    String address() {
        return "spark://" + LOOPBACK + ":" + port;
    }

    /** Starts a worker whose executors have an environment of their own. */
    Process worker(String name, Map<String, String> environment) throws IOException {
        return worker(name, LOOPBACK, environment);
    }

    /** @param within what its process is started with, as the first words of the command */
    Process worker(String name, Map<String, String> environment, List<String> within) throws IOException {
        return worker(name, LOOPBACK, environment, within);
    }

    /** @param host its own address on the loopback interface: Spark makes no copy of a task on the host that it runs on */
    Process worker(String name, String host, Map<String, String> environment) throws IOException {
        return worker(name, host, environment, List.of());
    }

    private Process worker(String name, String host, Map<String, String> environment, List<String> within)
            throws IOException {
        return start(
                name,
                host,
                environment,
                within,
                "org.apache.spark.deploy.worker.Worker",
                "--cores",
                "1",
                "--memory",
                "6g",
                "--webui-port",
                "0",
                "--work-dir",
                folder.resolve("work-" + name).toString(),
                address());
    }

    private Process start(
            String name,
            String host,
            Map<String, String> environment,
            List<String> within,
            String main,
            String... words)
            throws IOException {
        List<String> command = new ArrayList<>(within);
        command.addAll(java("-Xmx256m"));
        command.addAll(List.of(main, "--host", host));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", host);
        builder.environment().putAll(environment);
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** A JVM with what Spark needs, as the launcher starts it, and the class path of this test. */
    static List<String> java(String... options) {
        return java(classPath(), options);
    }

    static List<String> java(String classPath, String[] options) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        for (String opened : List.of(
                "java.lang",
                "java.lang.invoke",
                "java.lang.reflect",
                "java.io",
                "java.net",
                "java.nio",
                "java.util",
                "java.util.concurrent",
                "java.util.concurrent.atomic",
                "jdk.internal.ref",
                "sun.nio.ch",
                "sun.nio.cs",
                "sun.security.action",
                "sun.util.calendar")) {
            command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
        }
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath));
        return command;
    }

    /** Spark's libraries before those with classes that stand in for a few of Hadoop's. */
    static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .sorted(Comparator.comparing((String entry) -> !entry.contains("hadoop-client")))
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
    }

    /** Kills the executors of a worker, and waits until they are gone. */
    static void killExecutors(Process worker) {
        List<ProcessHandle> killed = executors(worker);
        assertThat(killed).as("executors that are killed").isNotEmpty();
        killed.forEach(ProcessHandle::destroyForcibly);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> killed.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** The executors of a worker that are alive. */
    static List<ProcessHandle> executors(Process worker) {
        return worker.descendants()
                .filter(p -> p.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend")
                        || p.info().command().orElse("").endsWith("java"))
                .toList();
    }

    /** Everything that the cluster and its executors wrote. */
    String logs() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(
                            f -> f.toString().endsWith(".log") || f.endsWith("stderr") || f.endsWith("stdout"))
                    .toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>();
        for (Process process : processes) {
            process.descendants().forEach(all::add);
            all.add(process.toHandle());
        }
        all.forEach(ProcessHandle::destroyForcibly);
        await().atMost(PATIENCE).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        try {
            Jars.unlink(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
