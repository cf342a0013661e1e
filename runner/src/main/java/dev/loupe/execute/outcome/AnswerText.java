package dev.loupe.execute.outcome;

import dev.loupe.claim.AxisSelection;
import dev.loupe.claim.Findings;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Tally;
import dev.loupe.spec.AnswerHole;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Fills the answer sentence with results; {@link AnswerHole} has the functions. */
public final class AnswerText {
    private final ClaimEvaluator answers;
    private final List<ClaimResult> claims;

    public AnswerText(ClaimEvaluator answers, List<ClaimResult> claims) {
        this.answers = answers;
        this.claims = claims;
    }

    public String fill(String text) {
        return AnswerHole.fill(text, this::call);
    }

    private String call(AnswerHole hole) {
        return switch (hole.function()) {
            case "verdict" -> verdict(hole);
            case "claim" -> claim(hole.number(0, 0));
            case "interval" -> interval(hole.number(0, 0));
            case "top" -> top(hole.words().get(0), hole.number(1, 1));
            case "those" -> those(hole.words().get(0));
            case "value", "max", "min" -> spread(hole.function(), hole.words().get(0));
            default -> throw new IllegalArgumentException(hole + " is not a function of the answer");
        };
    }

    /** Of one claim, or of all together. */
    private String verdict(AnswerHole hole) {
        return hole.words().isEmpty()
                ? Tally.ofClaims(claims).ofClaims()
                : claimAt(hole.number(0, 0)).verdict().phrase();
    }

    private ClaimResult claimAt(int n) {
        if (n < 1 || n > claims.size()) {
            throw new IllegalArgumentException("claim(" + n + "): claims are numbered 1 to " + claims.size());
        }
        return claims.get(n - 1);
    }

    private String claim(int n) {
        ClaimResult.Part part = claimAt(n).deciding();
        return number(part.observed()) + (part.exact() ? "" : " (" + ends(part) + ")");
    }

    private String interval(int n) {
        return ends(claimAt(n).deciding());
    }

    private static String ends(ClaimResult.Part part) {
        return number(part.low()) + " to " + number(part.high());
    }

    /** One number per model, as a range where there are several. */
    private String spread(String function, String name) {
        List<Double> values = new ArrayList<>();
        for (Findings unit : answers.units(name).values()) {
            double[] data = unit.get(name).estimate().data();
            values.add(
                    function.equals("min")
                            ? IntStream.range(0, data.length)
                                    .mapToDouble(i -> data[i])
                                    .filter(x -> !Double.isNaN(x))
                                    .min()
                                    .orElse(Double.NaN)
                            : IntStream.range(0, data.length)
                                    .mapToDouble(i -> data[i])
                                    .filter(x -> !Double.isNaN(x))
                                    .max()
                                    .orElse(Double.NaN));
        }
        double low = values.stream().mapToDouble(x -> x).min().orElse(Double.NaN);
        double high = values.stream().mapToDouble(x -> x).max().orElse(Double.NaN);
        return values.size() == 1 || number(low).equals(number(high))
                ? number(high)
                : number(low) + " to " + number(high);
    }

    private String top(String name, int count) {
        List<String> perUnit = new ArrayList<>();
        Map<String, Findings> units = answers.units(name);
        units.forEach((label, findings) -> {
            NamedArray scores = findings.get(name).estimate();
            List<String> best = IntStream.range(0, scores.data().length)
                    .filter(i -> !Double.isNaN(scores.data()[i]))
                    .boxed()
                    .sorted((a, b) -> Double.compare(scores.data()[b], scores.data()[a]))
                    .limit(count)
                    .map(i -> AxisSelection.name(scores.axes(), scores.coordinates(i)) + " (" + number(scores.data()[i])
                            + ")")
                    .toList();
            perUnit.add(
                    (units.size() == 1 ? "" : label + ": ") + (best.isEmpty() ? "undefined" : String.join(", ", best)));
        });
        return String.join("; ", perUnit);
    }

    /** Components of a measurement of 0 and 1 that have 1. */
    private String those(String name) {
        List<String> perUnit = new ArrayList<>();
        Map<String, Findings> units = answers.units(name);
        units.forEach((label, findings) -> {
            NamedArray held = findings.get(name).estimate();
            String names = IntStream.range(0, held.data().length)
                    .filter(i -> held.data()[i] > 0.5)
                    .mapToObj(i -> AxisSelection.name(held.axes(), held.coordinates(i)))
                    .collect(Collectors.joining(", "));
            perUnit.add((units.size() == 1 ? "" : label + ": ") + (names.isEmpty() ? "none" : names));
        });
        return String.join("; ", perUnit);
    }

    static String number(double x) {
        if (Double.isNaN(x)) {
            return "undefined";
        }
        double size = Math.abs(x);
        return String.format(
                Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.3f", x);
    }
}
