package dev.loupe.model.folder;

import dev.loupe.tensors.GgufFile;
import dev.loupe.tensors.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** In which files a folder of the hub keeps its tokenizer: one, or the two that byte-level BPE was first published in. */
public final class TokenizerFiles {
    public static final String WHOLE = "tokenizer.json";
    public static final String VOCABULARY = "vocab.json";
    public static final String MERGES = "merges.txt";
    public static final String CONFIG = "tokenizer_config.json";
    public static final String SPECIALS = "special_tokens_map.json";

    private TokenizerFiles() {}

    /** Whether a folder has a tokenizer. */
    public static boolean in(Path folder) {
        return among(name -> Files.isRegularFile(folder.resolve(name)));
    }

    /** Whether files of these names are a tokenizer. */
    public static boolean among(Predicate<String> there) {
        return there.test(WHOLE) || (there.test(VOCABULARY) && there.test(MERGES));
    }

    /**
     * What identifies a model's tokenizer by its bytes: its files, and the header of a GGUF file, which may hold one.
     *
     * @param model a folder, or a .gguf file
     * @throws UncheckedIOException where a file cannot be read
     */
    public static String hash(Path model) {
        Path parent = model.toAbsolutePath().getParent();
        Path folder = Files.isRegularFile(model) && parent != null ? parent : model;
        StringBuilder parts = new StringBuilder();
        try {
            for (String name : List.of(WHOLE, VOCABULARY, MERGES, CONFIG, SPECIALS)) {
                if (Files.isRegularFile(folder.resolve(name))) {
                    parts.append(name)
                            .append(' ')
                            .append(Sha256.of(folder.resolve(name)))
                            .append('\n');
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path gguf = ModelFolder.gguf(model);
        return Sha256.of(parts + (gguf == null ? "" : GgufFile.open(gguf).headerHash()));
    }

    /** The files that matter, where these are there. */
    public static List<String> wanted(Predicate<String> there) {
        return there.test(WHOLE) ? List.of(WHOLE, CONFIG) : List.of(VOCABULARY, MERGES, CONFIG, SPECIALS);
    }
}
