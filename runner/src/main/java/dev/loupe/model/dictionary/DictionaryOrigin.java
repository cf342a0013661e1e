package dev.loupe.model.dictionary;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a published dictionary besides its files.
 *
 * @param name what specs call it
 * @param origin repository, commit and folder, in words
 * @param licence in words
 * @param processing weight processing of the model that it was made for, by the names of TransformerLens; null where nobody
 *     says
 */
public record DictionaryOrigin(
        String name,
        String origin,
        String licence,
        @Nullable List<String> processing) {
    public DictionaryOrigin {
        processing = processing == null ? null : List.copyOf(processing);
    }

    /** For reports. */
    public String described() {
        return "dictionary " + name + " (" + origin + "), licence: " + licence;
    }
}
