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
import dev.loupe.result.Prompt;
import dev.loupe.result.Provenance;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.Side;
import dev.loupe.result.TokenRankings;
import dev.loupe.result.TokenText;
import dev.loupe.result.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A run like a real one, with every kind of figure and hostile text, for tests of the page and to look at. */
public final class DemoRun {
    public static final String HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>";

    private final Random random = new Random(7);

    public static RunResult full() {
        return new DemoRun().run();
    }

    private RunResult run() {
        List<Artifact> artifacts = new ArrayList<>();
        artifacts.add(headScores());
        artifacts.add(damage());
        artifacts.add(lossCurves());
        artifacts.add(lossByPosition());
        artifacts.add(bars());
        artifacts.add(groupedBars());
        artifacts.add(number());
        artifacts.add(scatter());
        artifacts.add(vectors());
        artifacts.add(histogram());
        artifacts.add(largeMap());
        artifacts.add(table());
        artifacts.add(attention());
        artifacts.add(text());
        artifacts.add(rankings());
        return new RunResult(
                "6.20",
                "Find induction heads automatically",
                "Which heads are induction heads, and does the model need them?",
                "",
                "Heads L1H0, L1H2 and L1H3 are induction heads: their mean induction score is 0.874 [0.861, 0.886] over 3"
                        + " seeds, where no head of 20 untrained models exceeds 0.19.",
                claims(),
                artifacts,
                provenance(),
                SPEC,
                List.of(
                        "model.dtype",
                        "dataset.repeats.bos",
                        "measure.scores.dataset",
                        "measure.damage.with.mean.per",
                        "claims[0].by",
                        "claims[1].by"),
                "The model is trained on **variable** periods, since with a fixed period one layer suffices.\n\n"
                        + "* `PREV` is computed over queries i ≥ 2.\n* Raw HTML is text: " + HOSTILE + "\n\n"
                        + "![a picture](https://example.com/x.png) and [a link](javascript:alert(3)).",
                PLAN,
                Map.of("key-figure", "scores"));
    }

    private Quantity headScores() {
        List<Axis> axes = List.of(
                new Axis("score", List.of("PREV", "IND")),
                Axis.counted("seed", 3),
                Axis.counted("layer", 2),
                Axis.counted("head", 4));
        double[] values = fill(axes, i -> {
            int score = i / 24;
            int layer = i % 8 / 4;
            int head = i % 4;
            double base = score == 0
                    ? (layer == 0 && head == (i / 8) % 3 ? 0.91 : 0.09)
                    : (layer == 1 && head != 1 ? 0.87 : 0.05);
            return Math.max(0, base + random.nextGaussian() * 0.02);
        });
        return new Quantity(
                "scores",
                "Head scores",
                "Share of attention on the **previous token** (`PREV`) and on the token after an earlier occurrence of the"
                        + " same token (`IND`), mean over queries that have one (problems 0.1).",
                Figure.AUTO,
                "share of attention",
                new NamedArray(axes, values),
                around(axes, values, 0.012, "percentile bootstrap over 256 rows, 1000 resamples, seed 7", 256),
                band(20, 0.15, 0.02, "maximum over heads of 20 untrained models, seeds 3..22"));
    }

    private Quantity damage() {
        List<Axis> axes = List.of(Axis.counted("layer", 12), Axis.counted("head", 12));
        double[] values = fill(
                axes, i -> i == 65 ? 1.74 : i == 103 ? -0.92 : i == 17 ? Double.NaN : random.nextGaussian() * 0.12);
        return new Quantity(
                "damage",
                "Rise of second-half loss when a head is mean-ablated",
                "Loss with the head's output replaced by its mean over `repeats`, minus the loss without, in nats.",
                Figure.MAP,
                "nats",
                new NamedArray(axes, values),
                around(axes, values, 0.05, "percentile bootstrap over 256 rows, 1000 resamples, seed 7", 256),
                band(50, 0.3, 0.05, "maximum over heads under 50 permutations of the rows"));
    }

