package dev.loupe.plan.ask;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which logits a reading wants, or a run makes.
 *
 * @param extent none, every position, or only positions that the dataset names
 * @param at that name, empty otherwise
 * @param columns columns of the dataset whose ids alone are read, row by row; empty for the whole output vocabulary
 */
public record LogitsRead(Extent extent, String at, List<String> columns) {
    /** How far it reaches. */
    public enum Extent {
        NONE,
        EVERYWHERE,
        /** Read at some positions; the run makes them everywhere. */
        AT,
        /** Read at some positions, and the run makes no others. */
        ONLY_AT
    }

    public LogitsRead {
        columns = columns.stream().distinct().sorted().toList();
    }

    /** Of the whole output vocabulary. */
    public LogitsRead(Extent extent, String at) {
        this(extent, at, List.of());
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
        return extent == Extent.AT ? new LogitsRead(Extent.ONLY_AT, at, columns) : this;
    }

    /** The least that satisfies both. */
    public LogitsRead and(LogitsRead other) {
        if (!wanted()) {
            return other;
        }
        if (!other.wanted() || equals(other)) {
            return this;
        }
        boolean same = extent != Extent.EVERYWHERE && at.equals(other.at);
        return same ? new LogitsRead(extent, at, columns(other)) : EVERYWHERE;
    }

    /** Ids that one of two readings wants: all where one wants all. */
    private List<String> columns(LogitsRead other) {
        if (columns.isEmpty() || other.columns.isEmpty()) {
            return List.of();
        }
        return Stream.concat(columns.stream(), other.columns.stream()).toList();
    }
}
