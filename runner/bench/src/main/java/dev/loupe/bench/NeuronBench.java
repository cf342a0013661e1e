package dev.loupe.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.neurons.LabelSearching;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.StepValue.Activations;
import dev.loupe.model.forward.Captures;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.Transformer;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.neurons.SearchLabels;
import dev.loupe.progress.StopSignal;
import dev.loupe.result.NamedArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * How fast activations of all neurons are read and searched for labels, beside a loop with hooks in PyTorch and the same search as
 * a matrix product, all measured in turn.
 *
 * @param rows rows of random tokens
 * @param length tokens of a row
 * @param draws of the null
 */
public record NeuronBench(
        NDManager manager,
        Transformer model,
        Path source,
        int rows,
        int length,
        int draws,
        int rounds,
        int threads,
        Path peer,
        Runnable each,
        StopSignal stop) {
    public static final String SCAN = "scan";
    public static final String SCAN_PEER = "scan, PyTorch";
    public static final String LABELS = "labels";
    public static final String LABELS_PEER = "labels, PyTorch";
    /** Shares of positions that have each label. */
    public static final List<Double> SHARES = List.of(0.02, 0.05, 0.1, 0.2);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BATCH = 8;

    /**
     * @param found selected area, tested area and 99th percentile of the null of each label, ours
     * @param theirs the same of the peer, whose draws are others
     * @param neurons how many were searched
     */
    public record Measured(
            Map<String, List<Sample>> samples,
            String versions,
            List<double[]> found,
            List<double[]> theirs,
            int neurons) {
        public Ratio ratio(String ours, String other, double goal) {
            return new Ratio(ours, samples.getOrDefault(ours, List.of()), samples.getOrDefault(other, List.of()), goal);
        }
    }

    public Measured run() throws IOException {
        int[][] tokens = new int[rows][length];
        SplittableRandom random = new SplittableRandom(0);
        for (int[] row : tokens) {
            java.util.Arrays.setAll(row, i -> random.nextInt(model.config().dVocab()));
        }
        TokenRows labelled = labelled(tokens, random);
        Activations[] sample = {scanned(tokens)};
        SearchLabels step = step();
        Path folder = Files.createTempDirectory("loupe-bench");
        PeerProcess process = new PeerProcess(peer, "/bench/peer_neurons.py", folder);
        try {
            String versions =
                    process.ask(asked(tokens, labelled)).path("versions").asText();
            List<double[]> found = new ArrayList<>();
            List<double[]> theirs = new ArrayList<>();
            Map<String, Supplier<Sample>> sides = new LinkedHashMap<>();
            sides.put(SCAN, () -> {
                Sample begun = Sample.now();
                sample[0] = scanned(tokens);
                return Sample.now().since(begun);
            });
            sides.put(SCAN_PEER, () -> PeerProcess.sample(process.ask("scan")));
            sides.put(LABELS, () -> {
                Sample begun = Sample.now();
                NamedArray result = LabelSearching.of(step, labelled, sample[0], List.of(), stop)
                        .estimate();
                Sample taken = Sample.now().since(begun);
                found.clear();
                IntStream.range(0, SHARES.size())
                        .forEach(l -> found.add(
                                new double[] {at(result, "train-auc", l), at(result, "auc", l), at(result, "chance", l)
                                }));
                return taken;
            });
            sides.put(LABELS_PEER, () -> {
                JsonNode answer = process.ask("labels");
                theirs.clear();
                answer.path("found")
                        .forEach(one -> theirs.add(new double[] {
                            one.get(0).asDouble(),
                            one.get(1).asDouble(),
                            one.get(2).asDouble()
                        }));
                return PeerProcess.sample(answer);
            });
            return new Measured(
                    new Turns(0, rounds, each, stop).measure(sides),
                    versions,
                    found,
                    theirs,
                    sample[0].layers().size() * sample[0].width());
        } finally {
            process.close();
            Files.deleteIfExists(folder);
        }
    }

    private static double at(NamedArray result, String part, int label) {
        return result.at("part", result.axis("part").labels().indexOf(part)).data()[label];
    }

    /** Labels that are on for a few tokens at a time, so that moving them means something. */
    private TokenRows labelled(int[][] tokens, SplittableRandom random) {
        Map<String, Label> labels = new LinkedHashMap<>();
        for (double share : SHARES) {
            int[][] values = new int[rows][length];
            for (int[] row : values) {
                for (int pos = 0; pos < length; pos += 4) {
                    int on = random.nextDouble() < share ? 1 : 0;
                    java.util.Arrays.fill(row, pos, Math.min(length, pos + 4), on);
                }
            }
            labels.put(name(share), Label.flag(values));
        }
        return new TokenRows(tokens, new int[0][], Map.of(), Map.of(), Map.of(), Map.of(), labels, new int[0]);
    }

    private static String name(double share) {
        return "share-" + share;
    }

    private SearchLabels step() {
        return new SearchLabels(
                1,
                0,
                List.of(),
                new RowsRef("rows", "", "", List.of(new RowsRef.Bucket(length, rows))),
                new SearchLabels.Options(
                        SHARES.stream().map(NeuronBench::name).toList(),
                        false,
                        0.7,
                        draws,
                        0.05,
                        3,
                        ComponentKind.NEURON));
    }

    /** Which rows select neurons, as the search itself has it. */
    private boolean[] training() {
        return LabelSearching.training(step(), rows);
    }

    /** Every neuron of every layer at every position but the first of each row. */
    private Activations scanned(int[][] tokens) {
        int layers = model.config().nLayers();
        int width = model.config().dMlp();
        int n = rows * (length - 1);
        int[] row = new int[n];
        int[] pos = new int[n];
        java.util.Arrays.setAll(row, i -> i / (length - 1));
        java.util.Arrays.setAll(pos, i -> i % (length - 1) + 1);
        List<float[]> values = new ArrayList<>();
        IntStream.range(0, layers).forEach(layer -> values.add(new float[n * width]));
        List<HookPoint> points = IntStream.range(0, layers)
                .mapToObj(layer -> HookPoint.of(Site.MLP_POST, layer))
                .toList();
        for (int first = 0; first < rows; first += BATCH) {
            stop.check();
            int some = Math.min(BATCH, rows - first);
            long[] flat = new long[some * length];
            for (int i = 0; i < flat.length; i++) {
                flat[i] = tokens[first + i / length][i % length];
            }
            try (NDManager scope = manager.newSubManager()) {
                Captures captures = new Captures(points, scope);
                model.forward(
                        ForwardRequest.of(scope.create(flat, new Shape(some, length)))
                                .withoutLogits(),
                        captures,
                        scope);
                for (int layer = 0; layer < layers; layer++) {
                    NDArray read = captures.get(points.get(layer)).get(":, 1:");
                    float[] part = read.toFloatArray();
                    System.arraycopy(part, 0, values.get(layer), first * (length - 1) * width, part.length);
                }
            }
        }
        return new Activations(row, pos, IntStream.range(0, layers).boxed().toList(), width, values);
    }

    private String asked(int[][] tokens, TokenRows labelled) throws IOException {
        ObjectNode ask = JSON.createObjectNode();
        Path gguf = PythonPeer.gguf(source);
        ask.put(
                "folder",
                String.valueOf(gguf == null ? source : gguf.toAbsolutePath().getParent()));
        ask.put("gguf", gguf == null ? "" : String.valueOf(gguf.getFileName()));
        ask.put("threads", threads);
        ask.put("draws", draws);
        ask.put("batch", BATCH);
        ask.set("tokens", JSON.valueToTree(tokens));
        ask.set("train", JSON.valueToTree(training()));
        List<int[][]> labels = SHARES.stream()
                .map(share -> labelled.label(name(share)).values())
                .toList();
        ask.set("labels", JSON.valueToTree(labels));
        return JSON.writeValueAsString(ask);
    }
}