    private Quantity lossCurves() {
        List<Axis> axes = List.of(
                new Axis("model", List.of("induction-1l", "induction-2l")),
                Axis.counted("seed", 3),
                new Axis(
                        "step",
                        List.of("0", "100", "200", "400", "800", "1200", "1600", "2000", "3000", "4000", "5000")));
        double[] values = fill(axes, i -> {
            double x = i % 11 / 10.0;
            double end = i / 33 == 0 ? 1.7 : 0.01;
            return 3.43 * Math.exp(-x * (4 + i / 11 % 3))
                    + end * (1 - Math.exp(-5 * x))
                    + Math.abs(random.nextGaussian()) * 0.04;
        });
        return new Quantity(
                "training",
                "Loss while training",
                "Second-half loss of every checkpoint.",
                Figure.LINES,
                "nats",
                new NamedArray(axes, values),
                null,
                null);
    }

    private Quantity lossByPosition() {
        List<Axis> axes = List.of(new Axis("class", List.of("first time", "repeated")), Axis.counted("position", 48));
        double[] values = fill(
                axes,
                i -> i / 48 == 0
                        ? 3.4 + random.nextGaussian() * 0.05
                        : i % 48 < 6
                                ? Double.NaN
                                : 3.2 * Math.exp(-(i % 48 - 6) / 6.0) + Math.abs(random.nextGaussian()) * 0.03);
        return new Quantity(
                "by-position",
                "Loss by position",
                "Mean loss at each position.",
                Figure.AUTO,
                "nats",
                new NamedArray(axes, values),
                around(axes, values, 0.12, "percentile bootstrap over 256 rows, 1000 resamples, seed 7", 256),
                null);
    }

    private Quantity bars() {
        List<Axis> axes = List.of(new Axis(
                "ablation",
                List.of("none", "previous-token head", "one induction head", "all induction heads", "random head")));
        double[] values = {0.007, 2.11, 0.03, 2.87, 0.012};
        return new Quantity(
                "knock-out",
                "Loss after knocking heads out",
                "Second-half loss, mean ablation.",
                Figure.AUTO,
                "nats",
                new NamedArray(axes, values),
                around(axes, values, 0.14, "percentile bootstrap over 256 rows, 1000 resamples, seed 7", 256),
                band(20, 0.05, 0.01, "random head sets of the same size, 20 draws"));
    }

    private Quantity groupedBars() {
        List<Axis> axes = List.of(
                new Axis("metric", List.of("copying", "K-composition")),
                Axis.counted("seed", 3),
                new Axis("head", List.of("L1H0", "L1H1", "L1H2", "L1H3")));
        double[] values =
                fill(axes, i -> (i % 4 == 1 ? -0.2 : 0.8) * (i / 12 == 0 ? 1 : 0.5) + random.nextGaussian() * 0.06);
        return new Quantity(
                "checks",
                "Copying and composition",
                "Two further signs of an induction head.",
                Figure.BARS,
                "",
                new NamedArray(axes, values),
                null,
                null);
    }

    private Quantity number() {
        NamedArray value = NamedArray.scalar(0.0071);
        return new Quantity(
                "baseline",
                "Second-half loss",
                "Of the whole model, without intervention.",
                Figure.AUTO,
                "nats",
                value,
                new Interval(
                        NamedArray.scalar(0.0064),
                        NamedArray.scalar(0.0079),
                        0.95,
                        "percentile bootstrap over 256 rows, 1000 resamples, seed 7",
                        256),
                null);
    }

    private Quantity scatter() {
        List<Axis> axes = List.of(Axis.counted("row", 120), new Axis("xy", List.of("induction score", "damage, nats")));
        double[] values = new double[240];
        for (int i = 0; i < 120; i++) {
            values[2 * i] = random.nextDouble();
            values[2 * i + 1] = values[2 * i] * 0.6 + random.nextGaussian() * 0.15;
        }
        return new Quantity(
                "against",
                "Score against damage",
                "One point a row.",
                Figure.SCATTER,
                "",
                new NamedArray(axes, values),
                null,
                null);
    }

