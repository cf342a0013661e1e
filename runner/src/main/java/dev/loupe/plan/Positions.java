package dev.loupe.plan;

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
}
