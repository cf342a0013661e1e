package dev.loupe.model.dictionary;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The formats that are read: a file that describes a dictionary, and one with its weights; of Gemma Scope the weights alone. */
public enum DictionaryFormat {
    SAELENS("cfg.json", "sae_weights.safetensors"),
    DICTIONARY_LEARNING("config.json", "ae.pt"),
    SPARSIFY("cfg.json", "sae.safetensors"),
    GEMMA_SCOPE("params.npz");

    private final List<String> files;

    DictionaryFormat(String... files) {
        this.files = List.of(files);
    }

    /** Its files, the weights last. */
    public List<String> files() {
        return files;
    }

    /** Where its sizes stand. */
    String config() {
        return files.get(0);
    }

    public String weights() {
        return files.get(files.size() - 1);
    }

    /** The first format whose files are all there, else null. */
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

    /** What to say where neither files nor anybody else say for which activation a dictionary is. */
    static String unsaid(String trainer, String example, String more) {
        return trainer + "'s files do not say for which activation a dictionary is: say it with `reads`, in the spec as"
                + " `{dictionary: {path: FOLDER, reads: " + example
                + "}, of: MODEL}`, in a card, or with --reads of `loupe neuron`"
                + more;
    }
}
