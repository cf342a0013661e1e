package dev.loupe.report.training;

import dev.loupe.report.draw.Embedded;
import dev.loupe.report.draw.Numbers;
import dev.loupe.result.Artifact;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes first in a training: for each measurement and model the step at half of its whole change, earliest first.
 *
 * @param order how often one measurement comes before another; null where there is only one
 * @param data all rows with every digit, for the downloads
 */
public record OnsetTable(List<Row> rows, @Nullable OnsetOrder order, List<String> caption, String data) {
    /** More would be a list that nobody reads to its end. */
    private static final int MOST = 120;

    private static final List<String> HEADERS = List.of(
            "measurement", "component", "model", "step", "low", "high", "first", "last", "unit", "n", "interval by");

    /**
     * One curve.
     *
     * @param name of the measurement
     * @param step as a number with all its digits, by which rows sort; empty where undefined
     * @param shown the step, rounded
     * @param change from the first number to the last
     */
    public record Row(
            String step,
            String shown,
            String interval,
            String title,
            String name,
            String component,
            String model,
            String change,
            String by) {}

    /** The table of a run; null where nothing was measured along a training. */
    public static @Nullable OnsetTable of(RunResult run) {
        AskedOfCurves asked = AskedOfCurves.of(run);
        List<Onset> onsets = new ArrayList<>();
        for (Artifact artifact : run.artifacts()) {
            if (artifact instanceof Quantity quantity && !asked.reduced().contains(quantity.name())) {
                Quantity stored = asked.changes().get(quantity.name());
                List<TrainingCurve> curves = TrainingCurve.of(quantity);
                for (int model = 0; model < curves.size(); model++) {
                    onsets.add(Onset.of(curves.get(model), stored, model));
                }
            }
        }
        if (onsets.isEmpty()) {
            return null;
        }
        onsets.sort(Comparator.comparingDouble(Onset::step));
        List<Row> rows = onsets.stream().limit(MOST).map(OnsetTable::row).toList();
        return new OnsetTable(rows, OnsetOrder.of(onsets), caption(onsets), data(onsets));
    }

    /** Whether any row is about one of several components. */
    public boolean components() {
        return rows.stream().anyMatch(row -> !row.component().isEmpty());
    }

    private static Row row(Onset onset) {
        TrainingCurve curve = onset.curve();
        String unit = curve.quantity().unit();
        return new Row(
                onset.defined() ? Numbers.exact(onset.step()) : "",
                onset.defined() ? step(onset.step()) : "undefined",
                Double.isNaN(onset.low()) ? "" : interval(onset),
                curve.quantity().title(),
                curve.quantity().name(),
                curve.component(),
                curve.model(),
                Numbers.show(curve.first()) + " to " + Numbers.show(curve.last()) + (unit.isEmpty() ? "" : " " + unit),
                onset.by().words());
    }

    private static String data(List<Onset> onsets) {
        return Embedded.json(json -> {
            json.writeStartObject();
            Embedded.strings(json, "headers", HEADERS);
            json.writeArrayFieldStart("rows");
            for (Onset onset : onsets) {
                TrainingCurve curve = onset.curve();
                json.writeStartArray();
                json.writeString(curve.quantity().name());
                json.writeString(curve.component());
                json.writeString(curve.model());
                for (double number :
                        new double[] {onset.step(), onset.low(), onset.high(), curve.first(), curve.last()}) {
                    Embedded.number(json, number);
                }
                json.writeString(curve.quantity().unit());
                json.writeString(Numbers.rows(curve.quantity().n()));
                json.writeString(onset.by().words());
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static String interval(Onset onset) {
        return Double.isInfinite(onset.high())
                ? "[" + step(onset.low()) + ", after the last]"
                : "[" + step(onset.low()) + ", " + step(onset.high()) + "]";
    }

    /** Steps are counted: from ten on without digits after the point. */
    static String step(double step) {
        return step >= 10 ? Numbers.fixed(step, 0) : Numbers.show(step);
    }

    private static List<String> caption(List<Onset> onsets) {
        List<String> sentences = new ArrayList<>();
        sentences.add(
                "Each step is where a curve first is at the middle between its first and its last number, on a line in the logarithm of the step"
                        + " between the two checkpoints beside it. Nothing is smoothed.");
        if (onsets.stream().anyMatch(onset -> onset.by() == Onset.By.ENDS)) {
            sentences.add(
                    "An interval from the ends of the curve's intervals is where those ends pass the same level, which is wider than"
                            + " an interval of resampled rows.");
        }
        if (onsets.stream().anyMatch(onset -> !onset.curve().component().isEmpty())) {
            sentences.add("Of many components, the one that changes most in each model is followed.");
        }
        if (onsets.stream().anyMatch(onset -> !onset.defined())) {
            sentences.add("Undefined: the curve ends where it began, as far as its intervals tell.");
        }
        if (onsets.size() > MOST) {
            sentences.add("The first " + MOST + " of " + onsets.size() + " rows.");
        }
        return sentences;
    }
}
