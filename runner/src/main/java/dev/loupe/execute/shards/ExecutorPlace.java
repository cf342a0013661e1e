package dev.loupe.execute.shards;

import java.nio.file.Path;
import java.util.List;

/**
 * Where tasks of one process run.
 *
 * @param name what messages call it: {@code executor 3 on host7}
 * @param scratch a folder of its own, which goes with it
 * @param folders where model files may lie already: model folders, the hub's cache, the cache of trained weights
 * @param tasks how many tasks run at once
 * @param memory bytes of its machine, or of what it may use of it; 0 where that is not known
 * @param answer bytes of parts that fill an answer: what is more is asked for again, so that no answer is larger than memory
 * @param home whether it is the process that started the run, so that files lie where it says
 */
public record ExecutorPlace(
        String name, Path scratch, List<Path> folders, int tasks, long memory, long answer, boolean home) {}
