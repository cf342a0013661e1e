package dev.loupe.report;

import dev.loupe.report.chart.PageDetail;
import dev.loupe.result.RunResult;
import dev.loupe.text.TextFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One run as one HTML file: offline, under two megabytes, readable without scripts. It is a function of the stored
 * result alone, so it can be made again years later.
 */
public final class ReportPage {
    /** The page's name in a run folder. */
    public static final String FILE = "report.html";

    static final int MOST_BYTES = 2_000_000;

    private final PageTemplate template = new PageTemplate();

    /** The page's HTML; what does not fit into two megabytes is left out, and the page says so. */
    public String render(RunResult run) {
        String page = "";
        for (PageDetail detail : PageDetail.FROM_FULL) {
            page = template.fill(PageModel.of(run, detail));
            if (page.getBytes(StandardCharsets.UTF_8).length < MOST_BYTES) {
                break;
            }
        }
        return page;
    }

    /** Writes the page under a temporary name, then renames it. */
    public void write(RunResult run, Path file) throws IOException {
        TextFile.write(render(run), file);
    }
}
