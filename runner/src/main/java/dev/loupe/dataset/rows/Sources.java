package dev.loupe.dataset.rows;

import dev.loupe.failure.Reason;
import dev.loupe.schema.DataFile;
import dev.loupe.schema.DataFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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

    private static final int DEEPEST = 16;

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
     * The files within the folder whose names match a pattern, in the order of their names.
     *
     * @param option the option that has the pattern
     * @throws DatasetException where none does, or the pattern leads outside
     */
    public List<DataFile> files(String option, DataFiles pattern) {
        String text = pattern.pattern();
        try {
            // Folders before the first wildcard are no part of the search.
            String fixed = text.replaceFirst("[^/]*[*?\\[{].*", "");
            Path start = folder.resolve(fixed).normalize();
            if (Path.of(fixed).isAbsolute() || !start.startsWith(folder.normalize())) {
                throw new DatasetException(option, "`" + text + "` leads outside the folder of the spec");
            }
            if (fixed.equals(text)) {
                return List.of(new DataFile(text));
            }
            PathMatcher matcher = folder.getFileSystem().getPathMatcher("glob:" + text);
            List<DataFile> found = List.of();
            if (Files.isDirectory(start)) {
                try (Stream<Path> all = Files.find(start, DEEPEST, (path, what) -> what.isRegularFile())) {
                    found = all.map(folder::relativize)
                            .filter(matcher::matches)
                            .map(path -> new DataFile(path.toString().replace('\\', '/')))
                            .sorted(Comparator.comparing(DataFile::name))
                            .toList();
                }
            }
            if (found.isEmpty()) {
                throw new DatasetException(option, "no file in " + folder + " matches `" + text + "`");
            }
            return found;
        } catch (IOException | UncheckedIOException e) {
            throw new DatasetException(option, "the files of `" + text + "` cannot be listed: " + Reason.of(e));
        } catch (IllegalArgumentException e) {
            throw new DatasetException(option, "`" + text + "` is not a pattern of file names");
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
