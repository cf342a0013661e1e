package dev.loupe.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.report.rating.RatingForm;
import dev.loupe.text.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code rating.html}: a form for people who judge neurons, and the key that says which card is which. */
public final class RatingPage {
    /** The page's name in its folder. */
    public static final String FILE = "rating.html";
    /** The key's name, which raters must not see. */
    public static final String KEY = "rating-key.json";

    private final PageTemplate template = new PageTemplate();

    /** Writes both into a folder. */
    public void write(RatingForm form, Path folder) throws IOException {
        Files.createDirectories(folder);
        TextFile.write(template.fill(form), folder.resolve(FILE));
        TextFile.write(
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(form.key()) + "\n",
                folder.resolve(KEY));
    }
}
