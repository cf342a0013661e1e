package dev.loupe.model.dictionary;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.model.weights.WeightsException;
import dev.loupe.tensors.PythonJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the configurations of dictionaries have in common, whoever wrote them: bounded files, and sizes that can be meant. */
final class DictionaryJson {
    static final int MOST_FEATURES = 1 << 22;
    static final int MOST_WIDTH = 1 << 17;
    private static final long MAX_BYTES = 16 << 20;

    private DictionaryJson() {}

    /** @throws WeightsException where the file is no JSON, too large or cannot be read */
    static JsonNode read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new WeightsException(file, List.of("is larger than " + MAX_BYTES + " bytes"));
            }
            return PythonJson.read(Files.readAllBytes(file));
        } catch (PythonJson.NotJson e) {
            throw new WeightsException(file, List.of(e.getMessage()));
        } catch (IOException e) {
            throw new WeightsException(file, List.of("cannot be read"));
        }
    }

    /**
     * A size, 1 where it is none.
     *
     * @param problems is told so
     */
    static int size(JsonNode size, String key, int most, List<String> problems) {
        if (!size.isIntegralNumber() || !size.canConvertToInt() || size.intValue() < 1 || size.intValue() > most) {
            problems.add("'" + key + "' must be a whole number from 1 to " + most + ", is " + JsonWords.shown(size));
            return 1;
        }
        return size.intValue();
    }
}
