package dev.loupe.dataset;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One name that a dataset gives to places or tokens of its rows, for the reference pages. A test compares them with the rows
 * that are drawn.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Marks.class)
public @interface Mark {
    /** What is named. */
    Kind is();

    /** The name; what differs from row to row or from spec to spec in italics: {@code length-*N*}. */
    String name();

    /** What it means, in a phrase. */
    String doc();

    /** What a name is of. */
    enum Kind {
        /** One position of each row. */
        POSITION("position"),
        /** Any number of positions of each row. */
        CLASS("position class"),
        /** A token id of each row, or several. */
        COLUMN("column"),
        /** A value of every token. */
        LABEL("label");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** In words. */
        public String words() {
            return words;
        }
    }
}
