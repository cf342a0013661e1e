package dev.loupe.spark;

import dev.loupe.execute.shards.ClusterRequest;
import dev.loupe.execute.shards.ExecutorSize;
import dev.loupe.failure.UserInputException;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;

/**
 * Spark's settings: what the user set, which Spark reads from system properties that begin with {@code spark.}, and what Loupe
 * sets where the user did not. Nothing of the environment is among them, so that no token reaches a log or a page.
 */
final class SparkSettings {
    private static final String CORES = "spark.executor.cores";
    private static final String HEAP = "spark.executor.memory";
    private static final String BESIDE = "spark.executor.memoryOverhead";
    private static final String INSTALLED = "spark.executor.extraClassPath";

    /** Of libraries that every Spark distribution has. */
    private static final String SPARKS_OWN = "lib-spark";

    private static final long MEBI = 1 << 20;
    private static final long LEAST_HEAP = 450 * MEBI;

    private SparkSettings() {}

    static SparkConf of(String master, ClusterRequest request) {
        SparkConf conf = new SparkConf()
                .setMaster(master)
                .setAppName(request.name())
                .setIfMissing("spark.ui.enabled", "false")
                // Results go to the disk as they come, however many there are.
                .setIfMissing("spark.driver.maxResultSize", "0")
                // A task fails only with the executor that it was on: whatever it can say itself is its answer.
                .setIfMissing("spark.task.maxFailures", "16")
                .setIfMissing(CORES, "1")
                .setIfMissing(HEAP, "1g")
                .setIfMissing("spark.executorEnv.OMP_WAIT_POLICY", "PASSIVE")
                .setIfMissing(
                        "spark.executor.extraJavaOptions",
                        // Its Java is the first line of its log; it computes on the device of this machine.
                        "-showversion -XX:+UseSerialGC -Dloupe.natives=" + System.getProperty("loupe.natives", "cpu"));
        if (!local(master)) {
            long beside = request.memory().of(conf.getInt(CORES, 1)) / MEBI;
            conf.setIfMissing(BESIDE, beside + "m");
            if (!conf.contains(INSTALLED)) {
                conf.set("spark.jars", String.join(",", sent()));
                conf.set("spark.executor.userClassPathFirst", "true");
            }
        }
        return conf;
    }

    static boolean local(String master) {
        return master.startsWith("local");
    }

    /** The jars of this program that an executor needs, which reads no data files. */
    private static List<String> sent() {
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            Path jar = Path.of(entry).toAbsolutePath().normalize();
            boolean reads = String.valueOf(jar.getFileName()).startsWith("parquet");
            if (Files.isRegularFile(jar) && !sparks(jar) && !reads) {
                jars.add(jar.toUri().toString());
            }
        }
        return jars;
    }

    /** Whether every executor has a jar already: one of Spark itself, or of those that the user added to it. */
    private static boolean sparks(Path jar) {
        Path folder = jar.getParent();
        String added = System.getenv().getOrDefault("LOUPE_SPARK_JARS", "");
        return folder != null
                && (folder.endsWith(SPARKS_OWN)
                        || !added.isBlank()
                                && folder.equals(Path.of(added).toAbsolutePath().normalize()));
    }

    static ExecutorSize size(String master, Map<String, String> settings) {
        if (local(master)) {
            return new ExecutorSize(tasks(master), 0, machine());
        }
        long heap = bytes(HEAP, settings.getOrDefault(HEAP, "1g"));
        if (heap < LEAST_HEAP) {
            throw new UserInputException(
                    HEAP + " must be at least " + LEAST_HEAP / MEBI + "m, which Spark needs itself");
        }
        return new ExecutorSize(
                Integer.parseInt(settings.getOrDefault(CORES, "1")),
                heap,
                settings.containsKey(BESIDE) ? bytes(BESIDE, settings.getOrDefault(BESIDE, "")) : 0);
    }

    /** Bytes of memory of this machine, or of what this process may use of it; 0 where that is not known. */
    static long machine() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }

    private static int tasks(String master) {
        String inside = master.replaceAll("local\\[?|]", "");
        return inside.equals("*")
                ? Runtime.getRuntime().availableProcessors()
                : inside.isEmpty() ? 1 : Integer.parseInt(inside);
    }

    /** Spark reads an amount without a unit as mebibytes. */
    private static long bytes(String setting, String text) {
        try {
            return MEBI * org.apache.spark.network.util.JavaUtils.byteStringAsMb(text);
        } catch (NumberFormatException e) {
            throw new UserInputException(setting + " is an amount of memory such as 4g, not " + text, e);
        }
    }
}
