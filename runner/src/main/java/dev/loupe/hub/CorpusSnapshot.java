package dev.loupe.hub;

import dev.loupe.model.published.CorpusChoice;
import dev.loupe.tensors.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A corpus that is whole on this disk.
 *
 * @param commit which commit it is
 * @param folder the snapshot
 * @param files its files of text by their names in the repository, in order
 */
public record CorpusSnapshot(CorpusChoice choice, String commit, Path folder, List<String> files) {
    public CorpusSnapshot {
        files = List.copyOf(files);
    }

    /** For people and reports: {@code NeelNanda/pile-10k@127bfedcd504}. */
    public String origin() {
        return choice.corpus().repository() + "@" + commit.substring(0, 12);
    }

    /** Where each file lies. */
    public Map<String, Path> paths() {
        Map<String, Path> paths = new LinkedHashMap<>();
        files.forEach(file -> paths.put(file, folder.resolve(file)));
        return paths;
    }

    /** The SHA-256 of each file. That of a large one is its name in the cache, checked when it came. */
    public Map<String, String> hashes() throws IOException {
        Map<String, String> hashes = new LinkedHashMap<>();
        for (Map.Entry<String, Path> file : paths().entrySet()) {
            Path path = file.getValue();
            Path target = Files.isSymbolicLink(path) ? Files.readSymbolicLink(path) : path;
            String name = String.valueOf(target.getFileName());
            hashes.put(file.getKey(), name.matches("[0-9a-f]{64}") ? name : Sha256.of(path));
        }
        return hashes;
    }
}
