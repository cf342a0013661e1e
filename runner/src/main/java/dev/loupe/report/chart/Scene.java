package dev.loupe.report.chart;

import dev.loupe.result.Artifact;
import dev.loupe.result.Quantity;
import java.util.List;

/**
 * What stands around a figure.
 *
 * @param others all that the run has, which numbers may be held against
 * @param beside what is drawn next to it: figures of one unit share one scale
 * @param columns how many of them stand side by side
 * @param twice whether points are one number from two sources, such as an estimate and what was run, so that they are held
 *     against the line where both are equal
 */
public record Scene(List<Artifact> others, List<Quantity> beside, int columns, boolean twice) {
    /** A figure of its own. */
    public static final Scene ALONE = new Scene(List.of(), List.of(), 1);

    /** A figure of its own, of one number from two sources. */
    public static final Scene TWICE = new Scene(List.of(), List.of(), 1, true);

    public Scene {
        others = List.copyOf(others);
        beside = List.copyOf(beside);
    }

    /** Of numbers from one source. */
    public Scene(List<Artifact> others, List<Quantity> beside, int columns) {
        this(others, beside, columns, false);
    }

    /** What shares the scale of a quantity, itself among it: figures alike, of one unit or, without a unit, of one part and formula. */
    List<Quantity> sharing(Quantity quantity) {
        List<Quantity> sharing = beside.stream()
                .filter(q -> q.unit().equals(quantity.unit())
                        && Charts.figure(q) == Charts.figure(quantity)
                        && (!q.unit().isEmpty() || asked(q).equals(asked(quantity))))
                .toList();
        return sharing.contains(quantity) ? sharing : List.of(quantity);
    }

    /** What tells numbers without a unit apart: their formula, and which part of a measurement they are. */
    public static List<String> asked(Quantity quantity) {
        return List.of(formula(quantity), quantity.name().replaceFirst("^[^.]*", ""));
    }

    /** What a quantity is: the first line of its words, whatever was drawn for it. */
    public static String formula(Quantity quantity) {
        return quantity.doc().lines().findFirst().orElse("").replaceAll("seed [0-9]+", "seed");
    }
}
