package dev.loupe.dataset.language;

import dev.loupe.dataset.rows.NextTokens;

/**
 * The exact probabilities of a planted language: of every token given those before it in the row. The register is not seen, so
 * it is inferred as well as it can be: a filter over which register it is and whether it has changed yet.
 */
public final class Truth implements NextTokens {
    private final Grammar grammar;
    private final int[] registers;
    private final double switchRate;
    private final int length;

    /** @param length of the rows as they are drawn: a change of register is equally likely at each place but the first */
    Truth(Grammar grammar, int[] registers, double switchRate, int length) {
        this.grammar = grammar;
        this.registers = registers.clone();
        this.switchRate = registers.length > 1 ? switchRate : 0;
        this.length = length;
    }

    @Override
    public int vocabulary() {
        return grammar.vocabulary();
    }

    @Override
    public double[][] next(int[] tokens) {
        double[][] out = new double[tokens.length][];
        Grammar.Place place = grammar.begin();
        // [register][0 where it has not changed, 1 where it has]
        double[][] belief = new double[registers.length][2];
        for (double[] each : belief) {
            each[0] = 1.0 / registers.length;
        }
        for (int pos = 0; pos <= tokens.length; pos++) {
            if (pos > 0) {
                belief = changing(belief, pos);
            }
            double[][] given = new double[registers.length][grammar.vocabulary()];
            double[] next = new double[grammar.vocabulary()];
            for (int r = 0; r < registers.length; r++) {
                place.next(registers[r]).addTo(given[r], 1);
                double weight = belief[r][0] + belief[r][1];
                for (int id = 0; id < next.length; id++) {
                    next[id] += weight * given[r][id];
                }
            }
            if (pos > 0) {
                out[pos - 1] = next;
            }
            if (pos < tokens.length) {
                for (int r = 0; r < registers.length; r++) {
                    belief[r][0] *= given[r][tokens[pos]] / next[tokens[pos]];
                    belief[r][1] *= given[r][tokens[pos]] / next[tokens[pos]];
                }
                place.read(tokens[pos]);
            }
        }
        return out;
    }

    /** The belief after the register may have changed at a place. */
    private double[][] changing(double[][] before, int pos) {
        double each = pos < length ? switchRate / (length - 1) : 0;
        double hazard = each / (1 - switchRate * (pos - 1) / (length - 1));
        double[][] after = new double[before.length][2];
        for (int r = 0; r < before.length; r++) {
            after[r][0] += before[r][0] * (1 - hazard);
            after[r][1] += before[r][1];
            for (int other = 0; other < before.length; other++) {
                if (other != r) {
                    after[other][1] += before[r][0] * hazard / (before.length - 1);
                }
            }
        }
        return after;
    }
}
