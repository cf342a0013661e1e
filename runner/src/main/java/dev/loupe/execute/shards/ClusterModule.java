package dev.loupe.execute.shards;

import java.util.Map;

/**
 * An engine that runs tasks on other machines. It is there when its module is on the class path, which names its implementation
 * in {@code META-INF/services}.
 */
public interface ClusterModule {
    /**
     * Connects to a cluster.
     *
     * @param master its address, as the user wrote it
     * @param request what the run asks of it
     * @throws dev.loupe.failure.EnvironmentException where there is none
     * @throws dev.loupe.failure.UserInputException where the address is none
     */
    Cluster open(String master, ClusterRequest request);

    /**
     * Settings of the engine that limit an executor, as the user made them.
     *
     * @param settings by the engine's names
     */
    ExecutorSize size(String master, Map<String, String> settings);
}
