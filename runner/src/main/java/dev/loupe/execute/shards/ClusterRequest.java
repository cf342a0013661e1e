package dev.loupe.execute.shards;

/**
 * What a run asks of a cluster.
 *
 * @param name what the cluster's own page shows
 * @param memory that its plan needs
 */
public record ClusterRequest(String name, MemoryNeed memory) {}
