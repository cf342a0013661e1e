package dev.loupe.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs with everything in them that a store could lose: odd numbers, odd text, empty lists, missing parts. */
public final class RandomRuns {
    private static final String[] TEXTS = {
        "",
        "loss",
        "L1H4",
        "é 🐈",
        "\ud83d",
        "\udc08 low first",
        "a\nb\tc\u0000",
        "<script>",
        "\"quoted\" \\",
        "\u202eevil",
        "\ufffd",
        "null",
        "NaN"
    };
    private static final double[] NUMBERS = {
        0,
        -0.0,
        1,
        -1,
        0.1,
        1.0 / 3,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        1e-40,
        (double) 0.1f,
        12345678.9
    };

    private final Random random;

    public RandomRuns(long seed) {
        random = new Random(seed);
    }

    public RunResult next() {
        List<Artifact> artifacts = new ArrayList<>();
        int n = random.nextInt(6);
        for (int i = 0; i < n; i++) {
            artifacts.add(artifact("m" + i));
        }
        return new RunResult(
                text(),
                text(),
                text(),
                text(),
                text(),
                many(this::claim),
                artifacts,
                provenance(),
                text(),
                many(this::text),
                text(),
                text(),
                map(this::text));
    }

    private Artifact artifact(String name) {
        return switch (random.nextInt(5)) {
            case 0 -> new AttentionPatterns(name, text(), text(), many(this::text), many(this::example));
            case 1 ->
                new TokenText(
                        name,
                        text(),
                        text(),
                        text(),
                        many(() -> new TokenText.Passage(text(), many(this::token))),
                        text());
            case 2 -> rankings(name);
            default -> quantity(name, axes());
        };
    }

    private TokenRankings rankings(String name) {
        List<String> columns = many(this::text);
        Supplier<TokenRankings.Entry> entry = () -> new TokenRankings.Entry(
                random.nextInt(),
                text(),
                Stream.generate(this::number).limit(columns.size()).toList());
        return new TokenRankings(
                name,
                text(),
                text(),
                text(),
                columns,
                many(() -> new TokenRankings.Ranking(
                        text(), many(this::prompt), many(() -> new TokenRankings.Group(text(), many(entry))))),
                text());
    }

    private Prompt prompt() {
        return new Prompt(text(), many(this::text), map(() -> random.nextInt(9)));
    }

    Quantity quantity(String name, List<Axis> axes) {
        Interval interval = random.nextBoolean()
                ? null
                : new Interval(array(axes), array(axes), number(), text(), random.nextInt(1000));
        NullBand chance = random.nextBoolean()
                ? null
                : new NullBand(text(), numbers(random.nextInt(5)), Side.values()[random.nextInt(3)]);
        Figure[] figures = Figure.values();
        return new Quantity(
                name,
                text(),
                text(),
                figures[random.nextInt(figures.length)],
                text(),
                array(axes),
                interval,
                chance,
                random.nextBoolean()
                        ? Setting.UNKNOWN
                        : new Setting(
                                text(),
                                text(),
                                text(),
                                text(),
                                many(this::text),
                                many(this::text),
                                text(),
                                text(),
                                many(this::text),
                                many(this::prompt),
                                random.nextBoolean() ? null : random.nextInt(1000)));
    }

    private List<Axis> axes() {
        List<Axis> axes = new ArrayList<>();
        int n = random.nextInt(4);
        for (int i = 0; i < n; i++) {
            List<String> labels = new ArrayList<>();
            int size = random.nextInt(4);
            for (int k = 0; k < size; k++) {
                labels.add(text());
            }
            axes.add(new Axis("axis" + i, labels));
        }
        return axes;
    }

    private NamedArray array(List<Axis> axes) {
        return new NamedArray(axes, numbers(NamedArray.sizeOf(axes)));
    }

    private AttentionPatterns.Example example() {
        return new AttentionPatterns.Example(
                many(this::text),
                array(List.of(Axis.counted("head", 2), Axis.counted("query", 3), Axis.counted("key", 3))));
    }

    private TokenText.Token token() {
        return new TokenText.Token(
                text(), random.nextInt(), number(), number(), many(() -> new TokenText.Guess(text(), number())));
    }

    private ClaimResult claim() {
        boolean exact = random.nextBoolean();
        List<ClaimResult.Part> parts = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            parts.add(new ClaimResult.Part(
                    text(),
                    Verdict.values()[random.nextInt(3)],
                    number(),
                    exact ? Double.NaN : random.nextGaussian(),
                    exact ? Double.NaN : random.nextGaussian(),
                    maybe()));
        }
        return new ClaimResult(
                text(),
                new Limits(random.nextBoolean() ? random.nextGaussian() : null, random.nextGaussian()),
                random.nextBoolean() ? "bound" : "estimate",
                1 + random.nextInt(parts.size()),
                exact ? Double.NaN : .99,
                parts,
                maybe());
    }

    private Provenance provenance() {
        return new Provenance(
                text(),
                map(this::text),
                map(random::nextLong),
                many(this::text),
                many(this::text),
                map(this::text),
                text(),
                text(),
                text(),
                map(this::number),
                random.nextLong(),
                text(),
                text());
    }

    private <T> List<T> many(Supplier<T> one) {
        List<T> list = new ArrayList<>();
        int n = random.nextInt(4);
        for (int i = 0; i < n; i++) {
            list.add(one.get());
        }
        return list;
    }

    private <T> Map<String, T> map(Supplier<T> one) {
        Map<String, T> map = new LinkedHashMap<>();
        int n = random.nextInt(4);
        for (int i = 0; i < n; i++) {
            map.put(text() + i, one.get());
        }
        return map;
    }

    private double[] numbers(int n) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = number();
        }
        return values;
    }

    private double number() {
        return random.nextInt(3) == 0 ? random.nextGaussian() : NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private @Nullable String maybe() {
        return random.nextBoolean() ? null : text();
    }
}
