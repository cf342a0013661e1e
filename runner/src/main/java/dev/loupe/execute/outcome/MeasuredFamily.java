package dev.loupe.execute.outcome;

import dev.loupe.claim.Measured;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.resolve.model.ModelFamily;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.result.Axis;
import dev.loupe.result.Coordinates;
import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One result, or one part of one ({@code scores.IND}), in every model of a family.
 *
 * @param name its name for claims
 * @param values one for each model, in their order
 */
record MeasuredFamily(String name, ModelFamily models, List<Measured> values) {
    MeasuredFamily {
        values = List.copyOf(values);
    }

    /** What chance gives, from all numbers of each draw. */
    interface Bands {
        /** @param part its label, empty where a result has no parts */
        NullBand of(String part, List<double[]> draws);
    }

    /**
     * Splits the values of a measurement into its parts, with their nulls.
     *
     * @param values one for each model
     * @param chance the draws of the null in each model, empty where there is none
     * @param undefined by model label, why there is nothing to measure
     */
    static List<MeasuredFamily> of(
            String name,
            ModelFamily models,
            String parts,
            List<StepValue> values,
            List<List<StepValue>> chance,
            Bands bands,
            Map<String, String> undefined) {
        List<String> labels = labels(values, parts);
        List<MeasuredFamily> out = new ArrayList<>();
        for (int part = 0; part < Math.max(1, labels.size()); part++) {
            int at = labels.isEmpty() ? -1 : part;
            String label = at < 0 ? "" : labels.get(at);
            List<Measured> units = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                String why = undefined.getOrDefault(models.units().get(i).label(), "");
                NullBand band = chance.isEmpty() ? null : band(label, chance.get(i), parts, at, bands);
                units.add(measured(values.get(i), parts, at, band).because(why));
            }
            String full = labels.isEmpty() ? name : name + "." + labels.get(part);
            out.add(new MeasuredFamily(full, models, units));
        }
        return out;
    }

    private static NullBand band(String label, List<StepValue> draws, String parts, int part, Bands bands) {
        return bands.of(
                label,
                draws.stream()
                        .map(draw ->
                                measured(draw, parts, part, null).estimate().data())
                        .toList());
    }

    private static List<String> labels(List<StepValue> values, String parts) {
        if (parts.isEmpty()) {
            return List.of();
        }
        NamedArray estimate = measured(values.get(0), "", -1, null).estimate();
        return estimate.hasAxis(parts) ? estimate.axis(parts).labels() : List.of();
    }

    private static Measured measured(StepValue value, String parts, int part, @Nullable NullBand band) {
        Measured whole;
        if (value instanceof StepValue.Table table) {
            whole = new Measured(table.table().estimate(), table.table(), band);
        } else if (value instanceof StepValue.Sampled over) {
            whole = new Measured(over.sample().estimate(), over.sample(), band);
        } else if (value instanceof StepValue.Numbers numbers) {
            whole = new Measured(numbers.numbers(), null, band);
        } else {
            throw new IllegalStateException("no numbers in " + value.getClass().getSimpleName());
        }
        return part < 0 ? whole : whole.at(parts, part);
    }

    /** The result in the one model that stands where another model stands, as far as that one says; see {@link ModelFamily}. */
    Measured beside(Coordinates other) {
        return values.get(models.beside(name, other));
    }

    /**
     * The result in the models at some labels, those on the other axes side by side.
     *
     * @param compared the labels, perhaps on axes that these models do not have
     */
    Measured at(Coordinates compared) {
        List<Axis> spanned = models.axes().stream()
                .filter(axis -> !compared.labels().containsKey(axis.name()))
                .toList();
        List<Measured> found = Coordinates.all(spanned).stream()
                .map(at -> beside(compared.and(at)))
                .toList();
        return spanned.isEmpty() ? found.get(0) : Measured.stacked(spanned, found);
    }

    /** Arrays of each model with the models' axes first. */
    NamedArray stacked(List<NamedArray> each) {
        return NamedArray.stack(models.axes(), each);
    }

    /** What it is called in one model: {@code loss@seed 0}. */
    static String inModel(String name, ModelInstance model) {
        return model.at().labels().isEmpty() ? name : name + "@" + model.label();
    }
}
