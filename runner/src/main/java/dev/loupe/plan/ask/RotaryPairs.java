package dev.loupe.plan.ask;

import java.util.List;

/**
 * How rotary positions turn a head's queries and keys: pair by pair of dimensions, each at a speed of its own.
 *
 * @param frequencies radians for each position [pair]
 * @param adjacent whether a pair is two neighbouring dimensions (GPT-J); otherwise its dimensions lie half the turned
 *     dimensions apart (NeoX, Llama)
 * @param factor what turning multiplies queries and keys by, each
 */
public record RotaryPairs(List<Double> frequencies, boolean adjacent, double factor) {
    public RotaryPairs {
        frequencies = List.copyOf(frequencies);
    }

    public int pairs() {
        return frequencies.size();
    }

    /** The first dimension of a pair. */
    public int first(int pair) {
        return adjacent ? 2 * pair : pair;
    }

    /** Its second dimension. */
    public int second(int pair) {
        return adjacent ? 2 * pair + 1 : pair + pairs();
    }
}
