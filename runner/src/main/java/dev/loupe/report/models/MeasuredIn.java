package dev.loupe.report.models;

import dev.loupe.report.chart.AxisKind;
import dev.loupe.report.draw.TrainingLabel;
import dev.loupe.result.Coordinates;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One result in one of its models.
 *
 * @param number which of its models, in their order
 * @param at "seed 0" and "model gelu": where the model stands in its family; none where it stands alone
 * @param model its label without the step of a training
 */
record MeasuredIn(Quantity quantity, int number, Set<String> at, String model) {
    /** A result in all its models; none where it is not known which they are. */
    static List<MeasuredIn> all(Quantity quantity) {
        List<String> models = quantity.setting().models();
        List<Coordinates> places = Coordinates.all(quantity.estimate().axes().subList(0, AxisKind.models(quantity)));
        List<MeasuredIn> all = new ArrayList<>();
        for (int i = 0; i < models.size() && places.size() == models.size(); i++) {
            all.add(new MeasuredIn(quantity, i, parts(places.get(i).toString()), TrainingLabel.of(models.get(i))));
        }
        return all;
    }

    /** What a unit says: {@code seed 0, model gelu}, in whatever order. */
    static Set<String> parts(String unit) {
        return new HashSet<>(unit.isEmpty() ? List.of() : Arrays.asList(unit.split(", ")));
    }

    /** Whether this is about the unit that a claim compared: a model that stands alone is about every one. */
    boolean in(Set<String> unit) {
        return at.isEmpty() || at.containsAll(unit) || unit.stream().noneMatch(part -> part.contains(" "));
    }

    /** Whether there is one number for the model. */
    boolean single() {
        return quantity.estimate().axes().size() == AxisKind.models(quantity);
    }

    double value() {
        return quantity.estimate().data()[number];
    }

    /** Where chance ends in this model, by its own draws; NaN where none were made. */
    double chance() {
        NullBand chance = quantity.chance();
        return chance == null
                ? Double.NaN
                : chance.of(number, quantity.setting().models().size()).edge();
    }
}
