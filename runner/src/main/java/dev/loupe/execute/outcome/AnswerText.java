package dev.loupe.execute.outcome;

import dev.loupe.claim.AxisSelection;
import dev.loupe.claim.Expression;
import dev.loupe.claim.Findings;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Tally;
import dev.loupe.spec.Answer;
import dev.loupe.spec.AnswerValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Fills the answer sentence with results; {@link AnswerValue} has the functions. */
public final class AnswerText {
    private final ClaimEvaluator answers;
    private final List<ClaimResult> claims;

    public AnswerText(ClaimEvaluator answers, List<ClaimResult> claims) {
        this.answers = answers;
        this.claims = claims;
    }

    public String fill(String text) {
        return Answer.of(text).filled(this::words);
    }

    private String words(AnswerValue value) {
        if (value instanceof AnswerValue.OfClaim claim) {
            return switch (claim.what()) {
                case "verdict" -> verdict(claim.number());
                case "claim" -> claim(claim.number());
                case "interval" -> ends(claimAt(claim.number()).deciding());
                default -> throw new IllegalStateException("no words of a claim: " + claim);
            };
        }
        if (value instanceof AnswerValue.Components components) {
            return components.what().equals("those")
                    ? those(components.result())
                    : top(components.result(), components.count());
        }
        if (value instanceof AnswerValue.OrWords or) {
            double[] values = defined(or.formula());
            return values.length == 0 ? or.otherwise() : spread(or.formula(), values);
        }
        AnswerValue.Formula formula = (AnswerValue.Formula) value;
        return spread(formula, defined(formula));
    }

    /** Of one claim, or of all together for 0. */
    private String verdict(int number) {
        return number == 0
                ? Tally.ofClaims(claims).ofClaims()
                : claimAt(number).verdict().phrase();
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

    private static String ends(ClaimResult.Part part) {
        return number(part.low()) + " to " + number(part.high());
    }

    /** One number per model, where it is defined. */
    private double[] defined(AnswerValue.Formula formula) {
        return answers.units(formula).values().stream()
                .mapToDouble(formula::value)
                .filter(x -> !Double.isNaN(x))
                .toArray();
    }

    /** As a range where there are several. */
    private static String spread(AnswerValue.Formula formula, double[] values) {
        boolean counted = formula instanceof AnswerValue.OfResults of && of.expression() instanceof Expression.Count;
        String low = shown(Arrays.stream(values).min().orElse(Double.NaN), counted);
        String high = shown(Arrays.stream(values).max().orElse(Double.NaN), counted);
        return low.equals(high) ? high : low + " to " + high;
    }

    private static String shown(double x, boolean counted) {
        return counted && !Double.isNaN(x) ? Long.toString(Math.round(x)) : number(x);
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
        if (size > 0 && size < 1e-4) {
            return String.format(Locale.ROOT, "%.1e", x).replaceFirst("e-0?", "e-");
        }
        // Two digits that are not zeros.
        int decimals = size >= 100
                ? 0
                : size >= 10 ? 1 : size >= 0.1 ? 2 : size >= 0.01 || size == 0 ? 3 : size >= 1e-3 ? 4 : 5;
        if (size < 1 && size >= 0.995) {
            // Nearly all is not all.
            decimals = size < 0.9995 ? 3 : 5;
        }
        String written = String.format(Locale.ROOT, "%." + decimals + "f", x);
        // Zero has no sign.
        return Double.parseDouble(written) == 0 ? written.replace("-", "") : written;
    }
}
