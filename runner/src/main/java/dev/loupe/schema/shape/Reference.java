package dev.loupe.schema.shape;

/**
 * A use of a declared name.
 *
 * @param path where it is used, such as {@code measure.damage.read.0}
 * @param section the top-level key that declares it
 * @param name the declared name; as written where nothing declares it
 * @param guessed whether another name was written, and this is the one that was probably meant
 */
public record Reference(String path, String section, String name, boolean guessed) {
    /** The named value that holds it: its section and name, {@code measure.damage}. */
    public boolean isIn(String entry) {
        return path.startsWith(entry + ".");
    }
}
