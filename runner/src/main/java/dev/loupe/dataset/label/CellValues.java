package dev.loupe.dataset.label;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.schema.shape.Binding;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one cell of a column of labels says of the text beside it. Not for several threads. */
final class CellValues {
    private final ColumnLabels labels;
    private final List<String> names;
    private final Consumer<String> fault;

    /**
     * @param names of the numbers that cells hold, none where numbers are values themselves
     * @param fault is given what is wrong, as a sentence that follows the name of the place
     */
    CellValues(ColumnLabels labels, List<String> names, Consumer<String> fault) {
        this.labels = labels;
        this.names = names;
        this.fault = fault;
    }

    /** A value: null where nobody knows, empty where there is none, and nothing where it is faulty. */
    private record Read(@Nullable String value) {}

    List<GoldSpan> document(JsonNode cell, String text) {
        List<JsonNode> all = new ArrayList<>();
        if (cell.isArray()) {
            if (!labels.several()) {
                fault.accept(
                        "has a list in `" + labels.column()
                                + "`: say `several: true` where a document may have several values, or `per: word` or `per: span`");
                return List.of();
            }
            cell.forEach(all::add);
        } else {
            all.add(cell);
        }
        List<GoldSpan> spans = new ArrayList<>();
        for (JsonNode each : all) {
            Read read = read(each);
            if (read != null && !text.isEmpty()) {
                spans.add(span(0, text.length(), read.value()));
            }
        }
        return spans;
    }

    /** @param words where the words are, in UTF-16 units */
    List<GoldSpan> words(JsonNode cell, List<int[]> words) {
        if (cell.isNull()) {
            return words.stream().map(word -> span(word[0], word[1], null)).toList();
        }
        if (!cell.isArray() || cell.size() != words.size()) {
            fault.accept("has " + (cell.isArray() ? Count.of(cell.size(), "value") : "no list") + " in `"
                    + labels.column() + "` for " + Count.of(words.size(), "word")
                    + ": each word needs one, null where it is not known");
            return List.of();
        }
        List<GoldSpan> spans = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            Read read = read(cell.get(i));
            int[] word = words.get(i);
            if (read != null && word[0] < word[1]) {
                spans.add(span(word[0], word[1], labels.bio() ? withoutPrefix(read.value()) : read.value()));
            }
        }
        return spans;
    }

    private @Nullable String withoutPrefix(@Nullable String tag) {
        if (tag == null || tag.equals("O")) {
            return tag == null ? null : "";
        }
        if (tag.length() > 2 && "BILOUES".indexOf(tag.charAt(0)) >= 0 && "-_".indexOf(tag.charAt(1)) >= 0) {
            return tag.substring(2);
        }
        fault.accept("has the tag " + quoted(tag) + " in `" + labels.column()
                + "`, which with `bio: true` must be O or begin as `B-` and `I-` do");
        return "";
    }

    List<GoldSpan> spans(JsonNode given, String text) {
        if (given.isNull()) {
            return text.isEmpty() ? List.of() : List.of(span(0, text.length(), null));
        }
        JsonNode cell = given.isObject() ? together(given) : given;
        if (!cell.isArray()) {
            fault.accept("has no list of spans in `" + labels.column() + "`: write [] where there are none");
            return List.of();
        }
        int length = text.codePointCount(0, text.length());
        List<GoldSpan> spans = new ArrayList<>();
        for (int i = 0; i < cell.size(); i++) {
            JsonNode each = cell.get(i);
            String which = "span " + (i + 1) + " of `" + labels.column() + "`";
            JsonNode start = each.isArray() ? each.path(0) : each.path("start");
            JsonNode end = each.isArray() ? each.path(1) : each.path("end");
            JsonNode value = each.isArray() ? each.path(2) : each.path(labels.key());
            if (!start.isIntegralNumber() || !end.isIntegralNumber() || value.isMissingNode()) {
                fault.accept("has no " + (value.isMissingNode() ? "`" + labels.key() + "`" : "`start` and `end`")
                        + " in " + which + ": a span is {start, end, " + labels.key() + "}");
                continue;
            }
            long from = start.longValue();
            long to = end.longValue();
            if (from < 0 || from >= to || to > length) {
                fault.accept("has " + which + " from " + from + " to " + to + " in a text of "
                        + Count.of(length, "code point")
                        + ": a span begins before it ends, and inside the text");
                continue;
            }
            Read read = read(value);
            if (read != null) {
                int first = text.offsetByCodePoints(0, (int) from);
                int last = text.offsetByCodePoints(first, (int) (to - from));
                add(spans, span(first, last, read.value()), which);
            }
        }
        return spans;
    }

    /** Some files have a list for each field instead of a list of spans. */
    private JsonNode together(JsonNode lists) {
        ArrayNode spans = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < lists.path("start").size(); i++) {
            ObjectNode span = spans.addObject();
            for (String field : List.of("start", "end", labels.key())) {
                if (lists.path(field).has(i)) {
                    span.set(field, lists.path(field).get(i));
                }
            }
        }
        return spans;
    }

    private void add(List<GoldSpan> spans, GoldSpan next, String which) {
        for (GoldSpan other : labels.several() ? List.<GoldSpan>of() : spans) {
            boolean overlap = other.start() < next.end() && next.start() < other.end();
            if (overlap && !String.valueOf(other.value()).equals(String.valueOf(next.value()))) {
                fault.accept("has " + which + " (" + quoted(String.valueOf(next.value())) + ") overlap another span ("
                        + quoted(String.valueOf(other.value())) + "): say `several: true` where that may be");
                return;
            }
        }
        spans.add(next);
    }

    private GoldSpan span(int start, int end, @Nullable String value) {
        return new GoldSpan(start, end, labels.label(), value);
    }

    private @Nullable Read read(JsonNode value) {
        if (value.isNull() || (value.isIntegralNumber() && value.longValue() < 0 && !names.isEmpty())) {
            return new Read(null);
        }
        boolean whole = value.isIntegralNumber();
        String text = whole || value.isBoolean() || value.isTextual() ? value.asText() : "";
        if (text.isEmpty()) {
            fault.accept(
                    "has " + (value.isMissingNode() ? "nothing" : value.isTextual() ? "an empty text" : kind(value))
                            + " in `" + labels.column()
                            + "`: a value is a text, a whole number, true or false, or null where it is not known");
            return null;
        }
        if (whole && !names.isEmpty()) {
            if (value.longValue() >= names.size()) {
                fault.accept("has the number " + text + " in `" + labels.column() + "`, and there are names for 0 to "
                        + (names.size() - 1));
                return null;
            }
            return new Read(names.get(value.intValue()));
        }
        if (!names.isEmpty() && !names.contains(text)) {
            fault.accept("has the value " + quoted(text) + " in `" + labels.column() + "`, which is none of " + names);
            return null;
        }
        return new Read(text);
    }

    private static String kind(JsonNode value) {
        return value.isArray() ? "a list" : value.isObject() ? "several fields" : "the number " + value.asText();
    }

    private static String quoted(String text) {
        return "\"" + Binding.shorten(text) + "\"";
    }
}
