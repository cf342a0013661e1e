package dev.loupe.schema;

/**
 * The name of a file below the folder of the spec or below the data root. Every option that names such a file has this type: it is the only
 * name that these folders can be asked for, and what the file holds is part of a run's identity.
 *
 * @param name relative to that folder
 */
public record DataFile(String name) {
    /** Any text is a name; whether there is such a file is found when it is read. */
    public static DataFile parse(String name) {
        return new DataFile(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
