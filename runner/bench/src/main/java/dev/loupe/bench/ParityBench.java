package dev.loupe.bench;

import ai.djl.ndarray.NDManager;
import dev.loupe.execute.Trace;
import dev.loupe.failure.UserInputException;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.weights.Processing;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How far models are from the reference implementations' numbers, hook by hook: folders with a model and an
 * {@code expected.safetensors} that holds {@code tokens}, {@code raw/HOOK} and {@code processed/HOOK}.
 *
 * @param folder holds one folder for each family
 */
public record ParityBench(Path folder) {
    private static final String EXPECTED = "expected.safetensors";

    /** What is compared together. */
    public enum Group {
        LOGITS,
        PATTERNS,
        RESIDUALS,
        OTHERS;

        static Group of(String hook) {
            return hook.equals("logits")
                    ? LOGITS
                    : hook.endsWith("hook_pattern") ? PATTERNS : hook.contains("hook_resid_") ? RESIDUALS : OTHERS;
        }
    }

    /**
     * One model with one kind of weights.
     *
     * @param weights {@code raw} or {@code processed}
     * @param hooks how many were compared, the logits among them
     * @param worst the largest absolute difference; infinite where one side is no number and the other is
     */
    public record Row(String family, String weights, int hooks, Map<Group, Double> worst) {
        public Row {
            worst = Map.copyOf(worst);
        }
    }

    /** @throws UserInputException where the folder has no fixtures, or one names what the model has not */
    public List<Row> run(NDManager manager) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Path fixture : fixtures()) {
            rows.add(compare(fixture, "raw", EnumSet.noneOf(Processing.class), manager));
            rows.add(compare(fixture, "processed", Processing.ofTransformerLens(), manager));
        }
        return rows;
    }

    private List<Path> fixtures() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new UserInputException(folder + ": there is no such folder");
        }
        List<Path> found;
        try (Stream<Path> entries = Files.list(folder)) {
            found = entries.filter(entry -> Files.isRegularFile(entry.resolve(EXPECTED)) && isModel(entry))
                    .sorted()
                    .toList();
        }
        if (found.isEmpty()) {
            throw new UserInputException(folder + ": has no folders with a model and its " + EXPECTED);
        }
        return found;
    }

    /** A fixture may borrow another's weights; such have only their configuration here. */
    private static boolean isModel(Path entry) {
        return ModelFolder.isIn(entry)
                && Stream.of("model.safetensors", "model_final.pth")
                        .anyMatch(name -> Files.isRegularFile(entry.resolve(name)));
    }

    private static Row compare(Path fixture, String kind, Set<Processing> steps, NDManager manager) throws IOException {
        SafetensorsFile expected = SafetensorsFile.open(fixture.resolve(EXPECTED));
        Path written = Files.createTempFile("parity", ".safetensors");
        try {
            new Trace(fixture, rows(expected.tensor("tokens")), steps, List.of()).write(written, manager);
            SafetensorsFile ours = SafetensorsFile.open(written);
            Map<Group, Double> worst = new EnumMap<>(Group.class);
            Set<String> missing = new TreeSet<>();
            int hooks = 0;
            for (String name : expected.names()) {
                if (!name.startsWith(kind + "/")) {
                    continue;
                }
                String hook = name.substring(kind.length() + 1);
                if (!ours.has(hook)) {
                    missing.add(hook);
                    continue;
                }
                hooks++;
                worst.merge(Group.of(hook), difference(expected.floats(name), ours.floats(hook)), Math::max);
            }
            if (!missing.isEmpty()) {
                throw new UserInputException(
                        fixture.resolve(EXPECTED) + ": the model has no " + String.join(", ", missing));
            }
            return new Row(String.valueOf(fixture.getFileName()), kind, hooks, worst);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static int[][] rows(Tensor tokens) {
        int length = (int) tokens.shape()[1];
        long[] ids = tokens.longs();
        int[][] rows = new int[ids.length / length][length];
        for (int i = 0; i < ids.length; i++) {
            rows[i / length][i % length] = Math.toIntExact(ids[i]);
        }
        return rows;
    }

    /** Equal infinities are equal: masked scores are. */
    static double difference(float[] expected, float[] ours) {
        if (expected.length != ours.length) {
            return Double.POSITIVE_INFINITY;
        }
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            if (expected[i] != ours[i]) {
                double here = Math.abs((double) expected[i] - ours[i]);
                worst = Double.isNaN(here) ? Double.POSITIVE_INFINITY : Math.max(worst, here);
            }
        }
        return worst;
    }
}
