package dev.loupe.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.hook.HookPoint;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.forward.Captures;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.Transformer;
import dev.loupe.progress.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How fast a forward pass is: plain, with every hook point kept, and beside transformers' own, all measured in turn.
 *
 * @param rows rows of random tokens
 * @param length tokens of a row
 * @param rounds measured rounds, after one that only warms up
 * @param peer a Python that has torch and transformers; null for none
 */
public record ForwardBench(
        NDManager manager,
        Transformer model,
        Path source,
        int rows,
        int length,
        int rounds,
        int threads,
        @Nullable Path peer,
        Runnable each,
        StopSignal stop) {
    private static final int SHOWN = 64;
    public static final String PLAIN = "forward";
    public static final String CACHED = "forward, every hook kept";
    public static final String PEER = "transformers";

    /**
     * @param samples by side, in the order of measuring
     * @param peer the peer's versions; empty without one
     * @param difference the largest difference of logits to the peer's, NaN without one
     * @param flops of one pass: two for each multiply-add of its products
     */
    public record Measured(Map<String, List<Sample>> samples, String peer, double difference, double flops) {
        /** Median seconds of a side on the clock. */
        public double seconds(String side) {
            return Ratio.Spread.of(of(side).stream().mapToDouble(Sample::wall).toArray())
                    .median();
        }

        /** Lowest, median and highest ratio of a side to the peer on the clock, round by round. */
        public Ratio.Spread ratios(String side) {
            return ratios(side, Sample::wall);
        }

        /** The same in processor time. */
        public Ratio.Spread ratiosCpu(String side) {
            return ratios(side, Sample::cpu);
        }

        private Ratio.Spread ratios(String side, ToDoubleFunction<Sample> part) {
            double[] out = new double[of(side).size()];
            for (int i = 0; i < out.length; i++) {
                out[i] = part.applyAsDouble(of(side).get(i)) / part.applyAsDouble(of(PEER).get(i));
            }
            return Ratio.Spread.of(out);
        }

        private List<Sample> of(String side) {
            return samples.getOrDefault(side, List.of());
        }
    }

    public Measured run() throws IOException {
        int[][] tokens = tokens();
        Turns turns = new Turns(1, rounds, each, stop);
        Map<String, Supplier<Sample>> sides = new LinkedHashMap<>();
        sides.put(PLAIN, () -> timed(tokens, false));
        sides.put(CACHED, () -> timed(tokens, true));
        if (peer == null) {
            return new Measured(turns.measure(sides), "", Double.NaN, flops());
        }
        try (PythonPeer other = PythonPeer.start(peer, source, tokens, threads, SHOWN)) {
            double difference = difference(tokens, other.logits());
            sides.put(PEER, other::run);
            return new Measured(turns.measure(sides), other.versions(), difference, flops());
        }
    }

    private int[][] tokens() {
        SplittableRandom draw = new SplittableRandom(0);
        int[][] out = new int[rows][length];
        for (int[] row : out) {
            for (int pos = 0; pos < length; pos++) {
                row[pos] = draw.nextInt(model.config().dVocab());
            }
        }
        return out;
    }

    private Sample timed(int[][] tokens, boolean keep) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray input = input(tokens, scope);
            HookVisitor visitor = keep ? new Captures(standing(), scope) : HookVisitor.none();
            Sample begun = Sample.now();
            NDArray logits =
                    model.forward(ForwardRequest.of(input), visitor, scope).logits();
            // On a device the pass is over when a number of it is here.
            logits.get("0, 0, 0:1").toFloatArray();
            return Sample.now().since(begun);
        }
    }

    /** What a full cache holds: every hook point but those that exist only on request. */
    private List<HookPoint> standing() {
        return model.hookPoints().stream()
                .filter(point -> !point.site().onRequest())
                .toList();
    }

    private static NDArray input(int[][] tokens, NDManager scope) {
        long[] flat = new long[tokens.length * tokens[0].length];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = tokens[i / tokens[0].length][i % tokens[0].length];
        }
        return scope.create(flat, new Shape(tokens.length, tokens[0].length));
    }

    private double difference(int[][] tokens, List<Float> theirs) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray logits = model.logits(input(tokens, scope), scope);
            float[] ours = logits.get(":, -1, :" + SHOWN).toFloatArray();
            double worst = ours.length == theirs.size() ? 0 : Double.POSITIVE_INFINITY;
            for (int i = 0; i < Math.min(ours.length, theirs.size()); i++) {
                worst = Math.max(worst, Math.abs(ours[i] - theirs.get(i)));
            }
            return worst;
        }
    }

    private double flops() {
        TransformerConfig c = model.config();
        double projections = 2.0 * c.dModel() * c.dHead() * (2.0 * c.nHeads() + 2.0 * c.nKeyValueHeads());
        double attention = 4.0 * length * c.nHeads() * c.dHead();
        double mlp = c.attnOnly() ? 0 : 2.0 * c.dModel() * c.dMlp() * (c.gatedMlp() ? 3 : 2);
        return rows * length * (c.nLayers() * (projections + attention + mlp) + 2.0 * c.dModel() * c.dVocabOut());
    }
}
