package dev.loupe.report;

import dev.loupe.result.Artifact;
import dev.loupe.result.AttentionPatterns;
import dev.loupe.result.Axis;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.Figure;
import dev.loupe.result.Interval;
import dev.loupe.result.Limits;
import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.Setting;
import dev.loupe.result.Side;
import dev.loupe.result.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A run about the heads of two seeds and of a planted model, in which each number says where it stands. */
final class HeadRun {
    static final List<String> SEEDS = List.of("toy seed 0", "toy seed 1");

    private static final Axis LAYER = Axis.counted("layer", 2);
    private static final Axis HEAD = Axis.counted("head", 4);

    private HeadRun() {}

    static RunResult run() {
        List<Artifact> artifacts = new ArrayList<>();
        artifacts.add(heads("scores.IND", "Where heads look: IND", SEEDS, 0.1));
        artifacts.add(heads("scores.PREV", "Where heads look: PREV", SEEDS, 0.2));
        artifacts.add(heads("planted.IND", "Planted heads: IND", List.of("planted"), 0.3));
        artifacts.add(paths());
        artifacts.add(number("whole", "The whole model", SEEDS, 4, 5));
        artifacts.add(number("without", "Without the head", SEEDS, 1, 2));
        for (int seed = 0; seed < 2; seed++) {
            artifacts.add(patterns(seed));
        }
        return new RunResult(
                "1.1",
                "Heads",
                "Which heads are they?",
                "",
                "One. Two. Three. Four is too many.",
                List.of(claim()),
                artifacts,
                DemoRun.full().provenance(),
                "",
                List.of(),
                "",
                "",
                Map.of());
    }

    private static ClaimResult claim() {
        return new ClaimResult(
                "a head of seed 1 is one",
                new Limits(.5, null),
                "bound",
                1,
                .95,
                List.of(new ClaimResult.Part("seed 1", Verdict.HOLDS, .8, .7, .9, "L1H2")),
                null,
                List.of("scores.IND", "without"));
    }

    private static Setting setting(String reading, List<String> models, List<String> receivers) {
        return new Setting(
                String.join(" ", models), "rows", reading, "", List.of(), receivers, "", "", models, List.of());
    }

    private static Quantity heads(String name, String title, List<String> models, double base) {
        List<Axis> axes =
                models.size() > 1 ? List.of(Axis.counted("seed", models.size()), LAYER, HEAD) : List.of(LAYER, HEAD);
        double[] values = new double[8 * models.size()];
        Arrays.setAll(values, i -> base + i / 100.0);
        String formula = name.endsWith("IND") ? "Induction." : "Previous token.";
        return new Quantity(
                name,
                title,
                formula + "\n\nModel: " + models.get(0) + ". Dataset: rows.",
                Figure.AUTO,
                "share of attention",
                new NamedArray(axes, values),
                new Interval(new NamedArray(axes, values), new NamedArray(axes, values), .95, "bootstrap", 7),
                new NullBand("untrained", new double[] {.15}, Side.HIGHER),
                setting("", models, List.of()));
    }

    private static Quantity paths() {
        double[] values = {.5, 0, 0, 0, 0, 0, .4, 0};
        return new Quantity(
                "to-logits",
                "Paths to the logits",
                "Recovered.",
                Figure.AUTO,
                "share recovered",
                new NamedArray(List.of(LAYER, HEAD), values),
                null,
                null,
                setting("logit difference at END", List.of(SEEDS.get(1)), List.of("logits")));
    }

    private static Quantity number(String name, String title, List<String> models, double... values) {
        return new Quantity(
                name,
                title,
                "Mean difference.",
                Figure.AUTO,
                "logits",
                new NamedArray(List.of(Axis.counted("seed", 2)), values),
                null,
                null,
                setting("logit difference at END", models, List.of()));
    }

    private static AttentionPatterns patterns(int seed) {
        List<String> heads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            heads.add("L" + i / 4 + "H" + i % 4);
        }
        int n = 5;
        double[] weights = new double[8 * n * n];
        for (int h = 0; h < 8; h++) {
            for (int q = 0; q < n; q++) {
                for (int k = 0; k < n; k++) {
                    weights[(h * n + q) * n + k] = k > q ? Double.NaN : 1.0 / (q + 1);
                }
            }
        }
        NamedArray array = new NamedArray(
                List.of(new Axis("head", heads), Axis.counted("query", n), Axis.counted("key", n)), weights);
        return new AttentionPatterns(
                "patterns@seed " + seed,
                "Attention patterns: seed " + seed,
                "Weights.",
                heads,
                List.of(new AttentionPatterns.Example(List.of("<s>", "·a", "·b", "·a", "·b"), array)),
                SEEDS.get(seed));
    }
}
