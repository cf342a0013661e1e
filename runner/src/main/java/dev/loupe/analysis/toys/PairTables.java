package dev.loupe.analysis.toys;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.ToyModel;
import dev.loupe.dataset.features.ModularPairs;
import dev.loupe.plan.ask.ModelShape;
import org.jspecify.annotations.Nullable;

/**
 * The three matrices of one pair MLP in double precision, numbers of the modulus first.
 *
 * @param a A [modulus][neuron]
 * @param b B [modulus][neuron]; A where the inputs share one table
 * @param u U' [modulus][neuron]
 */
record PairTables(double[][] a, double[][] b, double[][] u) {
    /** @throws IllegalArgumentException where the planned model is no pair MLP with as many classes as numbers */
    static void check(AnalysisPlanning planning) {
        ModelShape shape = planning.model().shape();
        if (!shape.kind().equals("pair-mlp")) {
            throw new IllegalArgumentException(planning.model().label() + " is neither a pair-mlp nor a transformer");
        }
        if (shape.outputs() % 2 == 0) {
            throw new IllegalArgumentException(planning.model().label() + " computes modulo " + shape.outputs()
                    + ", and frequencies are read for an odd modulus only");
        }
    }

    /** @throws IllegalArgumentException where an option for transformers is set */
    static void refuse(AnalysisPlanning planning, @Nullable Object option, String name) {
        if (option != null) {
            throw new IllegalArgumentException("`" + name + "` is for transformers; "
                    + planning.model().label() + " is a pair-mlp, which reads two numbers alone");
        }
    }

    /** @throws IllegalArgumentException where the dataset has no pairs that are added or subtracted */
    static ModularPairs sums(AnalysisPlanning planning) {
        if (planning.vectors() instanceof ModularPairs pairs
                && (pairs.operation() == ModularPairs.Operation.ADD
                        || pairs.operation() == ModularPairs.Operation.SUBTRACT)) {
            return pairs;
        }
        throw new IllegalArgumentException(
                "the logits of a pair-mlp are read for `modular-pairs` that are added or " + "subtracted");
    }

    static PairTables of(ToyModel toy, int instance, ModelShape shape) {
        int modulus = shape.outputs();
        double[][] a = table(toy, "A", instance, modulus);
        double[][] b = toy.has("B") ? table(toy, "B", instance, modulus) : a;
        float[] all = toy.parameter("U");
        double[][] u = new double[modulus][toy.hidden(instance)];
        for (int c = 0; c < modulus; c++) {
            for (int n = 0; n < u[c].length; n++) {
                u[c][n] = all[(instance * toy.widest() + n) * modulus + c];
            }
        }
        return new PairTables(a, b, u);
    }

    private static double[][] table(ToyModel toy, String name, int instance, int modulus) {
        float[] all = toy.parameter(name);
        double[][] out = new double[modulus][toy.hidden(instance)];
        for (int x = 0; x < modulus; x++) {
            for (int n = 0; n < out[x].length; n++) {
                out[x][n] = all[(instance * modulus + x) * toy.widest() + n];
            }
        }
        return out;
    }

    int modulus() {
        return a.length;
    }
}
