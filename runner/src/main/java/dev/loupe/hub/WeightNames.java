package dev.loupe.hub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.tensors.PythonJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which of a repository's files are the weights that a card asks for. */
final class WeightNames {
    static final String INDEX = ".index.json";
    private static final long MAX_INDEX = 64 << 20;

    private WeightNames() {}

    /** The first of the wanted names that is there, or the index of its shards; null where there is none. */
    static @Nullable String among(Collection<String> names, List<String> wanted) {
        for (String name : wanted) {
            Pattern pattern = Pattern.compile(("\\Q" + name + "\\E").replace("*", "\\E[^/]*\\Q"));
            for (String there : new TreeSet<>(names)) {
                if (pattern.matcher(there).matches()) {
                    return there;
                }
            }
            if (names.contains(name + INDEX)) {
                return name + INDEX;
            }
        }
        return null;
    }

    /** The shards that an index names; the file is as hostile as any. */
    static Set<String> shards(Path index) {
        Set<String> out = new TreeSet<>();
        try {
            if (Files.size(index) > MAX_INDEX) {
                throw new EnvironmentException(index + " is too large for an index of shards");
            }
            JsonNode map = PythonJson.read(Files.readAllBytes(index)).path("weight_map");
            map.forEach(name -> out.add(name.asText()));
        } catch (PythonJson.NotJson e) {
            throw new EnvironmentException(index + " is not an index of shards: it " + e.getMessage(), e);
        } catch (IOException e) {
            throw new EnvironmentException(index + " cannot be read: " + e.getMessage(), e);
        }
        for (String name : out) {
            if (name.contains("/") || !RemoteFile.isSafe(name)) {
                throw new EnvironmentException(index + " names a file that is not in the same folder");
            }
        }
        return out;
    }
}
