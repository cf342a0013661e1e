package dev.loupe.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** In which files a folder of the hub keeps its tokenizer: one, or the two that byte-level BPE was first published in. */
public final class TokenizerFiles {
    static final String WHOLE = "tokenizer.json";
    static final String VOCABULARY = "vocab.json";
    static final String MERGES = "merges.txt";
    static final String CONFIG = "tokenizer_config.json";
    static final String SPECIALS = "special_tokens_map.json";

    private TokenizerFiles() {}

    /** Whether a folder has a tokenizer. */
    public static boolean in(Path folder) {
        return among(name -> Files.isRegularFile(folder.resolve(name)));
    }

    /** Whether files of these names are a tokenizer. */
    public static boolean among(Predicate<String> there) {
        return there.test(WHOLE) || (there.test(VOCABULARY) && there.test(MERGES));
    }

    /** The files that matter, where these are there. */
    public static List<String> wanted(Predicate<String> there) {
        return there.test(WHOLE) ? List.of(WHOLE, CONFIG) : List.of(VOCABULARY, MERGES, CONFIG, SPECIALS);
    }
}
