package dev.loupe.analysis.heads;

import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;

/** Which keys a query should attend to, as the dataset says. */
public sealed interface TargetChoice {
    /** Whether a key is a target of a query of the same row. */
    boolean isTarget(TokenRows rows, int row, int query, int key);

    /** @throws IllegalArgumentException where the rows have nothing of that name */
    void check(TokenRows rows);

    String describe();

    /** The position that a label points to. */
    @Named("pointer")
    @Doc("The position that a label of the dataset points to from the query, where it points anywhere.")
    @Example("{pointer: source}")
    record Pointer(@Doc("The label.") String pointer) implements TargetChoice {
        @Override
        public boolean isTarget(TokenRows rows, int row, int query, int key) {
            return rows.label(pointer).values()[row][query] == key;
        }

        @Override
        public void check(TokenRows rows) {
            if (rows.label(pointer).kind() != Label.Kind.POINTER) {
                throw new IllegalArgumentException(
                        "label `" + pointer + "` does not point to positions; name its " + "values with `class`");
            }
        }

        @Override
        public String describe() {
            return "the position that `" + pointer + "` points to";
        }
    }

    /** Every earlier position of a class. */
    @Named("class")
    @Doc("Every position of a class, or the named position, up to the query.")
    @Example("{class: list}")
    record InClass(
            @Key("class") @Doc("The position class or named position.")
            String name) implements TargetChoice {
        @Override
        public boolean isTarget(TokenRows rows, int row, int query, int key) {
            return key <= query && rows.belongs(name, row, key);
        }

        @Override
        public void check(TokenRows rows) {
            rows.place(name);
        }

        @Override
        public String describe() {
            return "`" + name + "`";
        }
    }
}
