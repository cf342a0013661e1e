package dev.loupe.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import dev.loupe.dataset.TokenGenerator;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.train.step.Noise;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A training loop written straight over DJL: one array per weight, a gradient collector, DJL's own AdamW. It draws the
 * same rows as our trainer and reads the loss as often.
 *
 * @param rows rows of a step
 * @param lossOn the position class that is trained
 * @param clip the largest norm of all gradients together; 0 for none
 */
record BareLoop(
        NDManager manager,
        Supplier<GradientCollector> gradients,
        BareAttention network,
        TokenGenerator data,
        int rows,
        String lossOn,
        float clip) {
    private static final int READ_EVERY = 10;

    /** Seconds of {@code steps} steps, after {@code unmeasured} earlier ones. */
    Sample run(int unmeasured, int steps) {
        try (NDManager run = manager.newSubManager()) {
            Map<String, NDArray> weights = new LinkedHashMap<>();
            network.shapes().forEach((name, shape) -> {
                float[] drawn = Noise.of(0, name, 0).normal((int) shape.size(), name.startsWith("b") ? 0 : 0.1);
                NDArray weight = run.create(drawn, shape);
                weight.setRequiresGradient(true);
                weights.put(name, weight);
            });
            Optimizer optimizer = Optimizer.adamW().build();
            Sample begun = Sample.now();
            float read = 0;
            for (int step = 0; step < unmeasured + steps; step++) {
                if (step == unmeasured) {
                    begun = Sample.now();
                }
                read += step(run, weights, optimizer, step);
            }
            Sample taken = Sample.now().since(begun);
            if (!Float.isFinite(read)) {
                throw new IllegalStateException("the plain loop diverged");
            }
            return taken;
        }
    }

    private float step(NDManager run, Map<String, NDArray> weights, Optimizer optimizer, int step) {
        try (NDManager scope = run.newSubManager()) {
            scope.tempAttachAll(weights.values().toArray(NDArray[]::new));
            TokenRows drawn = data.draw(new Draw(network.config().dVocab(), rows, Noise.seed(0, "data", step)));
            NDArray loss;
            try (GradientCollector collector = gradients.get()) {
                loss = loss(weights, drawn, scope);
                collector.backward(loss);
            }
            NDArray scale = clip > 0 ? scale(weights) : null;
            weights.forEach((name, weight) -> {
                NDArray gradient = weight.getGradient();
                optimizer.update(name, weight, scale == null ? gradient : gradient.muli(scale));
                gradient.subi(gradient);
            });
            return (step + 1) % READ_EVERY == 0 ? loss.getFloat() : 0;
        }
    }

    private NDArray scale(Map<String, NDArray> weights) {
        NDArray sum = null;
        for (NDArray weight : weights.values()) {
            NDArray squares = weight.getGradient().square().sum();
            sum = sum == null ? squares : sum.addi(squares);
        }
        if (sum == null) {
            throw new IllegalStateException("nothing to train");
        }
        return sum.sqrt().addi(1e-6f).getNDArrayInternal().rdiv(clip).minimum(1f);
    }

    private NDArray loss(Map<String, NDArray> weights, TokenRows drawn, NDManager scope) {
        int length = drawn.tokens()[0].length;
        int classes = network.config().dVocabOut();
        boolean[][] asked = drawn.classes().get(lossOn);
        long[] tokens = new long[rows * length];
        float[] targets = new float[rows * length * classes];
        int count = 0;
        for (int row = 0; row < rows; row++) {
            for (int pos = 0; pos < length; pos++) {
                tokens[row * length + pos] = drawn.tokens()[row][pos];
                int target = drawn.target(row, pos);
                if (target >= 0 && (asked == null || asked[row][pos])) {
                    targets[(row * length + pos) * classes + target] = 1;
                    count++;
                }
            }
        }
        NDArray logits = network.logits(
                weights, scope.create(tokens, new Shape(rows, length)), BareAttention.mask(scope, length));
        NDArray chosen = logits.logSoftmax(-1).mul(scope.create(targets, new Shape(rows, length, classes)));
        NDArray number = scope.full(new Shape(), -1f / count, DataType.FLOAT32);
        return chosen.sum().mul(number);
    }
}
