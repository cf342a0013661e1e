package dev.loupe.report.section;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What is said of a result, cut where two results may differ: its formula, its model, its dataset, its edits, its notices. */
final class About {
    private static final Pattern CUT = Pattern.compile(
            "\\n\\n+|(?<=\\.) (?=Dataset: |Interventions? |Interventions? of one run|Computed from weights)");

    private About() {}

    static List<String> of(String doc) {
        return List.of(CUT.split(doc.strip()));
    }

    /** As Markdown: what is said of model, dataset and edits is one paragraph. */
    static String text(List<String> said) {
        StringBuilder text = new StringBuilder();
        for (String one : said) {
            boolean goesOn = one.matches("(?s)(Dataset: |Interventions? |Computed from weights).*");
            boolean sentence = text.toString().endsWith(".");
            text.append(text.isEmpty() ? "" : goesOn && sentence ? " " : "\n\n").append(one);
        }
        return text.toString();
    }

    /** What all of them say, in the order of the first. */
    static List<String> common(List<List<String>> all) {
        Set<String> common = new LinkedHashSet<>(all.isEmpty() ? List.of() : all.get(0));
        all.forEach(common::retainAll);
        return List.copyOf(common);
    }

    static List<String> without(List<String> said, List<String> elsewhere) {
        List<String> rest = new ArrayList<>(said);
        rest.removeAll(elsewhere);
        return rest;
    }
}
