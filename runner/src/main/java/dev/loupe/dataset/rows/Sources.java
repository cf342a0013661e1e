package dev.loupe.dataset.rows;

import dev.loupe.schema.DataFile;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a dataset may look at besides its options.
 *
 * @param folder where relative file names start: the folder of the spec; nothing outside it is read
 * @param vocabulary how many token ids the model reads
 * @param specials ids that are no ordinary tokens
 * @param encoder the model's tokenizer, null where it has none
 * @param bos the id that the model's policy (its card, else its tokenizer) puts before a text, or null for none
 */
public record Sources(
        Path folder,
        int vocabulary,
        Set<Integer> specials,
        @Nullable TextEncoder encoder,
        @Nullable Integer bos) {

    public Sources {
        specials = Set.copyOf(specials);
    }

    /** For models without tokenizer and special tokens. */
    public Sources(Path folder, int vocabulary) {
        this(folder, vocabulary, Set.of(), null, null);
    }

    /** For models with a tokenizer whose own habit decides on the begin of text. */
    public Sources(Path folder, int vocabulary, TextEncoder encoder) {
        this(folder, vocabulary, encoder.specials(), encoder, encoder.ownBos());
    }

    /**
     * The tokenizer.
     *
     * @param option the option that needs it
     * @throws DatasetException where the model has none
     */
    public TextEncoder requireEncoder(String option) {
        if (encoder == null) {
            throw new NoTokenizerException(option);
        }
        return encoder;
    }

    /**
     * A file within the folder.
     *
     * @param option the option that names it
     * @throws DatasetException where it does not exist or lies outside, by {@code ..} or by a link
     */
    public Path file(String option, DataFile file) {
        String name = file.name();
        try {
            Path relative = Path.of(name);
            if (relative.isAbsolute() || relative.normalize().startsWith("..")) {
                throw new DatasetException(
                        option,
                        "`" + name + "` is outside the folder of the spec: name a file inside it, relative to the "
                                + "folder");
            }
            Path real = folder.resolve(relative.normalize()).toRealPath();
            if (!real.startsWith(folder.toRealPath())) {
                throw new DatasetException(
                        option, "`" + name + "` is a link that points outside the folder of the " + "spec");
            }
            return real;
        } catch (IOException e) {
            throw new DatasetException(option, "`" + name + "` is not a file in " + folder);
        } catch (InvalidPathException e) {
            throw new DatasetException(option, "`" + name + "` is not a file name: " + e.getReason());
        }
    }

    /**
     * Checks ids against the vocabulary.
     *
     * @param option where they were written: {@code ids[2]}
     */
    public void checkIds(String option, int[] ids) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] < 0 || ids[i] >= vocabulary) {
                throw new DatasetException(
                        option + "[" + i + "]",
                        option + "[" + i + "] is " + ids[i] + ", but the vocabulary of the model is 0.."
                                + (vocabulary - 1));
            }
        }
    }
}
