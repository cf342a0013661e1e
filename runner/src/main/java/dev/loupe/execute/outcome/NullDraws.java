package dev.loupe.execute.outcome;

import dev.loupe.result.NullBand;
import dev.loupe.result.Side;
import dev.loupe.spec.NullChoice;
import java.util.List;

/** What the draws of a null come down to: of each draw the number that shows most, over all its components. */
public final class NullDraws {
    private NullDraws() {}

    /**
     * @param chance which null
     * @param draws all numbers of each draw
     */
    public static NullBand band(NullChoice chance, List<double[]> draws, Side side) {
        double[] most = draws.stream().mapToDouble(draw -> most(draw, side)).toArray();
        return new NullBand(method(chance, most.length, draws.get(0).length, side), most, side);
    }

    /** The number that shows most, with its sign; NaN where none is defined. */
    private static double most(double[] numbers, Side side) {
        double most = Double.NaN;
        for (double x : numbers) {
            if (!Double.isNaN(x) && (Double.isNaN(most) || side.more(x, most))) {
                most = x;
            }
        }
        return most;
    }

    /** How it was drawn, in words; an extreme over components is one only where there are several. */
    private static String method(NullChoice chance, int draws, int components, Side side) {
        String extreme = switch (side) {
            case HIGHER -> "maximum";
            case LOWER -> "minimum";
            case BOTH -> "largest in magnitude";
        };
        return (components == 1 ? "" : extreme + " over all components ") + drawn(chance, draws, components > 1);
    }

    private static String drawn(NullChoice chance, int draws, boolean several) {
        if (chance instanceof NullChoice.Untrained untrained) {
            return (several ? "of " : "") + draws + " untrained models" + seeds(untrained.seed(), draws);
        }
        if (chance instanceof NullChoice.RandomCircuits random) {
            return (several ? "of " : "") + draws + " random circuits with the same number of edges"
                    + seeds(random.seed(), draws);
        }
        String in = several ? "in " : "";
        if (chance instanceof NullChoice.ShuffledTokens shuffled) {
            return in + draws + " shuffles of each row's tokens" + seeds(shuffled.seed(), draws);
        }
        if (chance instanceof NullChoice.OtherRows others) {
            return in + draws + " permutations of attention patterns between rows" + seeds(others.seed(), draws);
        }
        if (chance instanceof NullChoice.RandomDirections random) {
            return in + draws + " draws of random directions with the norms of the differences"
                    + seeds(random.seed(), draws);
        }
        throw new IllegalStateException("no words for " + chance);
    }

    private static String seeds(long first, int draws) {
        return ", seeds " + first + " to " + (first + draws - 1);
    }
}
