package dev.loupe.report;

import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.PageDetail;
import dev.loupe.report.section.Thumbnail;
import dev.loupe.result.Provenance;
import dev.loupe.result.RunResult;
import dev.loupe.result.Tally;
import freemarker.core.TemplateHTMLOutputModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All runs of a folder as one table, and the questions that no run of the folder answers.
 *
 * @param entries in the order of the problems' numbers; those without the number of a problem come last
 * @param chapters of the entries, each once, in the same order
 * @param runs how many entries are finished runs
 */
public record Gallery(List<Entry> entries, List<String> chapters, int runs) {
    /** One run: the result, where its page lies relative to the gallery, and the page's bytes. */
    public record Run(RunResult result, String link, long bytes) {}

    /**
     * A question without a run in the folder.
     *
     * @param command what would answer it; empty where no spec does yet
     */
    public record Open(String id, String title, String question, String command) {}

    /**
     * One line of the gallery.
     *
     * @param order a number that sorts like the problem's, 6.7 before 6.20
     * @param state {@code holds}, {@code undecided}, {@code refuted}, {@code none} where nothing was claimed, {@code open}
     *     where nothing was run
     * @param verdict the same in words
     * @param models what answered; empty where nothing was run
     * @param date of the run, as 2026-01-31
     * @param seconds that the run took
     * @param size of the page in kB
     * @param link empty where nothing was run
     * @param command what makes the page, where there is none and a spec for it
     */
    public record Entry(
            String id,
            int order,
            String chapter,
            String title,
            String question,
            String variant,
            String answer,
            @Nullable TemplateHTMLOutputModel picture,
            String state,
            String verdict,
            List<String> models,
            String date,
            String seconds,
            String size,
            String link,
            String command) {}

    private static final Map<Integer, String> CHAPTERS = Map.of(
            1, "Toy language models",
            2, "Circuits in the wild",
            3, "Algorithmic problems",
            4, "Polysemanticity and superposition",
            5, "Training dynamics",
            6, "Tooling and techniques",
            7, "Image models",
            8, "Reinforcement learning",
            9, "Learned features in language models");

    private static final int OTHER = 999;

    private static final PageDetail SMALL = PageDetail.FROM_FULL.get(PageDetail.FROM_FULL.size() - 1);

    /** The gallery of these runs and open questions. */
    public static Gallery of(List<Run> runs, List<Open> open) {
        List<Entry> entries = new ArrayList<>(
                Stream.concat(runs.stream().map(Gallery::entry), open.stream().map(Gallery::entry))
                        .sorted(Comparator.comparingInt(Entry::order)
                                .thenComparing(Entry::id)
                                .thenComparing(Entry::title)
                                .thenComparing(Entry::variant))
                        .toList());
        return new Gallery(
                entries, entries.stream().map(Entry::chapter).distinct().toList(), runs.size());
    }

    /** A part of an id such as {@code 6.20}; {@link #OTHER} where it is no number. */
    private static int number(String id, int part) {
        String[] parts = id.split("[.]");
        return parts.length > part && parts[part].matches("[0-9]{1,2}") ? Integer.parseInt(parts[part]) : OTHER;
    }

    private static int order(String id) {
        return number(id, 0) * 1000 + number(id, 1);
    }

    private static String chapter(String id) {
        int chapter = number(id, 0);
        return chapter == OTHER ? "Other questions" : chapter + ". " + CHAPTERS.getOrDefault(chapter, "Problems");
    }

    private static Entry entry(Open open) {
        return new Entry(
                open.id(),
                order(open.id()),
                chapter(open.id()),
                open.title(),
                open.question(),
                "",
                "",
                null,
                "open",
                open.command().isEmpty() ? "no experiment yet" : "not run here",
                List.of(),
                "",
                "",
                "",
                "",
                open.command());
    }

    private static Entry entry(Run run) {
        RunResult r = run.result();
        int all = r.claims().size();
        Tally tally = Tally.ofClaims(r.claims());
        PageModel page = PageModel.of(r, SMALL);
        Provenance from = r.provenance();
        return new Entry(
                r.id(),
                order(r.id()),
                chapter(r.id()),
                r.title(),
                r.question(),
                r.variant(),
                r.answer(),
                Thumbnail.of(page.key(), page.sections()),
                all == 0 ? "none" : tally.verdict().word(),
                all == 0 ? "no claims" : tally.ofClaims(),
                models(from),
                from.startedAt().length() >= 10 ? from.startedAt().substring(0, 10) : "",
                Numbers.show(from.secondsPerStage().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum()),
                Numbers.show(Math.ceil(run.bytes() / 1000.0)),
                run.link(),
                "");
    }

    /** The names of the models' cards or files, each once, without untrained and derived ones. */
    private static List<String> models(Provenance from) {
        return from.models().stream()
                .filter(line -> !line.startsWith("untrained") && !line.contains(": "))
                .map(line -> line.split(",|;| seed | from | \\(", 2)[0].strip())
                .distinct()
                .toList();
    }
}
