package dev.loupe.execute.outcome;

import dev.loupe.claim.Measured;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.RowTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One result, or one part of one ({@code scores.IND}), in every model of a family.
 *
 * @param name its name for claims
 * @param axis the axis that the models form, empty for a single model
 * @param units by model label
 */
record MeasuredFamily(String name, String axis, Map<String, Measured> units) {
    /** What chance gives, from all numbers of each draw. */
    interface Bands {
        /** @param part its label, empty where a result has no parts */
        NullBand of(String part, List<double[]> draws);
    }

    /**
     * Splits the values of a measurement into its parts, with their nulls.
     *
     * @param undefined by model label, why there is nothing to measure
     */
    static List<MeasuredFamily> of(
            String name,
            String axis,
            String parts,
            Map<String, StepValue> values,
            List<StepValue> chance,
            Bands bands,
            Map<String, String> undefined) {
        List<String> labels = labels(values, parts);
        List<MeasuredFamily> out = new ArrayList<>();
        for (int part = 0; part < Math.max(1, labels.size()); part++) {
            int at = labels.isEmpty() ? -1 : part;
            NullBand band = chance.isEmpty()
                    ? null
                    : bands.of(
                            at < 0 ? "" : labels.get(at),
                            chance.stream()
                                    .map(draw -> measured(draw, parts, at, null)
                                            .estimate()
                                            .data())
                                    .toList());
            Map<String, Measured> units = new LinkedHashMap<>();
            for (Map.Entry<String, StepValue> value : values.entrySet()) {
                units.put(
                        value.getKey(),
                        measured(value.getValue(), parts, at, band)
                                .because(undefined.getOrDefault(value.getKey(), "")));
            }
            String full = labels.isEmpty() ? name : name + "." + labels.get(part);
            out.add(new MeasuredFamily(full, axis, units));
        }
        return out;
    }

    private static List<String> labels(Map<String, StepValue> values, String parts) {
        if (parts.isEmpty()) {
            return List.of();
        }
        NamedArray estimate =
                measured(values.values().iterator().next(), "", -1, null).estimate();
        return estimate.hasAxis(parts) ? estimate.axis(parts).labels() : List.of();
    }

    private static Measured measured(StepValue value, String parts, int part, @Nullable NullBand band) {
        Measured whole;
        if (value instanceof StepValue.Table table) {
            RowTable rows = table.table();
            whole = new Measured(rows.estimate(), rows, band);
        } else if (value instanceof StepValue.Numbers numbers) {
            whole = new Measured(numbers.numbers(), null, band);
        } else {
            throw new IllegalStateException("no numbers in " + value.getClass().getSimpleName());
        }
        return part < 0 ? whole : whole.at(parts, part);
    }

    /** The estimates with the models' axis first. */
    NamedArray stacked(List<NamedArray> perUnit) {
        return axis.isEmpty() ? perUnit.get(0) : NamedArray.stack(new Axis(axis, List.copyOf(units.keySet())), perUnit);
    }
}
