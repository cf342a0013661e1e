package dev.loupe.claim;

import dev.loupe.result.NamedArray;
import java.util.List;
import java.util.Map;

/**
 * A measurement along one axis whose labels are numbers.
 *
 * @param at the labels in their order
 * @param values the numbers there
 */
record NumberedCurve(double[] at, double[] values) {
    /** @throws IllegalArgumentException where another axis is left, or a label is not a number */
    static NumberedCurve of(Findings findings, String name, String along, Map<String, String> where, int b) {
        NamedArray curve = AxisSelection.narrow(findings.get(name), where).replicate(findings.resampling(), b);
        if (!curve.hasAxis(along)) {
            throw new IllegalArgumentException(
                    "`" + name + "` is not a curve along `" + along + "`, it has " + NamedArray.describe(curve.axes()));
        }
        NamedArray left = curve;
        while (left.axes().size() > 1) {
            String other = left.axes().stream()
                    .filter(axis -> axis.size() == 1 && !axis.name().equals(along))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("`" + name + "` is not a curve along `" + along
                            + "`, it has " + NamedArray.describe(curve.axes()) + ": narrow it with `where`"))
                    .name();
            left = left.at(other, 0);
        }
        List<String> labels = left.axis(along).labels();
        double[] at = new double[labels.size()];
        for (int i = 0; i < at.length; i++) {
            try {
                at[i] = Double.parseDouble(labels.get(i));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "`" + along + "` has the label `" + labels.get(i) + "`, which is not a number", e);
            }
        }
        return new NumberedCurve(at, left.data());
    }
}
