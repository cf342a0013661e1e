package dev.loupe.report.compare;

import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Differences that are words, in the order in which a reader wants them: what says something else stands open, what not every
 * run has is folded by the part of the spec that it belongs to.
 *
 * @param changed shown at once
 * @param folded behind a line each
 */
public record ComparedRows(List<SpecDifferences.Row> changed, List<Fold> folded) {
    /** So many rows are read at a glance: none of them is folded. */
    private static final int GLANCE = 12;

    /** More changed paths than these are folded too. */
    private static final int MOST_OPEN = 30;

    private static final int NAMED = 8;

    /** What the runs' own headings show. */
    private static final Set<String> WORDS = Set.of("id", "title", "question", "answer", "notes");

    /** @param title of the line behind which the rows are, such as {@code dataset: 12 paths that not every spec has} */
    public record Fold(String title, List<SpecDifferences.Row> rows) {}

    static ComparedRows ofSpecs(List<SpecDifferences.Row> rows) {
        if (rows.size() <= GLANCE) {
            return new ComparedRows(rows, List.of());
        }
        List<SpecDifferences.Row> changed = new ArrayList<>();
        List<SpecDifferences.Row> claims = new ArrayList<>();
        List<SpecDifferences.Row> words = new ArrayList<>();
        Map<String, List<SpecDifferences.Row>> partial = new LinkedHashMap<>();
        for (SpecDifferences.Row row : rows) {
            if (WORDS.contains(row.path())) {
                words.add(row);
            } else if (row.path().startsWith("claims[")) {
                claims.add(row);
            } else if (row.everywhere()) {
                changed.add(row);
            } else {
                partial.computeIfAbsent(row.path().split("[.\\[]", 2)[0], top -> new ArrayList<>())
                        .add(row);
            }
        }
        List<Fold> folded = new ArrayList<>();
        List<SpecDifferences.Row> open = changed.subList(0, Math.min(MOST_OPEN, changed.size()));
        if (open.size() < changed.size()) {
            folded.add(new Fold(
                    "The other " + (changed.size() - open.size()) + " paths with other values",
                    changed.subList(open.size(), changed.size())));
        }
        partial.forEach(
                (top, of) -> folded.add(new Fold(top + ": " + paths(of) + " that not every spec has" + names(of), of)));
        if (!claims.isEmpty()) {
            folded.add(new Fold("claims: " + paths(claims) + ", in the order of each spec", claims));
        }
        if (!words.isEmpty()) {
            folded.add(new Fold("Words: title, question and answer", words));
        }
        return new ComparedRows(open, folded);
    }

    /** Verdicts: first claims on which runs disagree. */
    static ComparedRows ofClaims(List<SpecDifferences.Row> rows) {
        List<SpecDifferences.Row> changed = new ArrayList<>();
        List<SpecDifferences.Row> same = new ArrayList<>();
        List<SpecDifferences.Row> partial = new ArrayList<>();
        for (SpecDifferences.Row row : rows) {
            List<String> verdicts = row.values().stream()
                    .filter(value -> !value.equals(SpecDifferences.ABSENT))
                    .distinct()
                    .toList();
            (verdicts.size() > 1 ? changed : row.everywhere() ? same : partial).add(row);
        }
        List<Fold> folded = new ArrayList<>();
        if (!same.isEmpty()) {
            folded.add(new Fold(claims(same.size()) + " with the same verdict in all runs", same));
        }
        if (!partial.isEmpty()) {
            folded.add(new Fold(claims(partial.size()) + " that not every run makes", partial));
        }
        return new ComparedRows(changed, folded);
    }

    /** Hashes and versions: a few stand open. */
    static ComparedRows ofInputs(List<SpecDifferences.Row> rows) {
        return rows.size() <= GLANCE
                ? new ComparedRows(rows, List.of())
                : new ComparedRows(List.of(), List.of(new Fold(rows.size() + " hashes and versions differ", rows)));
    }

    private static String paths(List<SpecDifferences.Row> rows) {
        return Count.of(rows.size(), "path");
    }

    private static String claims(int count) {
        return Count.of(count, "claim");
    }

    /** The keys below the first: {@code model.ioi.card} is of {@code ioi}. */
    private static String names(List<SpecDifferences.Row> rows) {
        Set<String> names = new LinkedHashSet<>();
        for (SpecDifferences.Row row : rows) {
            String[] keys = row.path().split("[.]", 3);
            if (keys.length > 1) {
                names.add(keys[1]);
            }
        }
        if (names.isEmpty()) {
            return "";
        }
        String shown = String.join(", ", names.stream().limit(NAMED).toList());
        return " (" + shown + (names.size() > NAMED ? " and " + (names.size() - NAMED) + " more" : "") + ")";
    }
}
