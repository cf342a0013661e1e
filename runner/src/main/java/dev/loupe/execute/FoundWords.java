package dev.loupe.execute;

import dev.loupe.intervention.Chosen;
import dev.loupe.plan.FoundEdges;
import dev.loupe.plan.FoundHeads;
import dev.loupe.resolve.ModelFamily;
import dev.loupe.resolve.ModelUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What choices by results found in every model of a measurement, in words.
 *
 * @param family the models of the measurement
 */
record FoundWords(FoundInResults results, ModelFamily family) implements Chosen {
    @Override
    public String heads(FoundHeads choice) {
        return told(unit -> results.heads(choice, unit.label()));
    }

    @Override
    public String edges(FoundEdges choice) {
        return told(unit -> results.edges(choice, unit.label()));
    }

    private String told(Function<ModelUnit, List<?>> found) {
        Map<String, List<String>> models = new LinkedHashMap<>();
        for (ModelUnit unit : family.units()) {
            List<String> names = found.apply(unit).stream().map(String::valueOf).toList();
            models.computeIfAbsent(names.isEmpty() ? "none" : String.join(", ", names), k -> new ArrayList<>())
                    .add(unit.label());
        }
        if (models.size() == 1) {
            return models.keySet().iterator().next();
        }
        List<String> parts = new ArrayList<>();
        models.forEach((names, labels) ->
                parts.add(family.axis() + " " + String.join(", ", labels) + ": " + names));
        return String.join("; ", parts);
    }
}
