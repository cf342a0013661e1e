package dev.loupe.execute.hypotheses;

import dev.loupe.execute.hypotheses.LexicalRule.Condition;
import dev.loupe.execute.hypotheses.LexicalRule.Known;
import dev.loupe.execute.hypotheses.LexicalRule.TokenIn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rule with the largest F1 for some positions that is found by adding one condition after the other, each the best beside
 * those that are there, and making each again in the light of the others, from several first conditions.
 *
 * <p>The best set of tokens beside given conditions is exact: the largest F1 is the largest l at which a set has
 * 2 TP - l (predicted + positives) = 0, and for a given l a token counts by itself (Dinkelbach 1967).
 */
final class RuleInduction {
    private static final double LEAST_GAIN = 1e-9;
    private static final int STARTS = 3;
    private static final int SWEEPS = 3;

    private final PositionFacts facts;
    private final int[] positions;
    private final boolean[] fires;
    private final int terms;
    private final int most;
    private final double positives;
    private final boolean[] included;
    private final List<Scored> alone;
    private final Map<Set<Condition>, List<Scored>> wide = new HashMap<>();

    /**
     * @param positions those that the rule is made from
     * @param fires whether the neuron fires [position of the facts]
     * @param terms conditions of a rule, at most
     * @param most tokens of a set, at most
     */
    RuleInduction(PositionFacts facts, int[] positions, boolean[] fires, int terms, int most) {
        this.facts = facts;
        this.positions = positions;
        this.fires = fires;
        this.terms = terms;
        this.most = most;
        this.included = new boolean[facts.size()];
        for (int i : positions) {
            included[i] = true;
        }
        this.positives = Arrays.stream(positions).filter(i -> fires[i]).count();
        this.alone = positives == 0 ? List.of() : candidates(positions, List.of());
    }

    /** A condition and the F1 of the rule that it completes. */
    private record Scored(Condition condition, double f1) {}

    private record Rule(List<Condition> conditions, double f1) {}

    /** Null where nothing fires. */
    @Nullable
    LexicalRule best() {
        if (positives == 0) {
            return null;
        }
        List<Rule> starts = alone.stream()
                .sorted(Comparator.comparingDouble((Scored s) -> -s.f1()))
                .limit(STARTS)
                .map(s -> grown(new Rule(List.of(s.condition()), s.f1())))
                .toList();
        return starts.stream()
                .max(Comparator.comparingDouble(Rule::f1))
                .map(rule -> new LexicalRule(rule.conditions()))
                .orElse(null);
    }

    private Rule grown(Rule rule) {
        Rule best = rule;
        while (best.conditions().size() < terms) {
            Rule more = refined(with(best, best.conditions()));
            if (more.f1() <= best.f1() + LEAST_GAIN) {
                return best;
            }
            best = more;
        }
        return best;
    }

    /** These conditions and the best one beside them; the rule as it was where none is better. */
    private Rule with(Rule rule, List<Condition> kept) {
        Rule best = rule;
        for (Scored more : beside(kept)) {
            if (more.f1() > best.f1() + LEAST_GAIN) {
                List<Condition> all = new ArrayList<>(kept);
                all.add(more.condition());
                best = new Rule(all, more.f1());
            }
        }
        return best;
    }

    private Rule refined(Rule rule) {
        Rule best = rule;
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double before = best.f1();
            for (int i = 0; i < best.conditions().size(); i++) {
                List<Condition> others = new ArrayList<>(best.conditions());
                others.remove(0);
                Rule again = with(best, others);
                best = again == best ? new Rule(rotated(best.conditions()), best.f1()) : again;
            }
            if (best.f1() <= before + LEAST_GAIN) {
                return best;
            }
        }
        return best;
    }

    private static List<Condition> rotated(List<Condition> conditions) {
        List<Condition> turned = new ArrayList<>(conditions.subList(1, conditions.size()));
        turned.add(conditions.get(0));
        return turned;
    }

    /** Where all of these hold; a set of tokens is looked up, so that few positions are read for most rules. */
    private int[] where(List<Condition> kept) {
        Condition first =
                kept.stream().filter(TokenIn.class::isInstance).findFirst().orElse(kept.get(0));
        int[] left = first instanceof TokenIn in
                ? in.everywhere(facts).filter(i -> included[i]).toArray()
                : first.among(facts, positions);
        for (Condition condition : kept) {
            left = condition == first ? left : condition.among(facts, left);
        }
        return left;
    }

    /** The conditions beside these, worked out once where no set of tokens narrows the positions. */
    private List<Scored> beside(List<Condition> kept) {
        if (kept.isEmpty()) {
            return alone;
        }
        return kept.stream().allMatch(Known.class::isInstance)
                ? wide.computeIfAbsent(Set.copyOf(kept), k -> candidates(where(kept), kept))
                : candidates(where(kept), kept);
    }

    /** The best condition of each kind that the others do not have yet. */
    private List<Scored> candidates(int[] left, List<Condition> others) {
        List<Scored> found = new ArrayList<>();
        for (int slot = 0; slot < PositionFacts.SLOTS.size(); slot++) {
            int own = slot;
            if (others.stream().noneMatch(c -> c instanceof TokenIn in && in.slot() == own)) {
                found.add(tokens(slot, left));
            }
        }
        for (int f = 0; f < facts.flags().size(); f++) {
            Known known = new Known(facts.flags().get(f));
            if (!others.contains(known)) {
                int[] held = known.among(facts, left);
                found.add(new Scored(
                        known, f1(Arrays.stream(held).filter(i -> fires[i]).count(), held.length)));
            }
        }
        return found;
    }

    private double f1(double true_, double predicted) {
        return 2 * true_ / (predicted + positives);
    }

    private Scored tokens(int slot, int[] left) {
        double[] all = new double[facts.tokens().length];
        double[] own = new double[all.length];
        int[] place = facts.places()[slot];
        int[] firing = new int[Math.min(left.length, all.length)];
        int n = 0;
        for (int i : left) {
            if (place[i] >= 0) {
                all[place[i]]++;
                if (fires[i]) {
                    if (own[place[i]]++ == 0) {
                        firing[n++] = place[i];
                    }
                }
            }
        }
        int[] some = Arrays.copyOf(firing, n);
        double best = -1;
        int[] chosen = {};
        while (true) {
            double least = Math.max(best, 0);
            int[] next = IntStream.of(some)
                    .boxed()
                    .filter(t -> 2 * own[t] - least * all[t] > 0)
                    .sorted(Comparator.comparingDouble((Integer t) -> -(2 * own[t] - least * all[t]))
                            .thenComparingInt(t -> t))
                    .limit(most)
                    .mapToInt(Integer::intValue)
                    .sorted()
                    .toArray();
            double score = f1(
                    IntStream.of(next).mapToDouble(t -> own[t]).sum(),
                    IntStream.of(next).mapToDouble(t -> all[t]).sum());
            if (score <= best + LEAST_GAIN) {
                break;
            }
            best = score;
            chosen = next;
        }
        return new Scored(
                new TokenIn(
                        slot, Arrays.stream(chosen).map(t -> facts.tokens()[t]).toArray()),
                Math.max(best, 0));
    }
}
