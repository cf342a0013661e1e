package dev.loupe.dataset.label;

import dev.loupe.dataset.rows.Label;
import java.util.List;

/**
 * A label that a labeller gives.
 *
 * @param names of a category's values; empty for the other kinds
 * @param looksAhead whether deciding it takes text that comes later, so that no model could know it at the token
 */
public record LabelKind(String name, Label.Kind kind, List<String> names, boolean looksAhead) {
    public static LabelKind flag(String name) {
        return new LabelKind(name, Label.Kind.BOOLEAN, List.of(), false);
    }

    public static LabelKind category(String name, List<String> names) {
        return new LabelKind(name, Label.Kind.CATEGORY, names, false);
    }

    public static LabelKind ordinal(String name) {
        return new LabelKind(name, Label.Kind.ORDINAL, List.of(), false);
    }

    /** The same, decided by later text too. */
    public LabelKind ahead() {
        return new LabelKind(name, kind, names, true);
    }

    /** The value of characters that nothing marks. */
    int unmarked() {
        return kind == Label.Kind.CATEGORY ? Label.NONE : 0;
    }

    public Label label(int[][] values) {
        Label label = switch (kind) {
            case BOOLEAN -> Label.flag(values);
            case CATEGORY -> Label.category(names, values);
            case ORDINAL -> Label.ordinal(values);
            case POINTER -> Label.pointer(values);
        };
        return looksAhead ? label.lookingAhead() : label;
    }
}
