package dev.loupe.report;

import dev.loupe.result.RunResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

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
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(render(run));
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null) {
            throw new IOException(file + " is not a file name");
        }
        Files.createDirectories(folder);
        Path partial = folder.resolve("." + file.getFileName() + ".partial");
        try {
            try (FileChannel out = FileChannel.open(
                    partial,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
