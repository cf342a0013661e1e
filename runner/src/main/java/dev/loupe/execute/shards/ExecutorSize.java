package dev.loupe.execute.shards;

/**
 * What one executor may use, by the settings of its engine.
 *
 * @param tasks at once; 0 where the cluster decides
 * @param heap bytes of its Java heap
 * @param beside bytes that it may use beside the heap; 0 where nothing limits them
 */
public record ExecutorSize(int tasks, long heap, long beside) {}
