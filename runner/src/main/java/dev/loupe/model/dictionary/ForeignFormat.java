package dev.loupe.model.dictionary;

import java.util.Collection;

/** Formats that are not read, or not without another file, and are named where they are found. */
public enum ForeignFormat {
    GEMMA_SCOPE_2("params.safetensors", "Gemma Scope 2", ", whose files do not say for which activation they are"),
    DICTIONARY_LEARNING("ae.pt", "dictionary_learning", ", and its config.json is missing beside it"),
    SPARSIFY("sae.safetensors", "sparsify", ", and its cfg.json is missing beside it"),
    PICKLED(".pt", "PyTorch, which may hold anything", "");

    private final String file;
    private final String trainer;
    private final String more;

    ForeignFormat(String file, String trainer, String more) {
        this.file = file;
        this.trainer = trainer;
        this.more = more;
    }

    /** What to say of a folder with these files: whose format it is and what to do; empty where it is none that is known. */
    public static String said(Collection<String> names) {
        for (ForeignFormat format : values()) {
            if (names.stream().anyMatch(name -> format.is(name))) {
                return "; " + format.found(names) + " is in the format of " + format.trainer + format.more
                        + ". SAELens reads it and writes its own: `SAE.from_pretrained(RELEASE, ID).save_model(FOLDER)` in Python,"
                        + " then name FOLDER";
            }
        }
        return "";
    }

    private boolean is(String name) {
        return this == PICKLED ? name.endsWith(file) : name.equals(file);
    }

    private String found(Collection<String> names) {
        return names.stream().filter(this::is).findFirst().orElse(file);
    }
}
