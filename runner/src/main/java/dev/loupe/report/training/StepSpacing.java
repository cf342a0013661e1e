package dev.loupe.report.training;

import dev.loupe.report.draw.Numbers;
import java.util.ArrayList;
import java.util.List;

/** At which steps a training was looked at, in words: "0, 1 to 256, each 2 times the one before, every 50 from 300 to 2,000". */
final class StepSpacing {
    /** Fewer steps of one rule are named one by one. */
    private static final int RUN = 4;

    private StepSpacing() {}

    /** @param steps rising */
    static String words(double[] steps) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        while (from < steps.length) {
            int equal = end(steps, from, false);
            int growing = end(steps, from, true);
            int to = Math.max(equal, growing);
            if (to - from + 1 < RUN) {
                parts.add(Numbers.show(steps[from]));
                from++;
            } else {
                parts.add(
                        equal >= growing
                                ? "every " + Numbers.show(steps[from + 1] - steps[from]) + " from "
                                        + Numbers.show(steps[from]) + " to " + Numbers.show(steps[to])
                                : Numbers.show(steps[from]) + " to " + Numbers.show(steps[to]) + ", each "
                                        + Numbers.show(steps[from + 1] / steps[from]) + " times the one before");
                from = to + 1;
            }
        }
        return String.join(", ", parts);
    }

    /** The last step that goes on as the first two do, by equal distances or by equal factors. */
    private static int end(double[] steps, int from, boolean factors) {
        int to = from;
        if (factors && steps[from] == 0) {
            return to;
        }
        while (to + 1 < steps.length && alike(steps, from, to, factors)) {
            to++;
        }
        return to;
    }

    private static boolean alike(double[] steps, int from, int to, boolean factors) {
        double first = factors ? steps[from + 1] / steps[from] : steps[from + 1] - steps[from];
        double next = factors ? steps[to + 1] / steps[to] : steps[to + 1] - steps[to];
        return Math.abs(next - first) <= 1e-9 * Math.abs(first);
    }
}
