package dev.loupe.dataset.label;

import java.util.ArrayList;
import java.util.List;

/** The marks of a text as a reader sees them. */
final class LabelledText {
    private LabelledText() {}

    /** The marked parts of a text in order, each with its value: {@code "12=1"}; neighbours of one value are one part. */
    static List<String> parts(Marker marker, String label, String text) {
        return parts(marker, label, text, List.of());
    }

    static List<String> parts(Marker marker, String label, String text, List<GoldSpan> gold) {
        LabelKind kind = marker.kinds().stream()
                .filter(k -> k.name().equals(label))
                .findFirst()
                .orElseThrow();
        Marks marks = new Marks(text, gold, marker.kinds());
        marker.mark(marks);
        int[] values = marks.of(kind);
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < values.length; ) {
            int from = i;
            while (i < values.length && values[i] == values[from]) {
                i++;
            }
            if (values[from] != kind.unmarked()) {
                String value = kind.names().isEmpty() || values[from] < 0
                        ? Integer.toString(values[from])
                        : kind.names().get(values[from]);
                parts.add(text.substring(from, i) + "=" + value);
            }
        }
        return parts;
    }
}
