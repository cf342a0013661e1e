package dev.loupe.report;

import dev.loupe.result.RunResult;
import dev.loupe.result.Tally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All runs of a folder by family of research problem, for the gallery's page.
 *
 * @param families in the order of their numbers; runs without the id of a problem come last
 */
public record Gallery(List<Family> families) {
    /** One run: the result and where its page lies, relative to the gallery. */
    public record Run(RunResult result, String link) {}

    /** Runs of one chapter of the "200 Concrete Open Problems" list, in the order of their ids. */
    public record Family(String name, List<Entry> entries) {}

    /**
     * One line of the gallery.
     *
     * @param state {@code holds}, {@code undecided}, {@code refuted}, or {@code none} where nothing was claimed
     * @param verdict the same in words
     */
    public record Entry(
            String id,
            String title,
            String question,
            String variant,
            String answer,
            String state,
            String verdict,
            String link) {}

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

    private static final int OTHER = Integer.MAX_VALUE;

    /** The gallery of these runs. */
    public static Gallery of(List<Run> runs) {
        Map<Integer, List<Run>> byChapter = new TreeMap<>();
        for (Run run : runs) {
            byChapter
                    .computeIfAbsent(number(run.result().id(), 0), k -> new ArrayList<>())
                    .add(run);
        }
        List<Family> families = new ArrayList<>();
        byChapter.forEach((chapter, members) -> families.add(new Family(
                chapter == OTHER ? "Other questions" : chapter + ". " + CHAPTERS.getOrDefault(chapter, "Problems"),
                members.stream().sorted(ORDER).map(Gallery::entry).toList())));
        return new Gallery(families);
    }

    private static final Comparator<Run> ORDER = Comparator.comparingInt(
                    (Run run) -> number(run.result().id(), 1))
            .thenComparing(run -> run.result().id())
            .thenComparing(run -> run.result().variant());

    /** A part of an id such as {@code 6.20}; {@link #OTHER} where it is no number. */
    private static int number(String id, int part) {
        String[] parts = id.split("[.]");
        return parts.length > part && parts[part].matches("[0-9]{1,6}") ? Integer.parseInt(parts[part]) : OTHER;
    }

    private static Entry entry(Run run) {
        RunResult r = run.result();
        int all = r.claims().size();
        Tally tally = Tally.ofClaims(r.claims());
        return new Entry(
                r.id(),
                r.title(),
                r.question(),
                r.variant(),
                r.answer(),
                all == 0 ? "none" : tally.verdict().word(),
                all == 0 ? "no claims" : tally.ofClaims(),
                run.link());
    }
}
