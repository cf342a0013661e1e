package dev.loupe.resolve;

import dev.loupe.schema.Bound;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.spec.ExperimentSpec;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The named models, datasets, interventions and metrics of a file that no measurement uses, neither in the spec itself nor in
 * one of its variants. They cost nothing and change nothing, which is seldom what was meant.
 */
final class UnusedParts {
    private final Map<SourceLocation, String> declared = new LinkedHashMap<>();
    private final Set<SourceLocation> used = new HashSet<>();

    /**
     * Looks at one composition of the file: the spec itself or a variant.
     *
     * @param bases by the place of a part that extends another: the place of that other one, which it uses
     */
    void see(Bound<ExperimentSpec> bound, Map<SourceLocation, SourceLocation> bases) {
        bound.origin().declared().sections().forEach((section, names) -> {
            if (!section.equals("measure")) {
                names.forEach(
                        name -> declared.putIfAbsent(bound.at(section + "." + name), section + " `" + name + "`"));
            }
        });
        for (String part : Known.of(bound, SpecResolver.measurements(bound, new Problems()))
                .used()) {
            SourceLocation place = bound.at(part);
            while (place != null && used.add(place)) {
                place = bases.get(place);
            }
        }
    }

    /** Warns of every part that was written in this file and that no composition used. */
    void warn(String file, Problems problems) {
        declared.forEach((place, part) -> {
            if (place.file().equals(file) && !used.contains(place)) {
                problems.warn(place, "unused", "no measurement uses the " + part);
            }
        });
    }
}
