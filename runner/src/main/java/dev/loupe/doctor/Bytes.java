package dev.loupe.doctor;

import java.util.Locale;

/** Bytes for people. */
final class Bytes {
    private Bytes() {}

    static String of(long bytes) {
        return bytes >= 1L << 30
                ? String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30))
                : String.format(Locale.ROOT, "%d MiB", bytes >> 20);
    }
}
