package dev.loupe.dataset.rows;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.loupe.tensors.PythonJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** In which lines of a JSON file the elements of a list begin, for messages. */
public final class JsonLines {
    private JsonLines() {}

    /**
     * Lines counted from 1, by element.
     *
     * @param list the key of a list in the outermost object
     */
    public static List<Integer> of(byte[] json, String list) throws IOException {
        List<Integer> lines = new ArrayList<>();
        try (JsonParser parser = PythonJson.parser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = parser.currentName().equals(list);
                if (parser.nextToken() != JsonToken.START_ARRAY || !wanted) {
                    parser.skipChildren();
                    continue;
                }
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    lines.add(parser.currentTokenLocation().getLineNr());
                    parser.skipChildren();
                }
            }
        }
        return lines;
    }
}
