package dev.loupe.execute.outcome;

import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.Found;
import dev.loupe.plan.ask.FoundEdges;
import dev.loupe.plan.build.Chosen;
import dev.loupe.resolve.model.ModelFamily;
import dev.loupe.resolve.model.ModelInstance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What choices by results found in every model of a measurement, in words.
 *
 * @param family the models of the measurement
 */
record FoundWords(FoundInResults results, ModelFamily family) implements Chosen {
    /** Of longer lists the first are named; all are in the results of the measurement that chose. */
    private static final int NAMED = 32;

    @Override
    public String components(Found choice, ComponentKind kind) {
        return told(unit -> results.components(choice, kind, unit.at()));
    }

    @Override
    public String edges(FoundEdges choice) {
        return told(unit -> results.edges(choice, unit.at()));
    }

    private static String listed(List<String> names) {
        int more = names.size() - NAMED;
        return names.isEmpty()
                ? "none"
                : more <= 0
                        ? String.join(", ", names)
                        : String.join(", ", names.subList(0, NAMED)) + " and " + more + " more";
    }

    /** Models in words: {@code seed 0, 2} where they differ in one axis. */
    private String models(List<ModelInstance> units) {
        if (family.axes().size() != 1) {
            return units.stream().map(ModelInstance::label).collect(Collectors.joining("; "));
        }
        return family.axes().get(0).name() + " "
                + units.stream()
                        .flatMap(unit -> unit.at().labels().values().stream())
                        .collect(Collectors.joining(", "));
    }

    private String told(Function<ModelInstance, List<?>> found) {
        Map<String, List<ModelInstance>> models = new LinkedHashMap<>();
        for (ModelInstance unit : family.units()) {
            List<String> names = found.apply(unit).stream().map(String::valueOf).toList();
            models.computeIfAbsent(listed(names), k -> new ArrayList<>()).add(unit);
        }
        if (models.size() == 1) {
            return models.keySet().iterator().next();
        }
        List<String> parts = new ArrayList<>();
        models.forEach((names, units) -> parts.add(models(units) + ": " + names));
        return String.join("; ", parts);
    }
}
