package dev.loupe.report;

import dev.loupe.report.draw.PageDetail;
import dev.loupe.result.Provenance;
import dev.loupe.result.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the run was made: everything that is needed to make it again, or to doubt it.
 *
 * @param groups facts in groups, each a heading with names and values
 * @param spec the resolved spec by line, with the lines marked that the user did not write
 */
public record Method(
        String rerun, List<Group> groups, List<Stage> stages, List<SpecLines.Line> spec, int defaults, String plan) {
    public record Group(String title, List<Fact> facts) {}

    public record Fact(String name, String value) {}

    /** @param share of the whole time, 0 to 100 */
    public record Stage(String name, String seconds, String share) {}

    static Method of(RunResult run, PageDetail detail) {
        Provenance from = run.provenance();
        List<Group> groups = new ArrayList<>();
        List<Fact> identity = new ArrayList<>();
        add(identity, "Problem", run.id());
        add(identity, "Variant", run.variant());
        add(identity, "Identity", from.identity());
        add(identity, "Started", from.startedAt());
        add(identity, "Commit", commit(from.commit()));
        add(identity, "Device", from.device());
        add(identity, "Number type", from.dtype());
        add(identity, "Peak memory", from.peakBytes() > 0 ? bytes(from.peakBytes()) : "");
        groups.add(new Group("Run", identity));
        group(groups, "Content hashes", from.hashes(), detail.facts());
        group(groups, "Seeds", from.seeds(), detail.facts());
        listed(groups, "Models and their processing", "Model", from.models(), detail.facts());
        listed(groups, "Corpora", "Corpus", from.corpora(), detail.facts());
        group(groups, "Versions", from.versions(), detail.facts());
        Map<String, String> extra = new TreeMap<>(run.extra());
        extra.remove(PageModel.KEY_FIGURE);
        group(groups, "Further", extra, detail.facts());
        return new Method(
                from.rerun(),
                groups,
                stages(from.secondsPerStage()),
                SpecLines.of(cut(run.resolvedSpec(), detail.textChars()), run.defaults()),
                run.defaults().size(),
                cut(run.explain(), detail.textChars()));
    }

    private static void group(List<Group> groups, String title, Map<String, ?> entries, int most) {
        some(
                groups,
                title,
                new TreeMap<>(entries)
                        .entrySet().stream()
                                .map(entry -> new Fact(entry.getKey(), String.valueOf(entry.getValue())))
                                .toList(),
                most);
    }

    private static void listed(List<Group> groups, String title, String name, List<String> lines, int most) {
        some(groups, title, lines.stream().map(line -> new Fact(name, line)).toList(), most);
    }

    private static void some(List<Group> groups, String title, List<Fact> all, int most) {
        List<Fact> facts = new ArrayList<>(all.subList(0, Math.min(most, all.size())));
        if (all.size() > most) {
            facts.add(new Fact((all.size() - most) + " more", "in results.json"));
        }
        if (!facts.isEmpty()) {
            groups.add(new Group(title, facts));
        }
    }

    private static void add(List<Fact> facts, String name, String value) {
        if (!value.isBlank()) {
            facts.add(new Fact(name, value));
        }
    }

    private static String commit(String commit) {
        if (commit.isBlank()) {
            return "unknown";
        }
        return commit.endsWith("+dirty")
                ? commit.substring(0, commit.length() - "+dirty".length()) + " with uncommitted changes"
                : commit;
    }

    private static List<Stage> stages(Map<String, Double> seconds) {
        double all = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
        List<Stage> stages = new ArrayList<>();
        seconds.forEach((name, time) -> stages.add(new Stage(
                name,
                time < 0.9995 ? Math.round(time * 1000) + " ms" : String.format(Locale.ROOT, "%.2f s", time),
                all > 0 ? Long.toString(Math.round(100 * time / all)) + " %" : "")));
        return stages;
    }

    static String bytes(long bytes) {
        if (bytes < 1L << 20) {
            return String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
        }
        return bytes < 1L << 30
                ? String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1L << 20))
                : String.format(Locale.ROOT, "%.2f GiB", bytes / (double) (1L << 30));
    }

    private static String cut(String text, int most) {
        return text.length() <= most
                ? text
                : text.substring(0, most) + "\n... the rest is in results.json (" + text.length() + " characters)";
    }
}
