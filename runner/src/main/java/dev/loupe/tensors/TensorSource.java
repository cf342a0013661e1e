package dev.loupe.tensors;

import java.nio.ByteBuffer;
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

    /** Its sizes, outermost first; nothing is read. */
    default long[] shape(String name) {
        return tensor(name).shape();
    }

    /** How its elements are stored. */
    default String type(String name) {
        return tensor(name).dtype().name();
    }

    default boolean isFloating(String name) {
        return tensor(name).dtype().isFloating();
    }

    /** Its elements as float32. */
    default float[] floats(String name) {
        return tensor(name).floats();
    }

    /** Its bytes as they lie in the file. */
    default ByteBuffer stored(String name) {
        return tensor(name).bytes();
    }
}
