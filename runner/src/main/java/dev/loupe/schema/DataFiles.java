package dev.loupe.schema;

/**
 * Files below the folder of the spec, by a pattern of their names. What they hold is part of a run's identity, as with
 * {@link DataFile}.
 *
 * @param pattern relative to the folder of the spec; {@code *} stands for any part of a name and {@code **} for any folders
 */
public record DataFiles(String pattern) {
    /** Any text is a pattern; whether a file matches is found when it is read. */
    public static DataFiles parse(String pattern) {
        return new DataFiles(pattern);
    }

    @Override
    public String toString() {
        return pattern;
    }
}
