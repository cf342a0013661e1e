package dev.loupe.dataset.language;

import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.RowRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of the planted language: tokens of its own, and a feature that decides which token comes next at some positions. It
 * is a table that never changes; what it has seen of a row is a {@link Reading}.
 */
interface Construct {
    /** The seed of every table of the language: the language is the same in all datasets. */
    long WORLD = 20_200;

    /** How many token ids are its own. */
    int size();

    /** The names of the positions at which it decides the next token: values of the label {@code construct}. */
    List<String> decisions();

    /** The labels that it puts on tokens. */
    List<Kind> labels();

    /** It has seen nothing yet. */
    Reading begin();

    /** A table's own random numbers. */
    static RowRandom world(long table) {
        return new RowRandom(WORLD, table);
    }

    /**
     * A label of a construct.
     *
     * @param names of a category's values; empty for the other kinds
     */
    record Kind(String name, Label.Kind kind, List<String> names) {
        static Kind of(String name, Label.Kind kind) {
            return new Kind(name, kind, List.of());
        }

        /** The label of one row with these values. */
        Label label(int[] values) {
            int[][] row = {values};
            return switch (kind) {
                case BOOLEAN -> Label.flag(row);
                case CATEGORY -> Label.category(names, row);
                case ORDINAL -> Label.ordinal(row);
                case POINTER -> Label.pointer(row);
            };
        }
    }

    /**
     * How the next token is decided.
     *
     * @param asked which of {@link Construct#decisions} it is; null where no earlier token than the last one matters
     */
    record Decision(Choice choice, @Nullable String asked) {}

    /** What a construct has seen of one row, from its first token on. */
    interface Reading {
        /** The next token of the row. */
        void read(int token, int pos);

        /**
         * How it decides what follows the last token, in a register; null where it does not. At most one construct does: the one
         * that owns the last token.
         */
        @Nullable
        Decision decides(int register);

        /** Adds what it may begin with where no construct decides, with the probability of each. */
        void begins(Mixture open);

        /** A filler table of its own that it bends the text by, from 0 on; -1 for none. */
        default int bends() {
            return -1;
        }

        /** The values of its labels at the last token, in their order. */
        int[] labels();
    }
}
