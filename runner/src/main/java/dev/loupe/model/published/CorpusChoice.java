package dev.loupe.model.published;

/**
 * One corpus that a card describes.
 *
 * @param name what specs call it
 */
public record CorpusChoice(String name, PublicCorpus corpus) {
    /** What to type to have it. */
    public String command() {
        return "`./loupe pull " + name + "`";
    }
}
