package dev.loupe.execute.hypotheses;

import dev.loupe.execute.hypotheses.LexicalRule.Known;
import dev.loupe.execute.hypotheses.LexicalRule.TokenIn;
import dev.loupe.result.TokenRankings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** A rule as a page shows it: each condition with the tokens that meet it, and how often the neuron fires with each. */
final class RuleInWords {
    private RuleInWords() {}

    /**
     * @param firing what it is for the neuron to fire
     * @param rule null where it fires too seldom for one
     * @param positions where the rule was made
     * @param fires whether the neuron fires at a position
     */
    static TokenRankings.Ranking of(
            String neuron,
            Firing firing,
            @Nullable LexicalRule rule,
            PositionFacts facts,
            int[] positions,
            IntPredicate fires) {
        String words = neuron + " "
                + firing.words(Arrays.stream(positions).filter(fires).count(), positions.length);
        if (rule == null) {
            return new TokenRankings.Ranking(
                    words + (firing.sign() == 0 ? "" : ": too seldom for a rule"), List.of(), List.of());
        }
        List<TokenRankings.Group> groups = new ArrayList<>();
        List<String> known = new ArrayList<>();
        for (LexicalRule.Condition condition : rule.conditions()) {
            if (condition instanceof Known flag) {
                known.add(flag.flag());
            }
            if (condition instanceof TokenIn in) {
                groups.add(new TokenRankings.Group(
                        PositionFacts.SLOTS.get(in.slot()) + " is one of", entries(in, rule, facts, positions, fires)));
            }
        }
        String also = known.isEmpty() ? "" : " where " + String.join(" and ", known);
        return new TokenRankings.Ranking(
                words + "," + also + (groups.isEmpty() || known.isEmpty() ? groups.isEmpty() ? "" : " where" : ", and"),
                List.of(),
                groups);
    }

    private static List<TokenRankings.Entry> entries(
            TokenIn in, LexicalRule rule, PositionFacts facts, int[] positions, IntPredicate fires) {
        double[] all = new double[in.ids().length];
        double[] own = new double[all.length];
        boolean[] holds = rule.everywhere(facts);
        for (int i : positions) {
            if (holds[i]) {
                int token = Arrays.binarySearch(in.ids(), facts.tokens()[facts.places()[in.slot()][i]]);
                all[token]++;
                own[token] += fires.test(i) ? 1 : 0;
            }
        }
        List<TokenRankings.Entry> entries = new ArrayList<>();
        for (int t = 0; t < all.length; t++) {
            entries.add(new TokenRankings.Entry(in.ids()[t], "", List.of(own[t], all[t])));
        }
        entries.sort(Comparator.comparingDouble(
                (TokenRankings.Entry e) -> -e.values().get(0)));
        return entries;
    }
}
