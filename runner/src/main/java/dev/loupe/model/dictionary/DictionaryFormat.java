package dev.loupe.model.dictionary;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The formats that are read: a file that describes a dictionary, and one with its weights. */
public enum DictionaryFormat {
    SAELENS("cfg.json", "sae_weights.safetensors"),
    DICTIONARY_LEARNING("config.json", "ae.pt");

    private final String config;
    private final String weights;

    DictionaryFormat(String config, String weights) {
        this.config = config;
        this.weights = weights;
    }

    /** Its two files, the description first. */
    public List<String> files() {
        return List.of(config, weights);
    }

    String config() {
        return config;
    }

    String weights() {
        return weights;
    }

    /** The first format whose files are both there, else null. */
    public static @Nullable DictionaryFormat among(Predicate<String> there) {
        for (DictionaryFormat format : values()) {
            if (format.files().stream().allMatch(there)) {
                return format;
            }
        }
        return null;
    }

    static @Nullable DictionaryFormat in(Path folder) {
        return among(name -> Files.isRegularFile(folder.resolve(name)));
    }
}
