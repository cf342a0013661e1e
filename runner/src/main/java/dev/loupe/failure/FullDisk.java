package dev.loupe.failure;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A disk on which a file cannot grow. */
public final class FullDisk {
    /** How systems word it. */
    private static final List<String> WORDINGS =
            List.of("no space left on device", "file too large", "disk quota exceeded", "not enough space on the disk");

    private FullDisk() {}

    public static boolean says(@Nullable String text) {
        String lower = text == null ? "" : text.toLowerCase(Locale.ROOT);
        return WORDINGS.stream().anyMatch(lower::contains);
    }

    /** What says so among an error and its causes; null where nothing does. */
    public static @Nullable Throwable in(Throwable error) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            if (says(t.getMessage())) {
                return t;
            }
        }
        return null;
    }
}
