package dev.loupe.analysis.toys;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where a transformer reads two numbers and answers with a third. Number n has the token id n.
 *
 * @param modulus 0 for the number of output tokens
 */
@Doc("Where a transformer reads the two numbers, and where it answers. The rows hold every pair of numbers.")
@Example("{first: PREVIOUS, second: CURRENT, at: CURRENT, modulus: 31}")
public record PairPlaces(
        @Doc("The named position of the first number.") @Default("A")
        String first,

        @Doc("The named position of the second number.") @Default("B")
        String second,

        @Doc("The named position that predicts the result.") @Default("END")
        String at,

        @Doc("The modulus: number n is token n, up to this. 0 for the number of output tokens of the model.")
        @Default("0")
        int modulus) {
    static final PairPlaces USUAL = new PairPlaces("A", "B", "END", 0);

    /**
     * The modulus of a model.
     *
     * @throws IllegalArgumentException where it is even, or the model has fewer tokens
     */
    int modulus(ModelShape shape) {
        int own = modulus == 0 ? shape.outputs() : modulus;
        if (own < 3 || own % 2 == 0) {
            throw new IllegalArgumentException("frequencies are read for an odd modulus, not for " + own
                    + (modulus == 0
                            ? ", the number of output tokens; `modulus` in `pairs` says another"
                            : ": an even one has a frequency without a sine"));
        }
        if (own > shape.outputs() || own > shape.vocabulary()) {
            throw new IllegalArgumentException("numbers below " + own + " need as many tokens, but the model reads "
                    + shape.vocabulary() + " and predicts " + shape.outputs());
        }
        return own;
    }

    /** The pair of a row as {@code first * modulus + second}; -1 where a token is no number. */
    int pair(TokenRows rows, int row, int modulus) {
        int a = rows.tokens()[row][place(rows, first, row)];
        int b = rows.tokens()[row][place(rows, second, row)];
        return a < modulus && b < modulus ? a * modulus + b : -1;
    }

    int place(TokenRows rows, String name, int row) {
        return Objects.requireNonNull(rows.positions().get(name))[row];
    }

    /** @throws IllegalArgumentException where a position is missing, or a pair of numbers does not occur */
    void check(TokenRows rows, int modulus) {
        Map<String, int[]> known = rows.positions();
        for (String name : List.of(first, second, at)) {
            if (!known.containsKey(name)) {
                throw new IllegalArgumentException("there is no named position `" + name + "` in these rows; they have "
                        + String.join(", ", known.keySet()) + ", and `pairs` says which of them hold the numbers");
            }
        }
        boolean[] there = new boolean[modulus * modulus];
        int found = 0;
        for (int row = 0; row < rows.rows(); row++) {
            int pair = pair(rows, row, modulus);
            if (pair >= 0 && !there[pair]) {
                there[pair] = true;
                found++;
            }
        }
        if (found < there.length) {
            throw new IllegalArgumentException("the rows hold " + found + " of the " + there.length
                    + " pairs of numbers below " + modulus
                    + ", and frequencies are read from all of them: `split: all`,"
                    + " and `exhaustive: true` where a generator has it");
        }
    }
}
