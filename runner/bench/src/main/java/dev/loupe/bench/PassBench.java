package dev.loupe.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.hook.HookPoint;
import dev.loupe.model.forward.Captures;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.Transformer;
import dev.loupe.progress.StopSignal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Forward passes of the network whose sweeps are measured: bare, and with all logits and every hook point kept. */
record PassBench(Transformer network, SweepModel model, StopSignal stop) {
    private static final String OURS = "ours";

    /** A forward pass up to the residual stream after the last block: no hooks, no logits. */
    Sample bare(int batch, int length) {
        try (NDManager scope = network.parameters().manager().newSubManager()) {
            NDArray tokens = tokens(scope, ids(batch, length));
            Sample begun = Sample.now();
            waited(network.forward(ForwardRequest.of(tokens).withoutLogits(), HookVisitor.none(), scope)
                    .residual());
            return Sample.now().since(begun);
        }
    }

    /** A forward pass that keeps the value of every hook point and all logits, beside the other libraries'. */
    SweepResult cached(@Nullable SweepPeer peer, int rows, int length, int rounds, Runnable each) {
        int[][] ids = ids(rows, length);
        Map<String, Supplier<Sample>> sides = new LinkedHashMap<>();
        sides.put(OURS, () -> cached(ids));
        for (String name : peer == null ? List.<String>of() : peer.present(SweepPeer.PASSES)) {
            sides.put(name, () -> Objects.requireNonNull(peer).cache(name, ids));
        }
        Map<String, List<Sample>> samples = new Turns(1, rounds, each, stop).measure(sides);
        List<Sample> ours = Objects.requireNonNull(samples.remove(OURS));
        double logits = 2.0 * rows * length * model.width() * model.vocabulary();
        double flops = new SweepFloor(model, rows, length).forward(rows) + logits;
        String name = "forward with full cache, " + rows + " x " + length;
        return new SweepResult(name, ours, flops, 0, 0, samples, Double.NaN);
    }

    private Sample cached(int[][] ids) {
        List<HookPoint> points = network.hookPoints().stream()
                .filter(point -> !point.site().onRequest())
                .toList();
        try (NDManager scope = network.parameters().manager().newSubManager()) {
            NDArray tokens = tokens(scope, ids);
            Sample begun = Sample.now();
            waited(network.forward(ForwardRequest.of(tokens), new Captures(points, scope), scope)
                    .logits());
            return Sample.now().since(begun);
        }
    }

    private static void waited(NDArray value) {
        value.get("0, 0, 0").toFloatArray();
    }

    private static NDArray tokens(NDManager scope, int[][] ids) {
        long[] flat = new long[ids.length * ids[0].length];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = ids[i / ids[0].length][i % ids[0].length];
        }
        return scope.create(flat, new Shape(ids.length, ids[0].length));
    }

    private int[][] ids(int rows, int length) {
        return new SweepSpec(model.vocabulary(), rows, length)
                .prompts(SweepCase.EVERYWHERE)
                .clean();
    }
}
