package dev.loupe.report;

import dev.loupe.report.compare.ComparisonCsv;
import dev.loupe.report.compare.ComparisonModel;
import dev.loupe.report.compare.RunComparison;
import dev.loupe.text.TextFile;
import java.io.IOException;
import java.nio.file.Path;

/** {@code comparison.html}: runs side by side, and a table of all numbers beside it. */
public final class ComparisonPage {
    /** The page's name where nobody gives another. */
    public static final String FILE = "comparison.html";

    private final PageTemplate template = new PageTemplate();

    /** Writes the page, and the table under the same name with the ending csv. */
    public void write(RunComparison comparison, Path page) throws IOException {
        TextFile.write(template.fill(ComparisonModel.of(comparison)), page);
        TextFile.write(ComparisonCsv.of(comparison), table(page));
    }

    /** Where the table of a page lies. */
    public static Path table(Path page) {
        String name = String.valueOf(page.getFileName());
        return page.resolveSibling(name.replaceFirst("[.]html?$", "") + ".csv");
    }
}
