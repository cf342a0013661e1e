package dev.loupe.dataset.given;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The columns of one line of a file of JSON lines, named as those of a Parquet file: {@code text}, {@code meta.text}. */
final class JsonColumn {
    private JsonColumn() {}

    /**
     * @param column a key of the document, which may contain dots, or the keys on the way to a nested one, joined by dots
     * @return the value; {@link JsonNode#isMissingNode() missing} where there is none
     */
    static JsonNode of(JsonNode document, String column) {
        JsonNode whole = document.path(column);
        int dot = column.indexOf('.');
        while (whole.isMissingNode() && dot >= 0) {
            JsonNode inner = document.path(column.substring(0, dot));
            // A document that is null has a null text, as a null struct of a Parquet file does.
            whole = inner.isNull() ? inner : of(inner, column.substring(dot + 1));
            dot = column.indexOf('.', dot + 1);
        }
        return whole;
    }

    /** The names of all columns of text, in the order of the document. */
    static List<String> texts(JsonNode document) {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : document.properties()) {
            if (field.getValue().isTextual()) {
                names.add(field.getKey());
            } else {
                texts(field.getValue()).forEach(inner -> names.add(field.getKey() + "." + inner));
            }
        }
        return names;
    }
}
