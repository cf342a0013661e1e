package dev.loupe.dataset.features;

import dev.loupe.dataset.Mark;
import dev.loupe.dataset.TokenDataset;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.HeldOut;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import java.util.Arrays;
import java.util.List;

/**
 * Every pair of two numbers below a modulus with the result of an operation, each pair once and in order.
 *
 * <p>A network without tokens reads the two numbers and answers one of {@code modulus} classes.
 * A transformer reads {@code a b =}, where number n has id n and {@code =} the id {@code modulus}; the target stands at
 * {@code =}, the position {@code END} and the only one of class {@code result}.
 *
 * <p>Held out: the pair is hashed (not with the seed of a training), so that it belongs to the test pairs or to the training
 * pairs for every model. With {@code pairs: unordered} (a, b) and (b, a) are held out together: a network whose two inputs
 * share one embedding answers both alike and would know the one from the other.
 */
@Named("modular-pairs")
@Doc("All pairs of numbers below a modulus with the result of an arithmetic operation modulo it: `a b = c`.")
@Example("{generator: modular-pairs, modulus: 59, operation: add, split: test, held-out: 0.4}")
@Mark(is = Mark.Kind.POSITION, name = "A", doc = "The first number.")
@Mark(is = Mark.Kind.POSITION, name = "B", doc = "The second number.")
@Mark(is = Mark.Kind.POSITION, name = "END", doc = "The token `=`, which predicts.")
@Mark(is = Mark.Kind.CLASS, name = "result", doc = "END.")
@Mark(is = Mark.Kind.COLUMN, name = "answer", doc = "The result.")
public record ModularPairs(
        @Doc("The modulus: inputs and results are 0 to this number minus 1.")
        int modulus,

        @Doc("What is computed.") @Default("add") Operation operation,
        @Doc("Which pairs are used.") @Default("all") HeldOut split,

        @Doc("The share of all pairs that is held out for `split: test`.") @Default("0.4")
        double heldOut,

        @Doc("Which pairs are held out together.") @Default("ordered")
        Pairs pairs)
        implements FeatureDataset, TokenDataset {
    private static final int LARGEST = 512;

    /** An operation on two residues. */
    public enum Operation {
        @Doc("a + b")
        ADD,
        @Doc("a - b")
        SUBTRACT,
        @Doc("a b")
        MULTIPLY,
        @Doc("a^2 + a b + b^2")
        QUADRATIC_FORM;

        int of(int a, int b, int modulus) {
            return Math.floorMod(
                    switch (this) {
                        case ADD -> a + b;
                        case SUBTRACT -> a - b;
                        case MULTIPLY -> a * b;
                        case QUADRATIC_FORM -> a * a + a * b + b * b;
                    },
                    modulus);
        }
    }

    /** Which pairs belong together. */
    public enum Pairs {
        @Doc("Each pair is held out by itself: for networks that can tell the first input from the second.")
        ORDERED,
        @Doc("(a, b) and (b, a) are held out together: needed where both inputs share one embedding.")
        UNORDERED
    }

    public ModularPairs {
        if (modulus < 2 || modulus > LARGEST) {
            throw new IllegalArgumentException("`modulus` must be 2.." + LARGEST + ", not " + modulus);
        }
        HeldOut.checkShare(heldOut);
    }

    /** The result for a pair. */
    public int result(int a, int b) {
        return operation.of(a, b, modulus);
    }

    /** The pairs of the split in order: [pair][a, b]. */
    public int[][] chosen() {
        int[][] all = new int[modulus * modulus][];
        int count = 0;
        for (int a = 0; a < modulus; a++) {
            for (int b = 0; b < modulus; b++) {
                int[] hashed = pairs == Pairs.UNORDERED ? new int[] {Math.min(a, b), Math.max(a, b)} : new int[] {a, b};
                if (split.admits(hashed, heldOut)) {
                    all[count++] = new int[] {a, b};
                }
            }
        }
        return Arrays.copyOf(all, count);
    }

    @Override
    public int width() {
        return 2;
    }

    @Override
    public int answers() {
        return modulus;
    }

    @Override
    public List<Double> sparsity() {
        return List.of();
    }

    @Override
    public Objective objective() {
        return Objective.CROSS_ENTROPY;
    }

    @Override
    public float[] importance() {
        float[] alike = new float[modulus];
        Arrays.fill(alike, 1);
        return alike;
    }

    /** Equal logits give every class the same probability. */
    @Override
    public double zeroModelLoss(double sparsity) {
        return StrictMath.log(modulus);
    }

    @Override
    public int enumerated() {
        return chosen().length;
    }

    @Override
    public ModularPairs unseen() {
        return split == HeldOut.TRAIN ? new ModularPairs(modulus, operation, HeldOut.TEST, heldOut, pairs) : this;
    }

    @Override
    public void fill(long seed, int rows, double sparsity, Examples into, int from) {
        int[][] pairs = chosen();
        for (int row = 0; row < rows; row++) {
            int a = pairs[row][0];
            int b = pairs[row][1];
            int at = from + row;
            into.x()[at * width()] = a;
            into.x()[at * width() + 1] = b;
            into.y()[at * modulus + result(a, b)] = 1;
        }
    }

    @Override
    public TokenRows read(Sources sources) {
        if (sources.vocabulary() <= modulus) {
            throw new DatasetException(
                    "modulus",
                    "numbers below " + modulus + " and `=` need a vocabulary of " + (modulus + 1)
                            + ", but the model reads " + sources.vocabulary() + " ids");
        }
        return DrawnRow.join(Arrays.stream(chosen())
                .map(pair -> new DrawnRow(new int[] {pair[0], pair[1], modulus}, "result")
                        .mark("result", 2)
                        .target(2, result(pair[0], pair[1]))
                        .position("A", 0)
                        .position("B", 1)
                        .position("END", 2)
                        .column("answer", result(pair[0], pair[1])))
                .toArray(DrawnRow[]::new));
    }
}
