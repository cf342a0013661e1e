package dev.loupe.plan;

/**
 * Which logits a reading wants, or a run makes.
 *
 * @param extent none, every position, or only positions that the dataset names
 * @param at that name, empty otherwise
 */
public record LogitsRead(Extent extent, String at) {
    /** How far it reaches. */
    public enum Extent {
        NONE,
        EVERYWHERE,
        /** Read at some positions; the run makes them everywhere. */
        AT,
        /** Read at some positions, and the run makes no others. */
        ONLY_AT
    }

    public static final LogitsRead NONE = new LogitsRead(Extent.NONE, "");
    public static final LogitsRead EVERYWHERE = new LogitsRead(Extent.EVERYWHERE, "");

    public boolean wanted() {
        return extent != Extent.NONE;
    }

    /** Whether a run unembeds only the positions that are read. */
    public boolean answersOnly() {
        return extent == Extent.ONLY_AT;
    }

    /** The same reading of a run that makes no other logits; this where it reads everywhere or nothing. */
    public LogitsRead only() {
        return extent == Extent.AT ? new LogitsRead(Extent.ONLY_AT, at) : this;
    }

    /** The least that satisfies both. */
    public LogitsRead and(LogitsRead other) {
        if (!wanted()) {
            return other;
        }
        boolean same = extent != Extent.EVERYWHERE && at.equals(other.at);
        return !other.wanted() || equals(other) || same ? this : EVERYWHERE;
    }
}
