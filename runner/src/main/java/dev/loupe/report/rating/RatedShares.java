package dev.loupe.report.rating;

import dev.loupe.report.rating.Ratings.Choice;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the ratings of a form come to. */
public final class RatedShares {
    private RatedShares() {}

    /** Of each group the share of rated cards that one person called one meaning; groups without a rated card are absent. */
    public static Map<String, Share> of(RatingKey key, Ratings ratings) {
        Map<String, int[]> counts = new TreeMap<>();
        ratings.choices().forEach((card, choice) -> {
            int[] count = counts.computeIfAbsent(key.cards().get(card - 1).group(), k -> new int[2]);
            count[0] += choice == Choice.ONE ? 1 : 0;
            count[1]++;
        });
        Map<String, Share> shares = new TreeMap<>();
        counts.forEach((group, count) -> shares.put(group, new Share(count[0], count[1])));
        return shares;
    }

    /** How often two people agree on whether a card is one meaning, of the cards that both rated; empty where there is none. */
    public static Optional<Share> agreement(Ratings first, Ratings second) {
        int[] both = table(first, second);
        int all = both[0] + both[1] + both[2] + both[3];
        return all == 0 ? Optional.empty() : Optional.of(new Share(both[0] + both[3], all));
    }

    /** Cohen's kappa (1960) of the same; NaN where both always say the same thing. */
    public static double kappa(Ratings first, Ratings second) {
        int[] both = table(first, second);
        double all = both[0] + both[1] + both[2] + both[3];
        double agreed = (both[0] + both[3]) / all;
        double expected = ((both[0] + both[1]) * (double) (both[0] + both[2])
                        + (both[2] + both[3]) * (double) (both[1] + both[3]))
                / (all * all);
        return expected == 1 ? Double.NaN : (agreed - expected) / (1 - expected);
    }

    /** Cards that both, the first alone, the second alone and neither call one meaning. */
    private static int[] table(Ratings first, Ratings second) {
        int[] counts = new int[4];
        first.choices().forEach((card, choice) -> {
            Choice other = second.choices().get(card);
            if (other != null) {
                counts[(choice == Choice.ONE ? 0 : 2) + (other == Choice.ONE ? 0 : 1)]++;
            }
        });
        return counts;
    }
}
