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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a dataset may look at besides its options.
 *
 * @param folders where relative file names start: the folder of the spec, then the data root where there is one; nothing
 *     outside them is read
 * @param vocabulary how many token ids the model reads
 * @param specials ids that are no ordinary tokens
 * @param encoder the model's tokenizer, null where it has none
 * @param bos the id that the model's policy (its card, else its tokenizer) puts before a text, or null for none
 * @param corpora corpora that have cards
 */
public record Sources(
        List<Path> folders,
        int vocabulary,
        Set<Integer> specials,
        @Nullable TextEncoder encoder,
        @Nullable Integer bos,
        Corpora corpora) {

    private static final int DEEPEST = 16;

    public Sources {
        folders = List.copyOf(folders);
        specials = Set.copyOf(specials);
    }

    /** Without corpora. */
    public Sources(
            List<Path> folders,
            int vocabulary,
            Set<Integer> specials,
            @Nullable TextEncoder encoder,
            @Nullable Integer bos) {
        this(folders, vocabulary, specials, encoder, bos, Corpora.NONE);
    }

    /** For models without tokenizer and special tokens. */
    public Sources(Path folder, int vocabulary) {
        this(List.of(folder), vocabulary, Set.of(), null, null);
    }

    /** For models with a tokenizer whose own habit decides on the begin of text. */
    public Sources(Path folder, int vocabulary, TextEncoder encoder) {
        this(List.of(folder), vocabulary, encoder.specials(), encoder, encoder.ownBos());
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
     * A file within one of the folders; of equal names the first folder's.
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
                                + "folder, or one inside the folder that `--data` or LOUPE_DATA names");
            }
            for (Path folder : folders) {
                Path there = folder.resolve(relative.normalize());
                if (Files.exists(there) || folder.equals(folders.get(folders.size() - 1))) {
                    return inside(option, name, folder, there);
                }
            }
            throw new IllegalStateException("no folder");
        } catch (IOException e) {
            throw new DatasetException(
                    option,
                    "`" + name + "` is not a file in "
                            + String.join(
                                    " or ", folders.stream().map(Path::toString).toList()));
        } catch (InvalidPathException e) {
            throw new DatasetException(option, "`" + name + "` is not a file name: " + e.getReason());
        }
    }

    private static Path inside(String option, String name, Path folder, Path there) throws IOException {
        Path real = there.toRealPath();
        if (!real.startsWith(folder.toRealPath())) {
            throw new DatasetException(option, "`" + name + "` is a link that points outside " + folder);
        }
        return real;
    }

    /**
     * The files whose names match a pattern, in the order of their names; in the first of the folders that has any.
     *
     * @param option the option that has the pattern
     * @throws DatasetException where none does, or the pattern leads outside
     */
    public List<DataFile> files(String option, DataFiles pattern) {
        String text = pattern.pattern();
        try {
            // Folders before the first wildcard are no part of the search.
            String fixed = text.replaceFirst("[^/]*[*?\\[{].*", "");
            if (Path.of(fixed).isAbsolute() || Path.of(fixed).normalize().startsWith("..")) {
                throw new DatasetException(option, "`" + text + "` leads outside the folder of the spec");
            }
            if (fixed.equals(text)) {
                return List.of(new DataFile(text));
            }
            for (Path folder : folders) {
                List<DataFile> found = matching(folder, fixed, text);
                if (!found.isEmpty()) {
                    return found;
                }
            }
            throw new DatasetException(
                    option,
                    "no file in "
                            + folders.stream().map(Path::toString).collect(Collectors.joining(" or ")) + " matches `"
                            + text + "`");
        } catch (IOException | UncheckedIOException e) {
            throw new DatasetException(option, "the files of `" + text + "` cannot be listed: " + Reason.of(e));
        } catch (IllegalArgumentException e) {
            throw new DatasetException(option, "`" + text + "` is not a pattern of file names");
        }
    }

    private static List<DataFile> matching(Path folder, String fixed, String text) throws IOException {
        Path start = folder.resolve(fixed).normalize();
        PathMatcher matcher = folder.getFileSystem().getPathMatcher("glob:" + text);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        try (Stream<Path> all = Files.find(start, DEEPEST, (path, what) -> what.isRegularFile())) {
            return all.map(folder::relativize)
                    .filter(matcher::matches)
                    .map(path -> new DataFile(path.toString().replace('\\', '/')))
                    .sorted(Comparator.comparing(DataFile::name))
                    .toList();
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
