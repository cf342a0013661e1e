package dev.loupe.dataset.label;

import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Label;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Marks what the file of a text says of its parts in one column, whose values are whatever the file has. */
final class GoldMarker implements Marker {
    /** Each value of a label that may have several is one number for every token. */
    private static final int MOST_TOGETHER = 200;

    private final String label;
    private final boolean words;
    private final boolean several;
    private final KnownValues values;

    /**
     * @param words whether the parts are words, of whose tokens the last alone has the value
     * @param several whether parts of different values may overlap, each value being a label of its own
     * @param first values that come first
     */
    GoldMarker(String label, boolean words, boolean several, List<String> first) {
        this.label = label;
        this.words = words;
        this.several = several;
        this.values = new KnownValues(first);
    }

    @Override
    public List<LabelKind> kinds() {
        return List.of(LabelKind.category(label, values.names()).ahead());
    }

    @Override
    public void mark(Marks marks) {
        List<GoldSpan> own = marks.gold(label);
        if (several) {
            together(marks, own);
            return;
        }
        for (GoldSpan span : own) {
            int value = values.number(span.value());
            if (words) {
                marks.word(label, span.start(), span.end(), value);
            } else {
                marks.value(label, span.start(), span.end(), value);
            }
        }
    }

    /** Between two places at which a span begins or ends, the same values hold everywhere. */
    private void together(Marks marks, List<GoldSpan> spans) {
        TreeSet<Integer> places = new TreeSet<>();
        spans.forEach(span -> places.addAll(List.of(span.start(), span.end())));
        for (int from : places) {
            Integer to = places.higher(from);
            List<GoldSpan> here = spans.stream()
                    .filter(span -> span.start() <= from && from < span.end())
                    .toList();
            if (to == null || here.isEmpty()) {
                continue;
            }
            Set<String> held = new LinkedHashSet<>();
            here.stream().map(GoldSpan::value).filter(Objects::nonNull).forEach(held::add);
            boolean unknown = here.stream().anyMatch(span -> span.value() == null);
            marks.value(label, from, to, unknown ? Label.LEFT_OUT : values.of(held));
        }
    }

    @Override
    public Map<String, Label> labels(Map<String, int[][]> marked) {
        if (values.names().isEmpty()) {
            throw new DatasetException("labels", "no document that was read has a value of the label `" + label + "`");
        }
        if (!several) {
            return Marker.super.labels(marked);
        }
        if (values.names().size() > MOST_TOGETHER) {
            throw new DatasetException(
                    "labels",
                    "`" + label + "` has " + values.names().size()
                            + " values, and with `several` each is a label of its own, of " + "which there may be "
                            + MOST_TOGETHER + ": keep those that you ask for in the file");
        }
        int[][] sets = Objects.requireNonNull(marked.get(label));
        Map<String, Label> labels = new LinkedHashMap<>();
        for (String value : values.names()) {
            labels.put(
                    label + "." + value,
                    Label.flag(having(sets, values.having(value))).lookingAhead());
        }
        return labels;
    }

    private static int[][] having(int[][] sets, boolean[] has) {
        int[][] flags = new int[sets.length][];
        for (int row = 0; row < flags.length; row++) {
            flags[row] = new int[sets[row].length];
            for (int pos = 0; pos < flags[row].length; pos++) {
                int set = sets[row][pos];
                flags[row][pos] = set == Label.LEFT_OUT ? Label.LEFT_OUT : set >= 0 && has[set] ? 1 : 0;
            }
        }
        return flags;
    }
}
