package dev.loupe.execute.hypotheses;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Where a neuron is said to fire: everywhere that all of a few conditions hold. */
record LexicalRule(List<Condition> conditions) {
    LexicalRule {
        conditions = List.copyOf(conditions);
    }

    /** One thing that must hold at a position. */
    sealed interface Condition permits TokenIn, Known {
        /** Those of some positions where it holds. */
        int[] among(PositionFacts facts, int[] positions);
    }

    /**
     * The token of a slot is one of these.
     *
     * @param ids ascending
     */
    record TokenIn(int slot, int[] ids) implements Condition {
        /** All positions where it holds, those of one token after those of another. */
        IntStream everywhere(PositionFacts facts) {
            return Arrays.stream(ids)
                    .map(id -> Arrays.binarySearch(facts.tokens(), id))
                    .filter(place -> place >= 0)
                    .flatMap(place -> Arrays.stream(facts.at()[slot][place]));
        }

        @Override
        public int[] among(PositionFacts facts, int[] positions) {
            boolean[] accepted = new boolean[facts.tokens().length];
            for (int id : ids) {
                int place = Arrays.binarySearch(facts.tokens(), id);
                if (place >= 0) {
                    accepted[place] = true;
                }
            }
            int[] place = facts.places()[slot];
            return Arrays.stream(positions)
                    .filter(i -> place[i] >= 0 && accepted[place[i]])
                    .toArray();
        }
    }

    /** Something else is known at the position: the name of a flag. */
    record Known(String flag) implements Condition {
        @Override
        public int[] among(PositionFacts facts, int[] positions) {
            boolean[] has = facts.known()[facts.flags().indexOf(flag)];
            return Arrays.stream(positions).filter(i -> has[i]).toArray();
        }
    }

    /** Whether it holds at each position. */
    boolean[] everywhere(PositionFacts facts) {
        int[] left = IntStream.range(0, facts.size()).toArray();
        for (Condition condition : conditions) {
            left = condition.among(facts, left);
        }
        boolean[] holds = new boolean[facts.size()];
        for (int i : left) {
            holds[i] = true;
        }
        return holds;
    }
}
