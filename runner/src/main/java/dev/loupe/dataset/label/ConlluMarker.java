package dev.loupe.dataset.label;

import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Label;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Marks the words of a CoNLL-U file with what its columns say of them. */
final class ConlluMarker implements Marker {
    /** What the columns with features hold together, such as {@code Number=Plur|Person=3}. */
    private static final String FEATURES = "feats";

    private final ConlluColumns wanted;
    private final Map<String, KnownValues> values = new LinkedHashMap<>();
    /** Labels of which a word has a value. */
    private final Set<String> met = new HashSet<>();

    ConlluMarker(ConlluColumns wanted) {
        this.wanted = wanted;
        wanted.conllu().forEach(column -> values.put(column.label(), new KnownValues(column.universal())));
        wanted.features().forEach(feature -> values.put(feature, new KnownValues(List.of())));
    }

    @Override
    public List<LabelKind> kinds() {
        return values.entrySet().stream()
                .map(each -> LabelKind.category(each.getKey(), each.getValue().names())
                        .ahead())
                .toList();
    }

    @Override
    public void mark(Marks marks) {
        if (marks.gold().isEmpty()) {
            throw new DatasetException(
                    "labels",
                    "`conllu` labels need a text from files whose names end with .conllu, which have the columns");
        }
        for (ConlluColumns.Column column : wanted.conllu()) {
            marks.gold(column.label())
                    .forEach(span ->
                            word(marks, column.label(), span, span.value() == null ? null : column.of(span.value())));
        }
        for (String feature : wanted.features()) {
            marks.gold(FEATURES)
                    .forEach(span ->
                            word(marks, feature, span, span.value() == null ? null : feature(feature, span.value())));
        }
    }

    /** The value of a feature; empty where the word does not have it, null where it has two. */
    private static @Nullable String feature(String name, String features) {
        String value = "";
        for (String each : features.split("\\|")) {
            if (each.startsWith(name + "=")) {
                String own = each.substring(name.length() + 1);
                if (!value.isEmpty() && !value.equals(own)) {
                    return null;
                }
                value = own;
            }
        }
        return value;
    }

    private void word(Marks marks, String label, GoldSpan span, @Nullable String value) {
        KnownValues known = Objects.requireNonNull(values.get(label));
        if (value != null && !value.isEmpty()) {
            met.add(label);
        }
        marks.word(label, span.start(), span.end(), known.number(value));
    }

    @Override
    public Map<String, Label> labels(Map<String, int[][]> marked) {
        values.keySet().forEach(label -> {
            if (!met.contains(label)) {
                throw new DatasetException(
                        "labels", "no word that was read has a value of `" + label + "` in its CoNLL-U file");
            }
        });
        return Marker.super.labels(marked);
    }
}
