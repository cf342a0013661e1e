package dev.loupe.report.models;

import dev.loupe.report.draw.TrainingLabel;
import dev.loupe.result.ModelFacts;
import dev.loupe.result.Provenance;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One model beside others. A unit of claims may be two models that a claim compares; then it says of both what it is.
 *
 * @param run its run, empty where there is one
 * @param unit what claims call it, such as {@code seed 0} or {@code model gelu, seed 0}
 * @param models labels of the models behind it, without steps
 * @param parameters how many numbers it has, NaN where that is not known or not the same in all its models
 * @param weights the beginning of its weights' hash
 */
record ModelRow(
        String run, String unit, Set<String> models, String family, double parameters, String shape, String weights) {
    private static final int HASH = 8;
    private static final int LONGEST = 60;

    static ModelRow of(NamedRun run, String unit, Set<String> models) {
        Provenance from = run.result().provenance();
        List<ModelFacts> facts = from.facts().stream()
                .filter(one -> models.contains(TrainingLabel.of(one.model())))
                .toList();
        double[] sizes =
                facts.stream().mapToDouble(ModelFacts::parameters).distinct().toArray();
        return new ModelRow(
                run.label(),
                unit,
                models,
                joined(facts, ModelFacts::family),
                sizes.length == 1 && sizes[0] > 0 ? sizes[0] : Double.NaN,
                joined(facts, one -> one.heads() == 0 ? "" : one.layers() + " × " + one.heads()),
                hashes(from.hashes(), "weights/", models));
    }

    private static String joined(List<ModelFacts> facts, Function<ModelFacts, String> what) {
        return facts.stream()
                .map(what)
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** The beginnings of the hashes of one kind. */
    static String hashes(Map<String, String> all, String kind, Set<String> models) {
        return models.stream()
                .map(model -> all.getOrDefault(kind + model, ""))
                .filter(hash -> !hash.isEmpty())
                .map(hash -> hash.substring(0, Math.min(HASH, hash.length())))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** As a label: the unit, and its run where there are several. */
    String label() {
        return run.isEmpty() ? unit : unit.isEmpty() ? run : run + ", " + unit;
    }

    /** The models behind it where its name does not say them. */
    String behind() {
        String shown = String.join(", ", new TreeSet<>(models));
        return shown.length() > LONGEST || shown.equals(unit) || run.isEmpty() && said() ? "" : shown;
    }

    /** Whether the unit names the model already: {@code model gelu, seed 0}. */
    private boolean said() {
        return models.size() == 1
                && MeasuredIn.parts(unit).stream()
                        .anyMatch(part -> part.startsWith("model ")
                                && models.iterator().next().startsWith(part.substring("model ".length())));
    }

    String size() {
        return size(parameters);
    }

    /** A number of parameters: 12.9k, 135M. */
    static String size(double parameters) {
        if (Double.isNaN(parameters)) {
            return "";
        }
        double[] steps = {1e9, 1e6, 1e3};
        String[] letters = {"B", "M", "k"};
        for (int i = 0; i < steps.length; i++) {
            if (parameters >= steps[i]) {
                double shown = parameters / steps[i];
                return String.format(Locale.ROOT, shown >= 100 ? "%.0f" : "%.3g", shown) + letters[i];
            }
        }
        return String.format(Locale.ROOT, "%.0f", parameters);
    }
}
