package dev.loupe.resolve;

import dev.loupe.schema.Binder;
import dev.loupe.schema.Bound;
import dev.loupe.schema.compose.Dependents;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.yaml.YamlList;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.spec.ExperimentSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a spec cannot have without others: a measurement not without its model, dataset, intervention and metrics, a claim not
 * without its measurements. A measurement that names no model is about the first one, and goes with it.
 */
final class SpecDependents implements Dependents {

    @Override
    public List<String> of(YamlMap document, Set<String> removed, Set<String> stated) {
        Bound<ExperimentSpec> bound = Binder.known(document, ExperimentSpec.class, new Problems());
        if (bound == null) {
            return List.of();
        }
        Map<String, Set<String>> uses = uses(document, bound);
        stated.forEach(uses::remove);
        if (stated.contains("claims")) {
            uses.keySet().removeIf(part -> part.startsWith("claims."));
        }
        List<String> along = new ArrayList<>();
        Set<String> gone = new HashSet<>(removed);
        boolean more = true;
        while (more) {
            more = false;
            for (Map.Entry<String, Set<String>> part : uses.entrySet()) {
                if (!gone.contains(part.getKey()) && part.getValue().stream().anyMatch(gone::contains)) {
                    gone.add(part.getKey());
                    more = true;
                }
            }
        }
        uses.keySet().stream()
                .filter(gone::contains)
                .filter(part -> !removed.contains(part))
                .forEach(along::add);
        return along;
    }

    /** By part, in the order of the document: what it names itself. */
    private static Map<String, Set<String>> uses(YamlMap document, Bound<ExperimentSpec> bound) {
        Known known = Known.of(bound, bound.value().measure());
        Map<String, Set<String>> uses = new LinkedHashMap<>();
        bound.origin()
                .declared()
                .sections()
                .forEach((section, names) -> names.forEach(name -> {
                    String part = section + "." + name;
                    uses.put(part, known.direct(part));
                }));
        int claims =
                document.get("claims") instanceof YamlList list ? list.items().size() : 0;
        for (int i = 0; i < claims; i++) {
            String claim = "claims." + i;
            Set<String> used = new HashSet<>();
            bound.origin().references().stream()
                    .filter(reference -> reference.isIn(claim))
                    .forEach(reference -> used.add(reference.section() + "." + reference.name()));
            uses.put(claim, used);
        }
        return uses;
    }
}
