package dev.loupe.report.models;

import dev.loupe.result.Artifact;
import dev.loupe.result.Axis;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.Figure;
import dev.loupe.result.Interval;
import dev.loupe.result.Limits;
import dev.loupe.result.ModelFacts;
import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.Provenance;
import dev.loupe.result.Quantity;
import dev.loupe.result.RowFacts;
import dev.loupe.result.RunResult;
import dev.loupe.result.Setting;
import dev.loupe.result.Side;
import dev.loupe.result.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs about several models, in which each number says where it stands. */
public final class ModelRuns {
    private static final List<String> MODELS = List.of("small", "large");

    private ModelRuns() {}

    /** A claim that holds in all units but the second, which has the number 1.5. */
    static ClaimResult claim(String say, String... units) {
        List<ClaimResult.Part> parts = new ArrayList<>();
        for (int i = 0; i < units.length; i++) {
            Verdict verdict = i == 1 ? Verdict.REFUTED : Verdict.HOLDS;
            parts.add(new ClaimResult.Part(units[i], verdict, i + 0.5, i, i + 1, null));
        }
        return new ClaimResult(say, new Limits(0.0, null), "bound", 1, 0.95, parts, null, List.of("score"));
    }

    static List<NamedRun> named(ClaimResult... claims) {
        return List.of(named("", claims));
    }

    static NamedRun named(String label, ClaimResult... claims) {
        Provenance nowhere =
                new Provenance("", Map.of(), Map.of(), List.of(), List.of(), Map.of(), "", "", "", Map.of(), 0, "", "");
        return new NamedRun(label, run("", List.of(claims), List.of(), nowhere));
    }

    /**
     * Two families of one score, with their own chance levels, an accuracy that one of them has not, and scores of heads in one
     * and in four layers.
     */
    public static RunResult families() {
        Provenance from = new Provenance(
                "",
                Map.of("weights/large", "ab12cd34ef", "weights/small", "0011223344", "tokenizer/large", "7788990011"),
                Map.of(),
                List.of(),
                List.of(),
                List.of(
                        new ModelFacts("small", "gpt2", 12_900, 1, 2),
                        new ModelFacts("large", "llama", 134_515_008, 4, 2)),
                List.of(
                        new RowFacts("rows", List.of("small"), 100, 8, 8, 8, "no BOS token", List.of(), ""),
                        new RowFacts(
                                "rows",
                                List.of("large"),
                                90,
                                8,
                                11,
                                9.5,
                                "every row begins with token 1 <s>",
                                List.of("10 rows with two tokens in a name were left out."),
                                "")),
                Map.of(),
                "",
                "CPU",
                "float32",
                Map.of(),
                0,
                "",
                "");
        return run(
                "claims: [{say: scores, that: {max: score}, above: 0}, {say: less, that: {difference: [{max: score},"
                        + " {chance: score}]}, above: 0}]",
                List.of(claim("scores", "model small", "model large"), claim("less", "model small", "model large")),
                List.of(
                        quantity("score", "", MODELS, new double[] {.25, .75}, chance()),
                        quantity("right", "accuracy at END", MODELS, new double[] {.25, .75}, null),
                        heads("heads-small", "small", 1),
                        heads("heads-large", "large", 4)),
                from);
    }

    /** In both models two draws, those of the first below those of the second. */
    private static NullBand chance() {
        return new NullBand(
                "maximum over all components of 2 untrained models, in each of 2 models (a claim compares a model with"
                        + " its own draws)",
                new double[] {.1, .2, .3, .4},
                Side.HIGHER);
    }

    private static Quantity quantity(
            String name, String reading, List<String> models, double[] values, @Nullable NullBand chance) {
        NamedArray numbers = new NamedArray(List.of(new Axis("model", models)), values);
        return new Quantity(
                name,
                name,
                name + ".",
                Figure.AUTO,
                "share",
                numbers,
                new Interval(numbers, numbers, .95, "bootstrap", 9),
                chance,
                new Setting("m", "rows", reading, "", List.of(), List.of(), "", "", models, List.of()));
    }

    private static Quantity heads(String name, String model, int layers) {
        List<Axis> axes = List.of(Axis.counted("layer", layers), Axis.counted("head", 2));
        return new Quantity(
                name,
                "Heads",
                "Where heads look.",
                Figure.AUTO,
                "share of attention",
                new NamedArray(axes, new double[2 * layers]),
                null,
                null,
                new Setting(model, "rows", "", "", List.of(), List.of(), "", "", List.of(model), List.of()));
    }

    /** @param spec as YAML */
    public static RunResult run(
            String spec, List<ClaimResult> claims, List<? extends Artifact> artifacts, Provenance from) {
        return new RunResult(
                "1",
                "Models",
                "Which models?",
                "",
                "",
                claims,
                List.copyOf(artifacts),
                from,
                spec,
                List.of(),
                "",
                "",
                Map.of());
    }
}
