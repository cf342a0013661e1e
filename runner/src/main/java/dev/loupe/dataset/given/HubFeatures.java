package dev.loupe.dataset.given;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.tensors.PythonJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the hub's {@code datasets} library writes into a Parquet file of its columns: {@code {"info": {"features": {"ner_tags":
 * {"feature": {"names": [...], "_type": "ClassLabel"}, "_type": "Sequence"}}}}}.
 */
final class HubFeatures {
    private HubFeatures() {}

    /**
     * The names of the numbers in a column.
     *
     * @param described what the file says, null where it says nothing
     * @return none where the column has no such numbers
     */
    static List<String> names(@Nullable String described, String column) {
        if (described == null) {
            return List.of();
        }
        try {
            JsonNode features = PythonJson.read(described.getBytes(StandardCharsets.UTF_8))
                    .path("info")
                    .path("features");
            JsonNode feature = JsonColumn.of(features, column);
            JsonNode inner = feature.isArray() ? feature.path(0) : feature.path("feature");
            JsonNode names = (inner.isMissingNode() ? feature : inner).path("names");
            List<String> each = new ArrayList<>();
            names.forEach(name -> each.add(name.asText()));
            return each;
        } catch (PythonJson.NotJson e) {
            // A note that cannot be read names nothing; the column itself is as good as before.
            return List.of();
        }
    }
}
