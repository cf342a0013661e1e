package dev.loupe.dataset;

import java.nio.file.Path;
import java.util.Set;

/**
 * What a dataset may look at besides its options.
 *
 * @param folder where relative file names start: the folder of the spec; nothing outside it is read
 * @param vocabulary how many token ids the model reads
 * @param specials ids that are no ordinary tokens
 */
public record Sources(Path folder, int vocabulary, Set<Integer> specials) {

    public Sources {
        specials = Set.copyOf(specials);
    }

    /** For models without special tokens. */
    public Sources(Path folder, int vocabulary) {
        this(folder, vocabulary, Set.of());
    }
}
