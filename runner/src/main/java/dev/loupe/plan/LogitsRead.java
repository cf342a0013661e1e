package dev.loupe.plan;

/**
 * Which logits a reading wants.
 *
 * @param extent none, every position, or only positions that the dataset names
 * @param at that name, empty otherwise
 */
public record LogitsRead(Extent extent, String at) {
    public enum Extent {
        NONE,
        EVERYWHERE,
        AT
    }

    public static final LogitsRead NONE = new LogitsRead(Extent.NONE, "");
    public static final LogitsRead EVERYWHERE = new LogitsRead(Extent.EVERYWHERE, "");

    public boolean wanted() {
        return extent != Extent.NONE;
    }

    /** The least that satisfies both. */
    public LogitsRead and(LogitsRead other) {
        if (!wanted()) {
            return other;
        }
        return !other.wanted() || equals(other) ? this : EVERYWHERE;
    }
}
