package dev.loupe.dataset.rows;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Files of text that somebody published.
 *
 * @param files where each lies, by its name in the repository, in the order in which they are read
 * @param column the column of text, or the key in JSON lines
 */
public record Corpus(Map<String, Path> files, String column) {
    public Corpus {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }
}
