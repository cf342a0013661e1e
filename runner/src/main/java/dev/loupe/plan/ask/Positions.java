package dev.loupe.plan.ask;

import java.util.List;

/** Which positions of a row an edit or a reading touches. */
public sealed interface Positions {
    /** Every position. */
    record All() implements Positions {
        @Override
        public String toString() {
            return "all positions";
        }
    }

    /** One index, the same in every row (a cell of a sweep over positions). */
    record At(int index) implements Positions {
        @Override
        public String toString() {
            return "position " + index;
        }
    }

    /** The positions that the dataset names so, row by row: a named position ({@code END}) or a class. */
    record Of(String name) implements Positions {
        @Override
        public String toString() {
            return "at " + name;
        }
    }

    /** The positions that have at least one of these names. */
    record AnyOf(List<String> names) implements Positions {
        public AnyOf {
            names = List.copyOf(names);
        }

        @Override
        public String toString() {
            return "at " + String.join(", ", names);
        }
    }

    /** The word for every position. */
    String EVERYWHERE = "everywhere";

    /** What a spec's list of names means. */
    static Positions named(List<String> names) {
        if (names.contains(EVERYWHERE)) {
            return new All();
        }
        return names.size() == 1 ? new Of(names.get(0)) : new AnyOf(names);
    }

    /** The names of the dataset that it uses. */
    default List<String> names() {
        if (this instanceof Of of) {
            return List.of(of.name());
        }
        return this instanceof AnyOf any ? any.names() : List.of();
    }
}