    private Quantity vectors() {
        List<Axis> axes = List.of(
                new Axis("sparsity", List.of("0", "0.7", "0.9", "0.97")),
                Axis.counted("feature", 5),
                Axis.counted("dim", 2));
        double[] values = fill(axes, i -> {
            int feature = i / 2 % 5;
            int grade = i / 10;
            double length = grade == 0 && feature > 1 ? 0.02 : 1;
            double angle = grade < 2 ? feature * Math.PI / 2 : feature * 2 * Math.PI / 5;
            return length * (i % 2 == 0 ? Math.cos(angle + 0.2) : Math.sin(angle + 0.2));
        });
        return new Quantity(
                "features",
                "Feature vectors",
                "Columns of W in the plane.",
                Figure.VECTORS,
                "",
                new NamedArray(axes, values),
                null,
                null);
    }

    private Quantity histogram() {
        List<Axis> axes = List.of(new Axis("neuron", List.of("L0N3", "L0N110")), Axis.counted("token", 400));
        double[] values =
                fill(axes, i -> random.nextDouble() < 0.6 ? 0 : Math.abs(random.nextGaussian()) * (i < 400 ? 1 : 2));
        return new Quantity(
                "activations",
                "Activations",
                "Of two neurons over 400 tokens.",
                Figure.HISTOGRAM,
                "activation",
                new NamedArray(axes, values),
                null,
                null);
    }

    private Quantity largeMap() {
        List<Axis> axes = List.of(Axis.counted("token", 64), Axis.counted("next", 64));
        double[] values = fill(axes, i -> i / 64 == i % 64 ? 4 + random.nextGaussian() : random.nextGaussian() * 0.4);
        return new Quantity(
                "ov",
                "OV circuit of L1H2",
                "$W_E W_{OV} W_U$, token by token.",
                Figure.MAP,
                "logits",
                new NamedArray(axes, values),
                null,
                null);
    }

    private Quantity table() {
        List<Axis> axes = List.of(
                new Axis("split", List.of("train", "shifted")),
                new Axis("statistic", List.of("rows", "loss", "accuracy")));
        return new Quantity(
                "data",
                "Data",
                "What was measured on.",
                Figure.TABLE,
                "",
                new NamedArray(axes, new double[] {256, 0.0071, 0.998, 256, 0.0113, 0.997}),
                null,
                null);
    }

