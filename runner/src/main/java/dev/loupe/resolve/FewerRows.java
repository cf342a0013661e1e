package dev.loupe.resolve;

import dev.loupe.dataset.TokenGenerator;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.schema.Bound;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.spec.ExperimentSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A spec with few of its rows, whose plan tells how large the run is before all rows are drawn: millions of them would fill the
 * memory before a limit could be looked at. Cells do not depend on how many rows there are.
 *
 * @param spec the same spec, in which no generator draws more than a few rows
 * @param times by dataset, how many times as many rows it has
 */
public record FewerRows(SpecFile spec, Map<String, Double> times) {
    /** Rows that are drawn without further thought. */
    private static final int MANY = 10_000;

    private static final int FEW = 1000;

    /** @return null where no generator draws many rows */
    static @Nullable FewerRows of(SpecFile spec, YamlMap tree, Bound<ExperimentSpec> bound) {
        Map<String, Double> times = new LinkedHashMap<>();
        List<String> sets = new ArrayList<>(spec.sets());
        bound.value().dataset().forEach((name, dataset) -> {
            if (dataset.source() instanceof TokenGenerator generator && generator.rows() > MANY) {
                times.put(name, (double) generator.rows() / FEW);
                // A single dataset is written without a name.
                boolean named = tree.get("dataset") instanceof YamlMap written && written.has(name);
                sets.add("dataset." + (named ? name + "." : "") + "rows=" + FEW);
            }
        });
        return times.isEmpty()
                ? null
                : new FewerRows(
                        new SpecFile(spec.file(), spec.root(), spec.variant(), sets, spec.catalog(), spec.data()),
                        times);
    }

    /** How many times as many rows a set of the plan has. */
    public double times(RowsRef rows) {
        String name = rows.name();
        return times.entrySet().stream()
                .filter(dataset -> name.equals(dataset.getKey())
                        || name.startsWith(dataset.getKey() + RowsRef.CORRUPTED)
                        || name.startsWith(dataset.getKey() + " ("))
                .mapToDouble(Map.Entry::getValue)
                .max()
                .orElse(1);
    }
}
