package dev.loupe.dataset.given;

import dev.loupe.dataset.label.LabelKind;
import dev.loupe.dataset.label.Marker;
import dev.loupe.dataset.label.Marks;
import dev.loupe.dataset.label.Projection;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TextEncoder;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes rows of documents: tokens, cut into windows where that is asked for, with the labels of their characters. */
final class LabelledRows {
    private static final String REGISTER = "register";

    private final Text options;
    private final Sources sources;
    private final TextEncoder encoder;
    private final @Nullable Windows windows;
    private final @Nullable Integer bos;
    private final List<Marker> markers;
    private final List<LabelKind> kinds = new ArrayList<>();
    private final List<int[]> tokens = new ArrayList<>();
    private final List<Integer> documents = new ArrayList<>();
    private final Map<String, List<int[]>> labels = new LinkedHashMap<>();
    /** With `spread`: what documents give rows, of which some are taken at the end. */
    private final List<Waiting> waiting = new ArrayList<>();

    private int document;
    private int dropped;

    private record Waiting(int document, int[] ids, Map<String, int[]> values, List<Windows.Cut> cuts) {}

    LabelledRows(Text options, Sources sources, TextEncoder encoder) {
        this.options = options;
        this.sources = sources;
        this.encoder = encoder;
        this.windows = options.windows();
        this.bos = options.bos().of(sources);
        if (bos != null) {
            sources.checkIds("bos", new int[] {bos});
        }
        this.markers = options.labels().stream()
                .map(labeller -> labeller.marker(sources))
                .toList();
        markers.forEach(marker -> kinds.addAll(marker.kinds()));
        for (LabelKind kind : kinds) {
            boolean taken = kind.name().equals(REGISTER) && options.register() != null;
            if (taken || labels.put(kind.name(), new ArrayList<>()) != null) {
                throw two(kind.name());
            }
        }
        if (options.register() != null) {
            labels.put(REGISTER, new ArrayList<>());
        }
    }

    private static DatasetException two(String name) {
        return new DatasetException("labels", "two labels have the name `" + name + "`");
    }

    /** Whether there are as many rows as were asked for. */
    boolean full() {
        Integer most = options.rows();
        // Of so many documents the first window alone is taken.
        return most != null && Math.max(tokens.size(), waiting.size()) >= most;
    }

    void add(Document from) {
        TextEncoder.Encoded encoded = encoder.encode(from.text());
        int length = encoded.ids().length;
        Marks marks = new Marks(from.text(), from.gold(), kinds);
        markers.forEach(marker -> marker.mark(marks));
        Map<String, int[]> values = new LinkedHashMap<>();
        kinds.forEach(kind -> values.put(kind.name(), Projection.of(kind, marks, encoded.spans())));
        if (options.register() != null) {
            int[] same = new int[length];
            Arrays.fill(same, from.register());
            values.put(REGISTER, same);
        }
        List<Windows.Cut> cuts = windows == null ? List.of(new Windows.Cut(0, length)) : windows.cuts(length);
        Waiting rows = new Waiting(document, encoded.ids(), values, cuts);
        if (options.spread()) {
            if (!cuts.isEmpty()) {
                waiting.add(rows);
            }
        } else {
            cuts.forEach(cut -> {
                if (!full()) {
                    row(rows, cut);
                }
            });
        }
        dropped += windows == null ? 0 : windows.dropped(length);
        document++;
    }

    /** As many windows of each document as give all rows, one more of the first documents; in the order of the text. */
    private void spread() {
        int left = Objects.requireNonNull(options.rows());
        int[] taken = new int[waiting.size()];
        boolean more = true;
        while (left > 0 && more) {
            more = false;
            for (int i = 0; i < taken.length && left > 0; i++) {
                if (taken[i] < waiting.get(i).cuts().size()) {
                    taken[i]++;
                    left--;
                    more = true;
                }
            }
        }
        for (int i = 0; i < taken.length; i++) {
            Waiting one = waiting.get(i);
            one.cuts().subList(0, taken[i]).forEach(cut -> row(one, cut));
        }
        waiting.clear();
    }

    private void row(Waiting from, Windows.Cut cut) {
        int[] row = RowOptions.withBos(bos, Arrays.copyOfRange(from.ids(), cut.from(), cut.to()));
        sources.checkIds("row " + tokens.size(), row);
        Integer most = options.maxTokens();
        int length = most != null ? Math.min(most, row.length) : row.length;
        tokens.add(Arrays.copyOf(row, length));
        documents.add(options.windowsApart() ? documents.size() : from.document());
        from.values().forEach((name, all) -> {
            // The BOS token is no text: neither a positive nor a negative.
            int[] own = RowOptions.withBos(
                    bos == null ? null : Integer.valueOf(Label.LEFT_OUT),
                    Arrays.copyOfRange(all, cut.from(), cut.to()));
            Objects.requireNonNull(labels.get(name)).add(Arrays.copyOf(own, length));
        });
    }

    /**
     * @param without rows of files that had no text, which a note tells
     * @throws DatasetException where there are none
     */
    TokenRows rows(int without) {
        if (options.spread()) {
            spread();
        }
        if (tokens.isEmpty()) {
            throw new DatasetException(
                    options.option(),
                    document == 0
                            ? "the text has no document with any character"
                            : "no document is long enough for a row: use a smaller `window` or `tail`");
        }
        int[][] all = tokens.toArray(new int[0][]);
        Map<String, Label> made = new LinkedHashMap<>();
        Map<String, int[][]> marked = new LinkedHashMap<>();
        labels.forEach((name, rows) -> marked.put(name, rows.toArray(new int[0][])));
        for (Marker marker : markers) {
            marker.labels(marked).forEach((name, label) -> {
                if (made.put(name, label) != null) {
                    throw two(name);
                }
            });
        }
        if (options.register() != null) {
            made.put(
                    REGISTER,
                    Label.category(
                            List.copyOf(options.register().keySet()), Objects.requireNonNull(marked.get(REGISTER))));
        }
        boolean plain = windows == null && made.isEmpty();
        Map<String, boolean[][]> classes = windows == null ? Map.of() : Map.of("first", firsts(all));
        List<String> notes = new ArrayList<>();
        if (dropped > 0) {
            notes.add(
                    Count.of(dropped, "token") + " of " + Count.of(document, "document")
                            + " in no row: what documents have beyond their windows and a row of `tail` tokens, or between windows");
        }
        if (options.windowsApart()) {
            notes.add("each window counts as a document of its own");
        }
        if (options.sentencesApart()) {
            notes.add("each sentence counts as a document of its own");
        }
        if (without > 0) {
            notes.add(Count.of(without, "row") + " of the data without a text (null), left out");
        }
        return new TokenRows(
                all,
                new int[0][],
                classes,
                Map.of("END", RowOptions.ends(all)),
                Map.of(),
                Map.of(),
                made,
                plain
                        ? new int[0]
                        : documents.stream().mapToInt(Integer::intValue).toArray(),
                notes);
    }

    private static boolean[][] firsts(int[][] tokens) {
        boolean[][] first = new boolean[tokens.length][];
        for (int row = 0; row < first.length; row++) {
            first[row] = new boolean[tokens[row].length];
            first[row][0] = true;
        }
        return first;
    }
}
