package dev.loupe.tensors;

import java.nio.file.Path;
import java.util.SortedSet;

/** Named tensors of one file. */
public interface TensorSource {
    /** The file, for error messages. */
    Path file();

    SortedSet<String> names();

    default boolean has(String name) {
        return names().contains(name);
    }

    /** @throws TensorFileException where there is no such tensor */
    Tensor tensor(String name);
}
