package dev.loupe.plan.edit;

import dev.loupe.schema.annotation.Doc;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** The order of a site's components, row by row. */
public sealed interface Ranking {
    /** Which numbers come first. */
    enum Order {
        @Doc("The highest.")
        HIGHEST,
        @Doc("The lowest.")
        LOWEST,
        @Doc("The largest absolute values.")
        SIZE
    }

    /** Steps whose value it needs. */
    default List<Integer> inputs() {
        return List.of();
    }

    /** The same with every id renamed. */
    default Ranking renamed(IntUnaryOperator names) {
        return this;
    }

    /**
     * By the numbers that a step has for the same row of its own rows. Components whose number is undefined or equal follow
     * by the parts before, then by index.
     *
     * @param step whose value is a table [row, part, component], or [row, component]
     * @param part index of the part, 0 where there is none
     */
    record ByStep(int step, int part, Order order) implements Ranking {
        @Override
        public List<Integer> inputs() {
            return List.of(step);
        }

        @Override
        public ByStep renamed(IntUnaryOperator names) {
            return new ByStep(names.applyAsInt(step), part, order);
        }

        @Override
        public String toString() {
            return "#" + step + (part == 0 ? "" : "." + part) + " " + order;
        }
    }

    /** At random, every row's order from the seed, the draw and the row's number alone. */
    record Random(long seed, int draw) implements Ranking {
        @Override
        public String toString() {
            return "random draw " + draw + " of seed " + seed;
        }
    }
}
