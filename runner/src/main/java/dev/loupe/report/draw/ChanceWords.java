package dev.loupe.report.draw;

import dev.loupe.result.NullBand;
import dev.loupe.result.Side;

/** What a null says about a number, in words. */
public final class ChanceWords {
    private ChanceWords() {}

    /** Where chance ends: "99 % of 200 draws lie below 0.312"; "the largest of 20 draws is 0.347" where 99 % says nothing. */
    public static String edge(NullBand chance) {
        int n = chance.defined();
        if (n == 0) {
            return "no draw is defined";
        }
        String edge = Numbers.show(chance.edge());
        if (chance.percentile()) {
            return "99 % of " + n + " draws lie "
                    + switch (chance.side()) {
                        case HIGHER -> "below " + edge;
                        case LOWER -> "above " + edge;
                        case BOTH -> "between " + Numbers.show(-chance.edge()) + " and " + edge;
                    };
        }
        return "the " + extreme(chance.side()) + " of " + n + (n == 1 ? " draw is " : " draws is ") + edge;
    }

    /** What a find is called: the largest number, where larger ones show more. */
    public static String extreme(Side side) {
        return switch (side) {
            case HIGHER -> "largest";
            case LOWER -> "smallest";
            case BOTH -> "largest in magnitude";
        };
    }

    /** Where a find lies: "above chance". */
    public static String beyond(Side side) {
        return switch (side) {
            case HIGHER -> "above chance";
            case LOWER -> "below chance";
            case BOTH -> "beyond chance";
        };
    }

    /**
     * Where the find lies beside its null, a sentence.
     *
     * @param searched whether it is the extreme of several numbers
     */
    public static String find(NullBand chance, double found, boolean searched) {
        int n = chance.defined();
        int reaching = chance.reaching(found);
        String subject = searched ? "The " + extreme(chance.side()) : "The number";
        if (n == 0) {
            return subject + " has no null to be compared with.";
        }
        if (chance.beyond(found)) {
            return subject + " is " + beyond(chance.side()) + ".";
        }
        String not = subject + " is not " + beyond(chance.side()) + ": ";
        if (reaching == n && chance.side() != Side.BOTH) {
            return not + "it is on the other side of " + (n == 1 ? "the draw." : "every draw.");
        }
        return not + reaching + " of " + n
                + (n == 1 ? " draw reaches" : reaching == 1 ? " draws reaches" : " draws reach") + " as far.";
    }
}
