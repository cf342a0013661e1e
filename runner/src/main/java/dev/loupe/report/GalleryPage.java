package dev.loupe.report;

import dev.loupe.result.RunResult;
import dev.loupe.result.store.PackedRun;
import dev.loupe.result.store.ResultStore;
import dev.loupe.text.TextFile;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** {@code index.html} of a folder of runs: a table of every question with its answer and verdict. */
public final class GalleryPage {
    /** The page's name in the folder. */
    public static final String FILE = "index.html";

    private static final int DEEPEST = 4;

    private final PageTemplate template = new PageTemplate();

    /**
     * Writes the gallery of all finished runs below a folder.
     *
     * @param pack whether each run's numbers are packed into one archive ({@link PackedRun})
     * @param open questions that may have no run in the folder, given the runs
     * @return how many runs it shows
     */
    public int write(Path folder, boolean pack, Function<List<RunResult>, List<Gallery.Open>> open) throws IOException {
        List<Gallery.Run> runs = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
            List<Path> found = files.filter(ResultStore::isComplete).sorted().toList();
            for (Path run : found) {
                Path page = run.resolve(ReportPage.FILE);
                long bytes = Files.isRegularFile(page) ? Files.size(page) : 0;
                if (pack) {
                    PackedRun.pack(run);
                }
                runs.add(new Gallery.Run(new ResultStore().read(run), link(folder, run), bytes));
            }
        }
        List<Gallery.Open> others =
                open.apply(runs.stream().map(Gallery.Run::result).toList());
        TextFile.write(template.fill(Gallery.of(runs, others)), folder.resolve(FILE));
        return runs.size();
    }

    static String link(Path folder, Path run) {
        return "./" + encoded(folder.relativize(run.resolve(ReportPage.FILE)));
    }

    private static String encoded(Path relative) {
        return StreamSupport.stream(relative.spliterator(), false)
                .map(part -> URLEncoder.encode(part.toString(), StandardCharsets.UTF_8)
                        .replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }
}
