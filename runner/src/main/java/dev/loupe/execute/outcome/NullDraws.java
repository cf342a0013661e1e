package dev.loupe.execute.outcome;

import dev.loupe.result.NullBand;
import dev.loupe.result.Side;
import dev.loupe.spec.chance.NullChoice;
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
        String drawn = chance.words(draws) + ", seeds " + chance.seed() + " to " + (chance.seed() + draws - 1);
        return components == 1 ? drawn : extreme + " over all components " + chance.joint() + " " + drawn;
    }
}
