package dev.loupe.cli.option;

import dev.loupe.execute.shards.Cluster;
import dev.loupe.execute.shards.ClusterModule;
import dev.loupe.execute.shards.ClusterRequest;
import dev.loupe.execute.shards.ExecutorSize;
import dev.loupe.execute.shards.HeapNeed;
import dev.loupe.execute.shards.MemoryNeed;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.resolve.rows.RowSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --on}, for commands that run plans or tell what running them takes. */
public final class OnOption {
    /** How the settings of the engine begin, which the user gives as properties of the JVM. */
    private static final String SETTINGS = "spark.";

    @Option(
            names = "--on",
            paramLabel = "MASTER",
            description =
                    "Run the shards of the plan on a cluster of Apache Spark 4: local[2] (two at once in this process), "
                            + "spark://HOST:PORT, k8s://HOST:PORT or yarn. Results have the same bytes. Without it everything runs "
                            + "in this process.")
    private @Nullable String master;

    public boolean given() {
        return master != null;
    }

    /**
     * Connects to the cluster.
     *
     * @param name what the cluster calls the run
     * @param rows of the plan's datasets
     * @param training the most that a training before the plan holds
     * @return null where none is asked for
     */
    public @Nullable Cluster open(String name, ExecutionPlan plan, Function<RowsRef, RowSet> rows, long training) {
        if (master == null) {
            return null;
        }
        MemoryNeed need = MemoryNeed.of(plan).with(training);
        check(need, HeapNeed.of(plan, rows));
        return module(master).open(master, new ClusterRequest("loupe " + name, need));
    }

    /** What an executor of the cluster may use. */
    public ExecutorSize size() {
        String address = String.valueOf(master);
        return module(address).size(address, settings());
    }

    /** What cannot fit is refused before anything starts. */
    public void check(MemoryNeed need, HeapNeed heap) {
        ExecutorSize size = size();
        need.check(size.tasks(), size.beside());
        heap.check(size);
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(SETTINGS))
                .forEach(name -> settings.put(name, System.getProperty(name, "")));
        return settings;
    }

    private static ClusterModule module(String master) {
        return ServiceLoader.load(ClusterModule.class)
                .findFirst()
                .orElseThrow(() -> new EnvironmentException("--on " + master
                        + ": this installation has no Spark. The release whose archive ends in -spark has it, and `./loupe` of "
                        + "a checkout fetches it at first use; on Windows there is none yet"));
    }
}
