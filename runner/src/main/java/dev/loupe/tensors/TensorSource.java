package dev.loupe.tensors;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Consumer;

/** Named tensors of one file. */
public interface TensorSource {
    /** The file, for error messages. */
    Path file();

    /** Every file that its bytes lie in, or that says where they lie. */
    default List<Path> files() {
        return List.of(file());
    }

    SortedSet<String> names();

    default boolean has(String name) {
        return names().contains(name);
    }

    /** What the file itself calls a tensor, for error messages; it need not be there. */
    default String nameInFile(String name) {
        return name;
    }

    /** How a shape of this tensor stands in the file, for error messages. */
    default long[] shapeInFile(String name, long[] shape) {
        return shape;
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

    /** Takes rows of a tensor as float32. */
    interface Rows {
        /**
         * @param row its index over all axes but the last
         * @param from holds it from {@code at} on, and is valid during the call alone
         */
        void take(int row, float[] from, int at);
    }

    /**
     * Its rows along the last axis, each once, in any order and from several threads; without the whole tensor in memory
     * where the file allows that.
     */
    default void rows(String name, Rows to) {
        float[] all = floats(name);
        int width = width(shape(name));
        for (int at = 0; at < all.length; at += width) {
            to.take(at / width, all, at);
        }
    }

    /** Elements of a row. */
    static int width(long[] shape) {
        return shape.length == 0 ? 1 : Math.toIntExact(shape[shape.length - 1]);
    }

    /** Its bytes as they lie in the file, piece after piece; each is valid during the call alone. */
    default void stored(String name, Consumer<ByteBuffer> to) {
        to.accept(tensor(name).bytes());
    }
}
