package dev.loupe.execute.hypotheses;

import java.util.Arrays;
import java.util.List;

/** Where a neuron is said to fire: everywhere that all of a few conditions hold. */
record LexicalRule(List<Condition> conditions) {
    LexicalRule {
        conditions = List.copyOf(conditions);
    }

    /** One thing that must hold at a position. */
    sealed interface Condition permits TokenIn, Known {
        boolean holds(PositionFacts facts, int position);
    }

    /**
     * The token of a slot is one of these.
     *
     * @param ids ascending
     */
    record TokenIn(int slot, int[] ids) implements Condition {
        @Override
        public boolean holds(PositionFacts facts, int position) {
            int place = facts.places()[slot][position];
            return place >= 0 && Arrays.binarySearch(ids, facts.tokens()[place]) >= 0;
        }
    }

    /** Something else is known at the position: the name of a flag. */
    record Known(String flag) implements Condition {
        @Override
        public boolean holds(PositionFacts facts, int position) {
            return facts.known()[facts.flags().indexOf(flag)][position];
        }
    }

    boolean holds(PositionFacts facts, int position) {
        return conditions.stream().allMatch(condition -> condition.holds(facts, position));
    }
}
