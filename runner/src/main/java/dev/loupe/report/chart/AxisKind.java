package dev.loupe.report.chart;

import dev.loupe.result.Axis;
import dev.loupe.result.Quantity;
import java.util.List;
import java.util.Set;

/** What the places of an axis are to each other, which decides how a figure may draw them. */
public final class AxisKind {
    /** Things that only have numbers for names: a line that joins two of them means nothing. */
    private static final Set<String> UNORDERED = Set.of(
            "draw",
            "neuron",
            "feature",
            "head",
            "kv_head",
            "to_head",
            "row",
            "point",
            "seed",
            "model",
            "copy",
            "token",
            "id",
            "edge",
            "direction",
            "dim",
            "d_model",
            "d_head",
            "component",
            "latent",
            "cell");

    /** Models that one measurement was made in. */
    private static final Set<String> FAMILY = Set.of("seed", "model", "checkpoint", "step", "copy");

    /** Points in time of training. */
    private static final Set<String> STEPS = Set.of("checkpoint", "step");

    private AxisKind() {}

    /** Whether its labels are numbers that lie along a line. */
    static boolean ordered(Axis axis) {
        return Plotted.isNumeric(axis) && !UNORDERED.contains(axis.name());
    }

    /** Whether it counts things by number: neurons, features, draws. */
    static boolean counted(Axis axis) {
        return Plotted.isNumeric(axis) && UNORDERED.contains(axis.name());
    }

    /** Whether it runs along training and is long enough for a curve. */
    public static boolean training(Axis axis) {
        return STEPS.contains(axis.name()) && axis.size() >= 4 && Plotted.isNumeric(axis);
    }

    public static boolean family(Axis axis) {
        return FAMILY.contains(axis.name());
    }

    /** How many leading axes tell models apart. */
    public static int models(Quantity quantity) {
        List<Axis> axes = quantity.estimate().axes();
        int known = quantity.setting().models().size();
        int leading = 0;
        for (int product = 1; leading < axes.size(); leading++) {
            product *= axes.get(leading).size();
            if (known > 1 ? product > known : !family(axes.get(leading))) {
                break;
            }
        }
        return leading;
    }

    /** Which model a number of a quantity is of; its setting's words where models are not known one by one. */
    public static String model(Quantity quantity, int flat) {
        List<String> models = quantity.setting().models();
        if (models.size() <= 1) {
            return models.isEmpty() ? quantity.setting().model() : models.get(0);
        }
        return models.get(flat / (quantity.estimate().data().length / models.size()));
    }

    /** Whether a reader wants its numbers in a table: one a model, or single random draws in one. */
    public static boolean single(Quantity quantity) {
        List<Axis> axes = quantity.estimate().axes();
        List<Axis> rest = axes.subList(models(quantity), axes.size());
        boolean draws = rest.isEmpty() || rest.size() == 1 && rest.get(0).name().equals(DrawBand.DRAW);
        return draws
                && axes.stream().noneMatch(AxisKind::training)
                && quantity.estimate().data().length <= 1000;
    }
}