    private AttentionPatterns attention() {
        List<String> heads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            heads.add("L" + i / 4 + "H" + i % 4);
        }
        List<AttentionPatterns.Example> examples = new ArrayList<>();
        for (int e = 0; e < 2; e++) {
            List<String> tokens = new ArrayList<>(List.of("<s>"));
            String[] words = {" the", " cat", " saw", "\n", " a", "<script>", " dog", "é", "�", " 🐈"};
            for (int i = 0; i < 20; i++) {
                tokens.add(words[i % 10]);
            }
            int n = tokens.size();
            NamedArray empty = new NamedArray(
                    List.of(new Axis("head", heads), Axis.counted("query", n), Axis.counted("key", n)),
                    new double[8 * n * n]);
            for (int h = 0; h < 8; h++) {
                for (int q = 0; q < n; q++) {
                    pattern(empty.data(), h, q, n);
                }
            }
            examples.add(new AttentionPatterns.Example(tokens, empty));
        }
        return new AttentionPatterns(
                "patterns", "Attention patterns", "Of every head on two readable prompts.", heads, examples, "toy");
    }

    private void pattern(double[] data, int h, int q, int n) {
        double[] weights = new double[n];
        for (int k = 0; k <= q; k++) {
            weights[k] = 0.2 + random.nextDouble() * 0.3;
        }
        int target = h == 0 ? q - 1 : h > 4 ? q - 9 : 0;
        if (target >= 0 && target <= q) {
            weights[target] += 4;
        }
        double sum = Arrays.stream(weights).sum();
        for (int k = 0; k < n; k++) {
            data[(h * n + q) * n + k] = k > q ? Double.NaN : weights[k] / sum;
        }
    }

    private TokenText text() {
        String[] tokens = {
            "<s>", "Once", " upon", " a", " time", ",", " there", " was", " a", " cat", ".", "\n", "\n", "\tif", " (x",
            " <", " 3", ")", " ", "  ", HOSTILE, "é", "�", "‮evil", "🐈", " Once", " upon", " a", " time"
        };
        List<TokenText.Token> made = new ArrayList<>();
        for (int i = 0; i < tokens.length; i++) {
            boolean last = i == tokens.length - 1;
            made.add(new TokenText.Token(
                    tokens[i],
                    100 + i,
                    i == 0 ? Double.NaN : i == 3 ? 0 : random.nextGaussian() * 2,
                    last ? Double.NaN : -random.nextDouble() * 4,
                    List.of(
                            new TokenText.Guess(" the", 0.41),
                            new TokenText.Guess("\n", 0.2),
                            new TokenText.Guess(HOSTILE, 0.1),
                            new TokenText.Guess(" a", 0.05),
                            new TokenText.Guess("", 0.01))));
        }
        return new TokenText(
                "gain",
                "Loss gap by token",
                "Loss of the 1-layer model minus that of the 2-layer model.",
                "loss gap, nats",
                List.of(new TokenText.Passage("A story with everything", made)),
                "toy");
    }

    private static TokenRankings rankings() {
        List<TokenRankings.Group> groups = List.of(
                new TokenRankings.Group(
                        "highest in any of the runs",
                        List.of(
                                new TokenRankings.Entry(7, "·Mary", List.of(14.25, 9.5, -4.75)),
                                new TokenRankings.Entry(8, HOSTILE, List.of(9.0, 8.5, -0.5)),
                                new TokenRankings.Entry(9, "<0xF0>", List.of(8.0, Double.NaN, Double.NaN)))),
                new TokenRankings.Group(
                        "largest decrease",
                        List.of(new TokenRankings.Entry(3, "\u202eevil", List.of(1.0, -9.0, -10.0)))));
        return new TokenRankings(
                "says",
                "What the model says " + HOSTILE,
                "logits at END",
                "logits",
                List.of("clean", "patched", "change"),
                List.of(new TokenRankings.Ranking(
                        "Row 1, L1H2",
                        List.of(
                                new Prompt("clean", List.of("When", "·Mary", "·and", HOSTILE), Map.of("END", 3)),
                                new Prompt("corrupted", List.of("When", "·Tom", "<0xE2>", "·gave"), Map.of("END", 3))),
                        groups)),
                "toy");
    }

    private static List<ClaimResult> claims() {
        double none = Double.NaN;
        return List.of(
                new ClaimResult(
                        "at least one layer-1 head is an induction head",
                        new Limits(.6, null),
                        "bound",
                        3,
                        .95,
                        List.of(
                                new ClaimResult.Part("seed 0", Verdict.HOLDS, 0.881, 0.87, 0.89, "L1H2"),
                                new ClaimResult.Part("seed 1", Verdict.HOLDS, 0.862, 0.85, 0.871, "L1H2"),
                                new ClaimResult.Part("seed 2", Verdict.HOLDS, 0.879, 0.868, 0.888, "L1H2")),
                        null),
                new ClaimResult(
                        "no head of an untrained model looks like one",
                        new Limits(null, .3),
                        "estimate",
                        1,
                        none,
                        List.of(new ClaimResult.Part("model", Verdict.HOLDS, 0.19, none, none, null)),
                        null),
                new ClaimResult(
                        "knocking out any single induction head matters",
                        new Limits(.5, null),
                        "bound",
                        2,
                        .95,
                        List.of(
                                new ClaimResult.Part("seed 0", Verdict.REFUTED, 0.03, 0.011, 0.052, "L1H0"),
                                new ClaimResult.Part("seed 1", Verdict.HOLDS, 0.61, 0.55, 0.68, "L1H0")),
                        "four heads do the same work, so the others stand in for the one that is missing"),
                new ClaimResult(
                        "recovery is defined",
                        new Limits(0., null),
                        "estimate",
                        1,
                        none,
                        List.of(new ClaimResult.Part("model", Verdict.UNDECIDED, none, none, none, null)),
                        "|LD clean − LD corrupt| is 0.04, below 0.1: recovery is undefined"));
    }

    private static Provenance provenance() {
        Map<String, Double> stages = new LinkedHashMap<>();
        stages.put("resolve", 0.21);
        stages.put("load weights", 0.034);
        stages.put("forward", 3.9);
        stages.put("bootstrap", 0.84);
        return new Provenance(
                "9f2c41d07be8a6f3",
                Map.of(
                        "spec",
                        "sha256:3f5e2b97d1c04a",
                        "weights/induction-2l seed 0",
                        "sha256:77aa01bc",
                        "data/repeats",
                        "sha256:5d10ce"),
                Map.of("dataset.repeats.seed", 1L, "measure.chance.seed", 3L, "bootstrap", 7L),
                List.of("induction-2l, seeds 0, 1, 2: recipe 4fd2; processing none; no BOS"),
                List.of(),
                Map.of("loupe", "0.1.0", "java", "17.0.15", "djl", "0.35.1", "pytorch", "2.7.1", "os", "Linux amd64"),
                "c0c3304+dirty",
                "cpu, 2 threads",
                "float32",
                stages,
                734_003_200L,
                "2026-11-22T22:50:42Z",
                "./loupe run experiments/techniques/6.20-induction-heads.yaml --set dataset.repeats.seed=1");
    }

    private double[] fill(List<Axis> axes, IntToDoubleFunction value) {
        double[] values = new double[NamedArray.sizeOf(axes)];
        for (int i = 0; i < values.length; i++) {
            values[i] = value.applyAsDouble(i);
        }
        return values;
    }

    private static Interval around(List<Axis> axes, double[] values, double half, String method, int n) {
        return new Interval(
                new NamedArray(axes, Arrays.stream(values).map(v -> v - half).toArray()),
                new NamedArray(
                        axes, Arrays.stream(values).map(v -> v + half * 1.2).toArray()),
                0.95,
                method,
                n);
    }

    private @Nullable NullBand band(int n, double middle, double spread, String method) {
        double[] draws = new double[n];
        for (int i = 0; i < n; i++) {
            draws[i] = middle + Math.abs(random.nextGaussian()) * spread;
        }
        return new NullBand(method, draws, Side.HIGHER);
    }

    private static final String SPEC = """
            loupe: 1
            id: "6.20"
            title: Find induction heads automatically
            model:
              card: induction-2l
              seeds: [0, 1, 2]
              dtype: float32
            dataset:
              repeats:
                generator: repeated-tokens
                period: 5..12
                rows: 256
                seed: 1
                bos: none
            measure:
              scores:
                head-scores: [PREV, IND]
                dataset: repeats
              damage:
                ablate: attn.z
                with:
                  mean:
                    of: repeats
                    per: position
            claims:
            - say: at least one layer-1 head is an induction head
              above: 0.6
              by: bound
            - say: no head of an untrained model looks like one
              below: 0.3
              by: estimate
            """;

    private static final String PLAN = """
            plan 3 steps, 1.2 GFLOP, peak 41 MiB
            ├─ forward  induction-2l x 3 seeds, repeats [256, 24]   capture pattern, attn.z
            │   └─ share equal forwards: 2 of 3 dropped
            ├─ fold     head-scores [seed, layer, head]
            └─ sweep    ablate attn.z over layer, head (24 cells)   <b>not bold</b>
            """;
}
