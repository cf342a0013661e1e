package dev.loupe.report.models;

import dev.loupe.result.ClaimResult;
import dev.loupe.result.Limits;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.Tally;
import dev.loupe.schema.yaml.YamlList;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Claims model by model, of one run or of several: of several runs, those that at least two say in the same words and with the same
 * limits.
 *
 * @param rows models
 * @param columns claims
 */
record ModelClaims(List<ModelRow> rows, List<Column> columns) {
    /** What a claim reads one number of, so that the chance level of that result is a chance level of the claim. */
    private static final Set<String> PLAIN = Set.of("max", "min", "value");

    /**
     * One claim.
     *
     * @param number on the page
     * @param entries by row; none where the claim is not about that model
     */
    record Column(int number, String say, Limits limits, Map<ModelRow, Entry> entries) {
        /** "holds in 9 of 11 models, refuted in 2". */
        String holds() {
            return tally().inUnits(entries.size() == 1 ? "model" : "models");
        }

        private Tally tally() {
            return Tally.of(entries.values().stream()
                    .map(entry -> entry.part().verdict())
                    .toList());
        }
    }

    /** @param chance where chance ends in this model, NaN where the claim has none of its own */
    record Entry(ClaimResult.Part part, double chance) {}

    static ModelClaims of(List<NamedRun> runs) {
        Map<String, List<Said>> claims = new LinkedHashMap<>();
        for (NamedRun run : runs) {
            List<ClaimResult> all = run.result().claims();
            List<String> plain = plain(run.result());
            for (int i = 0; i < all.size(); i++) {
                if (runs.size() > 1 || all.get(i).parts().size() > 1) {
                    // A sentence with other limits is another claim: what is shaded for one would be wrong for the
                    // other.
                    String key = runs.size() > 1
                            ? all.get(i).say() + "\n" + all.get(i).limits().words()
                            : Integer.toString(i);
                    claims.computeIfAbsent(key, k -> new ArrayList<>())
                            .add(new Said(run, i, all.get(i), i < plain.size() ? plain.get(i) : ""));
                }
            }
        }
        claims.values().removeIf(said -> said.size() < Math.min(2, runs.size()));
        Map<List<Object>, Set<String>> models = new LinkedHashMap<>();
        claims.values().forEach(said -> said.forEach(one -> one.models(models)));
        Map<List<Object>, ModelRow> rows = new LinkedHashMap<>();
        claims.values()
                .forEach(said -> said.forEach(one -> one.claim()
                        .parts()
                        .forEach(part -> rows.computeIfAbsent(
                                one.key(part),
                                key -> ModelRow.of(one.run(), part.unit(), models.getOrDefault(key, Set.of()))))));
        List<Column> columns = new ArrayList<>();
        for (List<Said> said : claims.values()) {
            Map<ModelRow, Entry> entries = new LinkedHashMap<>();
            for (Said one : said) {
                for (ClaimResult.Part part : one.claim().parts()) {
                    entries.put(rows.get(one.key(part)), new Entry(part, one.chance(part)));
                }
            }
            Said first = said.get(0);
            columns.add(new Column(
                    runs.size() > 1 ? columns.size() + 1 : first.number() + 1,
                    first.claim().say(),
                    first.claim().limits(),
                    entries));
        }
        return new ModelClaims(List.copyOf(rows.values()), columns);
    }

    /** By claim the result whose number it compares as it is; empty where it computes with several. */
    private static List<String> plain(RunResult run) {
        return !run.resolvedSpec().isBlank()
                        && YamlTree.parse(run.resolvedSpec(), "resolved spec") instanceof YamlMap spec
                        && spec.get("claims") instanceof YamlList claims
                ? claims.items().stream().map(ModelClaims::plain).toList()
                : List.of();
    }

    private static String plain(YamlTree claim) {
        if (claim instanceof YamlMap one && one.get("that") instanceof YamlMap that) {
            for (String key : PLAIN) {
                if (that.get(key) instanceof YamlScalar result) {
                    return result.text();
                }
            }
        }
        return "";
    }

    /**
     * A claim in a run.
     *
     * @param number its place there
     * @param plain the result whose number it compares as it is
     */
    private record Said(NamedRun run, int number, ClaimResult claim, String plain) {
        List<Object> key(ClaimResult.Part part) {
            return List.of(run.label(), MeasuredIn.parts(part.unit()));
        }

        private List<MeasuredIn> measured(ClaimResult.Part part) {
            Set<String> unit = MeasuredIn.parts(part.unit());
            return run.quantities().stream()
                    .filter(quantity -> claim.about().contains(quantity.name()))
                    .flatMap(quantity -> MeasuredIn.all(quantity).stream())
                    .filter(one -> one.in(unit))
                    .toList();
        }

        /** Adds the models that its units are about. */
        void models(Map<List<Object>, Set<String>> models) {
            for (ClaimResult.Part part : claim.parts()) {
                Set<String> behind = models.computeIfAbsent(key(part), k -> new TreeSet<>());
                List<MeasuredIn> all = measured(part);
                boolean family = all.stream().anyMatch(one -> !one.at().isEmpty());
                // What a family is held against, such as counts of pairs, is no model of its rows.
                all.stream().filter(one -> !family || !one.at().isEmpty()).forEach(one -> behind.add(one.model()));
            }
        }

        double chance(ClaimResult.Part part) {
            return measured(part).stream()
                    .filter(one -> named(one.quantity()))
                    .mapToDouble(MeasuredIn::chance)
                    .findFirst()
                    .orElse(Double.NaN);
        }

        private boolean named(Quantity quantity) {
            return quantity.name().equals(plain);
        }
    }

    /** Models from the smallest to the largest; those whose size is not known come last, in their order. */
    List<ModelRow> bySize() {
        List<ModelRow> sorted = new ArrayList<>(rows);
        sorted.sort(Comparator.comparingDouble(ModelRow::parameters));
        return sorted;
    }

    /** Whether the rows are models of more than one kind. */
    boolean unlike() {
        Set<String> kinds = new HashSet<>();
        rows.forEach(row -> kinds.add(row.family() + " " + row.shape() + " " + row.size()));
        return kinds.size() > 1 || rows.stream().anyMatch(row -> row.unit().matches("(.*, )?model .*"));
    }
}
