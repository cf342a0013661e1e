package dev.loupe.cli.reference;

import java.util.List;

/**
 * One reference page about keywords.
 *
 * @param intro one paragraph
 * @param types the sealed interfaces or records that it documents first; what their options are made of follows
 */
record ReferencePage(String file, String title, String intro, List<Class<?>> types) {
    /** Where a type is described on it. */
    String place(Class<?> type) {
        return types.equals(List.of(type)) ? file : file + "#" + Generated.anchor(KeywordText.heading(type));
    }
}
