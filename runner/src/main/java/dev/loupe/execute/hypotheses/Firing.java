package dev.loupe.execute.hypotheses;

import dev.loupe.plan.neurons.FiringSide;
import dev.loupe.text.Count;
import dev.loupe.text.ThreeDigits;
import java.util.Arrays;

/**
 * Where a neuron is said to fire: where its activation is further from 0 than an edge, on one side.
 *
 * @param sign 1 above 0, -1 below; 0 where it has no activations on the side that was asked for, and fires nowhere
 * @param edge the activation beyond which it fires, with its sign; undefined (NaN) where the sign is 0
 */
record Firing(FiringSide side, int sign, double edge) {
    /**
     * @param share of the activation that is furthest from 0
     * @param values of the neuron [sampled position]
     * @param positions those from which the side and the edge are taken
     */
    static Firing of(FiringSide side, double share, float[] values, int[] positions) {
        double smallest =
                Arrays.stream(positions).mapToDouble(i -> values[i]).min().orElse(0);
        double largest =
                Arrays.stream(positions).mapToDouble(i -> values[i]).max().orElse(0);
        int sign = side.sign(smallest, largest);
        return new Firing(side, sign, sign == 0 ? Double.NaN : share * (sign > 0 ? largest : smallest));
    }

    boolean at(double value) {
        return sign > 0 ? value > edge : sign < 0 && value < edge;
    }

    /** The activation as far as it is on this side. */
    double outward(double value) {
        return sign < 0 ? -value : value;
    }

    /**
     * "is above 2.5, as at 12 of 800 tokens".
     *
     * @param count positions at which it fires
     * @param of positions in all
     */
    String words(long count, int of) {
        return sign == 0
                ? nowhere()
                : "is " + (sign > 0 ? "above " : "below ") + ThreeDigits.of(edge) + ", as at " + count + " of "
                        + Count.of(of, "token");
    }

    /** Why it fires nowhere, where the sign is 0. */
    String nowhere() {
        return switch (side) {
            case POSITIVE -> "is never above 0";
            case NEGATIVE -> "is never below 0";
            case LARGER -> "is 0 everywhere";
            case SMALLER -> "reaches less than a tenth as far on the other side of 0";
        };
    }
}
