package dev.loupe.execute.neurons;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.documents.EqualDocuments;
import dev.loupe.metric.reading.StepValue.Activations;
import dev.loupe.plan.neurons.CountSigns;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The arithmetic of {@link CountSigns}: row k of the table is the k-th document. A number that is 0 or above counts as positive. */
final class SignCounts {
    private final CountSigns step;
    private final int[] document;

    SignCounts(CountSigns step, TokenRows rows) {
        this.step = step;
        this.document = EqualDocuments.of(rows);
    }

    /** @param activation at the same positions as {@code gate} and {@code up}, of the same neurons */
    RowTable of(Activations gate, Activations up, Activations activation) {
        int neurons = activation.width();
        int half = 4 * neurons;
        int width = NamedArray.sizeOf(step.axes());
        Map<Integer, Integer> places = new HashMap<>();
        for (int row : activation.row()) {
            places.putIfAbsent(document[row], places.size());
        }
        double[] numerator = new double[places.size() * width];
        double[] denominator = new double[numerator.length];
        for (int i = 0; i < activation.row().length; i++) {
            int of = Objects.requireNonNull(places.get(document[activation.row()[i]])) * width;
            for (int n = 0; n < neurons; n++) {
                int at = i * neurons + n;
                int signs =
                        2 * sign(gate.values().get(0)[at]) + sign(up.values().get(0)[at]);
                for (int cell = 0; cell < 4; cell++) {
                    denominator[of + 4 * n + cell]++;
                }
                numerator[of + 4 * n + signs]++;
                numerator[of + half + 4 * n + signs] += activation.values().get(0)[at];
                denominator[of + half + 4 * n + signs]++;
            }
        }
        return new RowTable(step.axes(), places.size(), numerator, denominator);
    }

    private static int sign(float value) {
        return value >= 0 ? 1 : 0;
    }
}
