package dev.loupe.report;

import dev.loupe.report.draw.PageDetail;
import dev.loupe.report.models.ModelsSection;
import dev.loupe.report.models.NamedRun;
import dev.loupe.report.pattern.PatternSeries;
import dev.loupe.result.Artifact;
import dev.loupe.result.AttentionPatterns;
import dev.loupe.result.RunResult;
import dev.loupe.text.TextFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One run as one HTML file: offline, under two megabytes, readable without scripts. It is a function of the stored
 * result alone, so it can be made again years later.
 */
public final class ReportPage {
    /** The page's name in a run folder. */
    public static final String FILE = "report.html";

    public static final int MOST_BYTES = 2_000_000;

    /** For pages without the attention of very many heads. */
    public static final int USUAL_BYTES = 400_000;

    public static final int MANY_HEADS = 24;

    private final PageTemplate template = new PageTemplate();

    /** The page's HTML; what does not fit is left out, and the page says so. */
    public String render(RunResult run) {
        int heads = heads(run.artifacts());
        int most = heads > MANY_HEADS ? MOST_BYTES : USUAL_BYTES;
        String page = "";
        ModelsSection models = ModelsSection.of(List.of(new NamedRun("", run)));
        for (PageDetail detail : PageDetail.FROM_FULL) {
            page = template.fill(PageModel.of(run, detail, models));
            if (page.getBytes(StandardCharsets.UTF_8).length < most) {
                break;
            }
        }
        return page;
    }

    /** How many heads it shows the attention of; a head at several steps of a training is one. */
    static int heads(List<Artifact> artifacts) {
        Set<Artifact> later = new HashSet<>();
        PatternSeries.of(artifacts).stream()
                .flatMap(series -> series.units().stream())
                .forEach(unit -> unit.moments().stream().skip(1).forEach(moment -> later.add(moment.patterns())));
        return artifacts.stream()
                .filter(artifact -> artifact instanceof AttentionPatterns && !later.contains(artifact))
                .mapToInt(patterns -> ((AttentionPatterns) patterns).heads().size())
                .sum();
    }

    /** Writes the page under a temporary name, then renames it. */
    public void write(RunResult run, Path file) throws IOException {
        TextFile.write(render(run), file);
    }
}
