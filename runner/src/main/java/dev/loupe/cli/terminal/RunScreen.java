package dev.loupe.cli.terminal;

import dev.loupe.result.Artifact;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.ResultName;
import dev.loupe.result.RunResult;
import dev.loupe.text.Columns;
import dev.loupe.text.VisibleText;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A finished run on the terminal: question, answer, one entry for each claim, or the measurements where nothing is claimed.
 * Lines break between words and go on under the first word, so that no text of a spec begins a line as a verdict does.
 */
public final class RunScreen {
    /** Measurements shown of a run without claims; the page has all. */
    private static final int MOST_MEASUREMENTS = 20;

    private final PrintStream out;
    private final int columns;

    public RunScreen(Terminal terminal) {
        this.out = terminal.out();
        this.columns = terminal.columns();
    }

    /** Which spec of several the lines below are about. */
    public void heading(int number, int of, Path file) {
        out.println();
        entry("== ", number + " of " + of + "  " + VisibleText.line(file.toString()));
    }

    public void show(RunResult result, boolean reused, Path page) {
        out.println();
        if (!result.question().isBlank()) {
            entry("Question  ", result.question());
        }
        if (!result.answer().isBlank()) {
            entry("Answer    ", result.answer());
        }
        if (!result.question().isBlank() || !result.answer().isBlank()) {
            out.println();
        }
        undefined(result.artifacts())
                .forEach((why, names) -> entry(
                        "  NOTE       ", String.join(", ", names) + (names.size() == 1 ? " is " : " are ") + why));
        result.extra().forEach((name, text) -> {
            if (name.startsWith(RunResult.NOTICE)) {
                entry("  NOTE       ", name.substring(RunResult.NOTICE.length()) + ": " + text);
            }
        });
        result.claims().forEach(this::claim);
        if (result.claims().isEmpty()) {
            measurements(result.artifacts());
        }
        out.println();
        if (reused) {
            entry("", "This run is already finished with the same inputs. Use --fresh to run it again.");
        }
        out.println("Report: " + VisibleText.line(page.toString()));
    }

    /** What is undefined, by the reason. Where all parts of a measurement are, they go by its name and the reason of the first. */
    private static Map<String, Set<String>> undefined(List<Artifact> artifacts) {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        Map<String, String> wholly = new HashMap<>();
        for (Artifact artifact : artifacts) {
            if (artifact instanceof Quantity quantity) {
                boolean defined = quantity.whyUndefined().isEmpty()
                        || quantity.setting().undefined().isEmpty();
                String why = defined ? "" : quantity.setting().undefined();
                wholly.merge(measurement(quantity), why, (first, next) -> next.isEmpty() ? "" : first);
            }
        }
        for (Artifact artifact : artifacts) {
            if (artifact instanceof Quantity quantity
                    && !quantity.whyUndefined().isEmpty()) {
                String shared = wholly.getOrDefault(measurement(quantity), "");
                names.computeIfAbsent(
                                shared.isEmpty() ? quantity.whyUndefined() : "undefined: " + shared,
                                unused -> new LinkedHashSet<>())
                        .add(shared.isEmpty() ? quantity.name() : measurement(quantity));
            }
        }
        return names;
    }

    private static String measurement(Quantity quantity) {
        return ResultName.of(quantity.name()).measurement();
    }

    private void claim(ClaimResult claim) {
        entry(ClaimLine.label(claim), ClaimLine.text(claim));
    }

    /** Without claims the measurements are all that there is to say. */
    private void measurements(List<Artifact> artifacts) {
        out.println("The spec has no claims. Measured:");
        int name = artifacts.stream()
                .limit(MOST_MEASUREMENTS)
                .mapToInt(artifact -> Columns.of(VisibleText.line(artifact.name())))
                .max()
                .orElse(0);
        for (Artifact artifact : artifacts.subList(0, Math.min(MOST_MEASUREMENTS, artifacts.size()))) {
            String shown = Columns.padded(VisibleText.line(artifact.name()), Math.min(name, columns / 2));
            entry("  " + shown + "  ", artifact instanceof Quantity quantity ? numbers(quantity) : artifact.title());
        }
        if (artifacts.size() > MOST_MEASUREMENTS) {
            out.println("  and " + (artifacts.size() - MOST_MEASUREMENTS) + " more in the report");
        }
    }

    private static String numbers(Quantity quantity) {
        NamedArray estimate = quantity.estimate();
        String unit = quantity.unit().isEmpty() ? "" : " " + quantity.unit();
        double[] defined =
                Arrays.stream(estimate.data()).filter(v -> !Double.isNaN(v)).toArray();
        if (defined.length == 0) {
            return "undefined";
        }
        if (estimate.data().length == 1) {
            String ends = quantity.interval() == null
                    ? ""
                    : " [" + number(quantity.interval().low().data()[0]) + ", "
                            + number(quantity.interval().high().data()[0]) + "]";
            return number(defined[0]) + unit + ends;
        }
        List<String> axes = estimate.axes().stream()
                .map(axis -> axis.size() + " x " + axis.name())
                .toList();
        return number(Arrays.stream(defined).min().getAsDouble()) + " to "
                + number(Arrays.stream(defined).max().getAsDouble()) + unit + " (" + String.join(", ", axes) + ")";
    }

    private static String number(double value) {
        return ClaimLine.number(value);
    }

    /** A label with its text beside it, the lines after the first under that text. */
    private void entry(String label, String text) {
        int indent = Columns.of(label);
        List<String> lines = Columns.wrap(VisibleText.of(text), Math.max(20, columns - indent));
        out.println((label + lines.get(0)).stripTrailing());
        lines.subList(1, lines.size()).forEach(line -> out.println(" ".repeat(indent) + line));
    }
}
