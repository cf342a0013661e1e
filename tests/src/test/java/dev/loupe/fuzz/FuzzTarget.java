package dev.loupe.fuzz;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One kind of file that may be hostile.
 *
 * @param seeds sound files that mutants are made of
 * @param words of the format
 * @param file the mutant's name in its folder
 * @param wrap what becomes of a mutant before it is written, such as a checksum made right
 * @param reader reads all of it, and throws what the project throws
 */
record FuzzTarget(
        String name, List<byte[]> seeds, List<String> words, String file, UnaryOperator<byte[]> wrap, Reader reader) {
    /** Reads a mutant. */
    interface Reader {
        /**
         * @param folder the mutant's folder, with what else belongs there
         * @throws Exception what is wrong with the mutant
         */
        void read(Path folder) throws Exception;
    }

    FuzzTarget(String name, List<byte[]> seeds, List<String> words, String file, Reader reader) {
        this(name, seeds, words, file, UnaryOperator.identity(), reader);
    }
}
