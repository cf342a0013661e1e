package dev.loupe.report.compare;

import dev.loupe.result.Quantity;
import dev.loupe.result.ResultName;
import dev.loupe.result.RowFacts;
import dev.loupe.result.RunResult;
import dev.loupe.result.Setting;
import dev.loupe.schema.yaml.YamlList;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows that the results of a run rest on. A result of other results rests on the rows of all of them, which may be of several
 * datasets.
 */
final class RowsRead {
    /** Keys under which a measurement names the results that it is made of. */
    private static final List<String> OF_RESULTS =
            List.of("combine", "reduce", "change-point", "distribution-distance");

    private static final String TITLE = "title";

    private final RunResult result;
    private final List<Quantity> quantities;
    private final @Nullable YamlMap measure;
    private final Set<String> datasets;

    RowsRead(ComparedRun run) {
        this.result = run.result();
        this.quantities = run.quantities();
        YamlTree spec = result.resolvedSpec().isBlank() ? null : YamlTree.parse(result.resolvedSpec(), "resolved spec");
        this.measure = spec instanceof YamlMap map && map.get("measure") instanceof YamlMap all ? all : null;
        this.datasets =
                spec instanceof YamlMap map && map.get("dataset") instanceof YamlMap all ? all.keys() : Set.of();
    }

    /**
     * What the rows of one dataset were.
     *
     * @param content hash of tokens and of all names that the dataset gives to them; null where it is not known
     * @param tokens hash of the tokens alone; empty where the run is from before it was kept
     */
    private record Rows(@Nullable String content, String tokens) {
        boolean same(Rows other) {
            return tokens.isEmpty() || other.tokens.isEmpty()
                    ? content != null && content.equals(other.content)
                    : tokens.equals(other.tokens);
        }
    }

    /** Whether a result rests on the same rows, to the last token, as one of another run. */
    boolean same(Quantity own, RowsRead other, Quantity others) {
        List<Rows> here = rows(own);
        List<Rows> there = other.rows(others);
        if (here.isEmpty() || here.size() != there.size()) {
            return false;
        }
        for (int i = 0; i < here.size(); i++) {
            if (!here.get(i).same(there.get(i))) {
                return false;
            }
        }
        return true;
    }

    private List<Rows> rows(Quantity quantity) {
        Set<String> names = new LinkedHashSet<>();
        collect(quantity, names, new LinkedHashSet<>());
        return names.stream().map(name -> rows(name, quantity.setting())).toList();
    }

    private Rows rows(String dataset, Setting setting) {
        Map<String, String> hashes = result.provenance().hashes();
        List<String> tokens = result.provenance().rows().stream()
                .filter(facts -> facts.dataset().equals(dataset)
                        && facts.models().stream().anyMatch(setting.models()::contains))
                .map(RowFacts::tokens)
                .toList();
        return new Rows(hashes.get("data/" + dataset), tokens.contains("") ? "" : String.join(" ", tokens));
    }

    private void collect(Quantity quantity, Set<String> names, Set<String> seen) {
        String measurement = ResultName.of(quantity.name()).measurement();
        YamlTree asked = measure == null ? null : measure.get(measurement);
        List<String> parts = asked instanceof YamlMap map ? made(map) : List.of();
        if (parts.isEmpty()) {
            Setting setting = quantity.setting();
            Stream.of(setting.dataset(), setting.edited())
                    .filter(name -> !name.isEmpty())
                    .forEach(names::add);
            if (asked instanceof YamlMap map) {
                others(map).forEach(names::add);
            }
            return;
        }
        if (seen.add(measurement)) {
            for (String part : parts) {
                quantities.stream()
                        .filter(q -> ResultName.of(q.name())
                                .measurement()
                                .equals(ResultName.of(part).measurement()))
                        .findFirst()
                        .ifPresent(found -> collect(found, names, seen));
            }
        }
    }

    /** The results that a measurement is made of. */
    private static List<String> made(YamlMap measurement) {
        List<String> made = new ArrayList<>();
        for (String key : OF_RESULTS) {
            YamlTree value = measurement.get(key);
            List<YamlTree> items =
                    value instanceof YamlList list ? list.items() : value == null ? List.of() : List.of(value);
            items.forEach(item -> {
                if (item instanceof YamlScalar scalar) {
                    made.add(scalar.text());
                }
            });
        }
        return made;
    }

    /** Further datasets that a measurement reads beside its own. */
    private Stream<String> others(YamlMap measurement) {
        return measurement.entries().values().stream()
                .filter(entry -> !entry.key().equals(TITLE) && entry.value() instanceof YamlScalar)
                .map(entry -> ((YamlScalar) entry.value()).text())
                .filter(datasets::contains);
    }
}
