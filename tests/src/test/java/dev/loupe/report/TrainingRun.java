package dev.loupe.report;

import dev.loupe.result.Artifact;
import dev.loupe.result.AttentionPatterns;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A run over the steps of a training of two seeds: heads whose score says which head, step and seed it is of, and a loss. */
final class TrainingRun {
    static final List<String> STEPS = List.of("0", "1", "2", "4", "8", "16", "32", "64");

    private static final Axis SEED = Axis.counted("seed", 2);
    private static final Axis LAYER = Axis.counted("layer", 2);
    private static final Axis HEAD = Axis.counted("head", 2);

    private TrainingRun() {}

    static RunResult run() {
        return run(List.of(heads(), loss()));
    }

    /** The same with attention that was kept at seven of the steps, of which a page shows six. */
    static RunResult withAttention() {
        List<Artifact> artifacts = new ArrayList<>(List.of(heads(), loss()));
        for (int seed = 0; seed < 2; seed++) {
            for (int step : new int[] {0, 1, 2, 3, 4, 6, 7}) {
                artifacts.add(patterns(seed, step));
            }
        }
        return run(artifacts);
    }

    private static RunResult run(List<Artifact> artifacts) {
        return new RunResult(
                "2.1",
                "Training",
                "What comes first?",
                "",
                "The heads.",
                List.of(),
                artifacts,
                DemoRun.full().provenance(),
                "",
                List.of(),
                "",
                "",
                Map.of());
    }

    /** 0.01 for each step, 0.1 for each head, 0.002 for the other seed. */
    private static Quantity heads() {
        NamedArray scores =
                new NamedArray(List.of(SEED, new Axis("checkpoint", STEPS), LAYER, HEAD), new double[2 * 8 * 4]);
        for (int i = 0; i < scores.data().length; i++) {
            int[] at = scores.coordinates(i);
            scores.data()[i] = 0.002 * at[0] + 0.01 * at[1] + 0.1 * (2 * at[2] + at[3]);
        }
        List<String> models =
                IntStream.range(0, 16).mapToObj(i -> model(i / 8, i % 8)).toList();
        return quantity("scores", "Every head", "share of attention", scores, models);
    }

    /** The second key of the third query gets the head's score, the first one the rest. */
    private static AttentionPatterns patterns(int seed, int step) {
        NamedArray pattern = new NamedArray(
                List.of(
                        new Axis("head", List.of("L0H0", "L0H1", "L1H0", "L1H1")),
                        Axis.counted("query", 3),
                        Axis.counted("key", 3)),
                new double[36]);
        for (int head = 0; head < 4; head++) {
            double score = 0.002 * seed + 0.01 * step + 0.1 * head;
            double[] rows = {1, Double.NaN, Double.NaN, 0.5, 0.5, Double.NaN, 1 - score, score, 0};
            System.arraycopy(rows, 0, pattern.data(), 9 * head, 9);
        }
        String unit = "seed " + seed + ", checkpoint " + STEPS.get(step);
        return new AttentionPatterns(
                "patterns@" + unit,
                "Attention: " + unit,
                "Attention weights.",
                pattern.axes().get(0).labels(),
                List.of(new AttentionPatterns.Example(List.of("a", "b", "c"), pattern)),
                model(seed, step));
    }

    private static String model(int seed, int step) {
        return "steps seed " + seed + (step == 7 ? "" : " step " + STEPS.get(step));
    }

    /** Measured at fewer steps. */
    private static Quantity loss() {
        NamedArray loss = new NamedArray(
                List.of(SEED, new Axis("checkpoint", List.of("0", "1", "4", "16", "64"))),
                new double[] {3, 3, 3, 1, 1, 3, 3, 2, 1, 1});
        return quantity("loss", "Loss", "nats", loss, List.of());
    }

    private static Quantity quantity(String name, String title, String unit, NamedArray numbers, List<String> models) {
        return new Quantity(
                name,
                title,
                title + ".",
                Figure.AUTO,
                unit,
                numbers,
                null,
                null,
                new Setting("steps", "rows", "", "", List.of(), List.of(), "", "", models, List.of()));
    }
}
