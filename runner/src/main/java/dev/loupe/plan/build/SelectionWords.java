package dev.loupe.plan.build;

import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.Found;
import dev.loupe.plan.ask.FoundEdges;
import dev.loupe.plan.ask.SiteName;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts of the sentences in which interventions say what they do. */
public final class SelectionWords {
    private SelectionWords() {}

    /** {@code L0H1, L0H2 and L1H0}. */
    public static String list(List<?> items) {
        return Count.list(items.stream().map(String::valueOf).toList());
    }

    /** The values of a swept option: {@code 2.0}, {@code 1, 2 and 4 in turn}. */
    public static String inTurn(List<?> values) {
        return list(values) + (values.size() == 1 ? "" : " in turn");
    }

    /** {@code head L0H1}, {@code heads L0H1 and L0H2}. */
    public static String counted(String noun, List<?> items) {
        return noun + (items.size() == 1 ? " " : "s ") + list(items);
    }

    public static String sites(List<SiteName> sites) {
        return list(sites.stream().map(site -> "`" + site + "`").toList());
    }

    public static String at(List<String> names) {
        return everywhere(names) ? " at all positions" : " at " + counted("position", names);
    }

    public static boolean everywhere(List<String> names) {
        return names.contains("everywhere");
    }

    /** Components by name and components that a measurement finds; empty where there are none. */
    public static String components(ComponentKind kind, List<?> named, @Nullable Found found, Chosen chosen) {
        return both(
                named.isEmpty() ? "" : counted(kind.word(), named),
                found == null ? "" : found.describe(kind) + parenthesised(chosen.components(found, kind)));
    }

    /** Edges by name and edges that a measurement finds; empty where there are none. */
    public static String edges(List<?> named, @Nullable FoundEdges found, Chosen chosen) {
        return both(
                named.isEmpty() ? "" : counted("edge", named),
                found == null ? "" : found.describe() + parenthesised(chosen.edges(found)));
    }

    private static String both(String named, String found) {
        List<String> parts = new ArrayList<>(List.of(named, found));
        parts.removeIf(String::isEmpty);
        return String.join(" and ", parts);
    }

    private static String parenthesised(String names) {
        return names.isEmpty() ? "" : " (" + names + ")";
    }
}
