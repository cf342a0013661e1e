package dev.loupe.schema;

import dev.loupe.schema.problem.SourceLocation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bound value that still knows where each of its parts was written.
 *
 * @param marks the place of every path ({@code measure.scores.on}, {@code claims.0.above}), in the long form: a lone
 *     value is at {@code metric.default}, a lone item at {@code over.0}
 * @param defaulted the paths that defaults filled
 * @param origin the document that it was bound from
 */
public record Bound<T>(T value, Map<String, SourceLocation> marks, List<String> defaulted, Origin origin) {

    public Bound {
        marks = Map.copyOf(marks);
        defaulted = List.copyOf(defaulted);
    }

    /** Where a path was written; for a path that nobody wrote, the nearest part around it. */
    public SourceLocation at(String path) {
        String part = path;
        while (true) {
            SourceLocation mark = marks.get(part);
            if (mark != null) {
                return mark;
            }
            if (part.isEmpty()) {
                throw new IllegalStateException("a bound value has no root");
            }
            part = part.substring(0, Math.max(0, part.lastIndexOf('.')));
        }
    }

    /** What is known of a part, null where nothing is. Lists leave out what is not known, so their items are asked for here. */
    public @Nullable Object part(String path) {
        return origin.parts().get(path);
    }
}
