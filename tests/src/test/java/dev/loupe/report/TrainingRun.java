package dev.loupe.report;

import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.Setting;
import java.util.List;
import java.util.Map;

/** A run over the steps of a training of two seeds: heads whose score says which head, step and seed it is of, and a loss. */
final class TrainingRun {
    static final List<String> STEPS = List.of("0", "1", "2", "4", "8", "16", "32", "64");

    private static final Axis SEED = Axis.counted("seed", 2);
    private static final Axis LAYER = Axis.counted("layer", 2);
    private static final Axis HEAD = Axis.counted("head", 2);

    private TrainingRun() {}

    static RunResult run() {
        return new RunResult(
                "2.1",
                "Training",
                "What comes first?",
                "",
                "The heads.",
                List.of(),
                List.of(heads(), loss()),
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
        return quantity("scores", "Every head", "share of attention", scores, List.of());
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
