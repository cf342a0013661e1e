package dev.loupe.bench.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.bench.PageBench;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Version;
import dev.loupe.failure.UserInputException;
import dev.loupe.report.ReportPage;
import dev.loupe.text.Count;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code loupe bench pages}: every page of a folder of runs in a browser, and the worst of each.
 *
 * @param only parts of names of pages, none for all
 */
record PageBenchReport(Session session, Path folder, Set<String> only, int rounds) {
    private static final String ROW = "%-44s %7s %7s %7s %7s %6s%n";

    void run(@Nullable Path out) throws IOException {
        Map<String, Path> pages = pages();
        PrintStream text = session.terminal().out();
        text.printf(
                Locale.ROOT,
                "pages, %s at 1440 pixels, opened %s each; ready: script done and drawn, median%n%n",
                Count.of(pages.size(), "page"),
                rounds == 1 ? "once" : rounds + " times");
        text.printf(Locale.ROOT, ROW, "", "kB", "pixels", "sheets", "ready s", "stops");
        session.progress().stage("opening pages", pages.size());
        List<PageBench.Measured> all = new PageBench(session.environment(), rounds, session.stop()).run(pages, page -> {
            session.progress().advance(1);
            text.printf(
                    Locale.ROOT,
                    ROW,
                    page.name(),
                    Math.round(page.bytes() / 1e3),
                    page.height(),
                    page.sheets(),
                    String.format(Locale.ROOT, "%.2f", page.seconds()),
                    page.stops());
            text.flush();
        });
        session.progress().done();
        text.println();
        List<PageBench.Measured> usual = all.stream()
                .filter(page -> page.heads() <= ReportPage.MANY_HEADS)
                .toList();
        worst(
                text,
                "kB without attention of more than " + ReportPage.MANY_HEADS + " heads",
                usual,
                page -> page.bytes() / 1e3,
                ReportPage.USUAL_BYTES / 1e3);
        worst(text, "kB", all, page -> page.bytes() / 1e3, ReportPage.MOST_BYTES / 1e3);
        worst(text, "pixels tall", all, PageBench.Measured::height, Double.NaN);
        worst(text, "sheets of paper", all, PageBench.Measured::sheets, Double.NaN);
        worst(text, "seconds until ready", all, PageBench.Measured::seconds, 1);
        worst(text, "stops of the tab key before the claims", all, PageBench.Measured::stops, 200);
        if (out != null) {
            write(out, all);
        }
    }

    private Map<String, Path> pages() throws IOException {
        Map<String, Path> pages = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> runs = Files.list(folder)) {
                for (Path run : runs.toList()) {
                    Path page = run.resolve(ReportPage.FILE);
                    String name = run.getFileName().toString();
                    if (Files.isRegularFile(page)
                            && (only.isEmpty() || only.stream().anyMatch(name::contains))) {
                        pages.put(name, page.toAbsolutePath());
                    }
                }
            }
        }
        if (pages.isEmpty()) {
            throw new UserInputException(
                    folder + " has no folder with a " + ReportPage.FILE + (only.isEmpty() ? "" : " that --only names"));
        }
        return pages;
    }

    /** @param goal NaN where there is none for all pages */
    private static void worst(
            PrintStream text,
            String what,
            List<PageBench.Measured> pages,
            ToDoubleFunction<PageBench.Measured> number,
            double goal) {
        List<PageBench.Measured> sorted = pages.stream()
                .sorted(Comparator.comparingDouble(number).reversed())
                .toList();
        if (sorted.isEmpty()) {
            return;
        }
        long over = sorted.stream()
                .filter(page -> !(number.applyAsDouble(page) < goal))
                .count();
        double worst = number.applyAsDouble(sorted.get(0));
        double median = number.applyAsDouble(sorted.get(sorted.size() / 2));
        text.printf(
                Locale.ROOT,
                "%-44s most %s (%s), median %s%s%n",
                what,
                shown(worst),
                sorted.get(0).name(),
                shown(median),
                Double.isNaN(goal)
                        ? ""
                        : String.format(Locale.ROOT, "; goal below %.0f: ", goal)
                                + (over == 0 ? "met" : "missed by " + Count.of(over, "page")));
    }

    private static String shown(double number) {
        return String.format(Locale.ROOT, number < 10 ? "%.2f" : "%.0f", number);
    }

    private static void write(Path file, List<PageBench.Measured> pages) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode().put("loupe", Version.number());
        ArrayNode all = root.putArray("pages");
        for (PageBench.Measured page : pages) {
            ArrayNode ready = all.addObject()
                    .put("page", page.name())
                    .put("bytes", page.bytes())
                    .put("heads", page.heads())
                    .put("height", page.height())
                    .put("sheets", page.sheets())
                    .put("stops", page.stops())
                    .putArray("ready");
            page.ready().forEach(ready::add);
        }
        MeasuredFile.write(root, file);
    }
}
