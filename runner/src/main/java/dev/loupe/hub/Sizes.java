package dev.loupe.hub;

import java.util.Locale;

/** Sizes as download pages give them: decimal units. */
public final class Sizes {
    private Sizes() {}

    public static String shown(long bytes) {
        if (bytes < 1_000_000) {
            return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
        }
        return bytes < 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
    }
}
