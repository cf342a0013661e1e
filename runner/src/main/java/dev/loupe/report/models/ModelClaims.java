package dev.loupe.report.models;

import dev.loupe.result.ClaimResult;
import dev.loupe.result.Limits;
import dev.loupe.result.Tally;
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

    /**
     * @param chance where chance ends in this model, NaN where the claim has none of its own
     * @param source what its number is of
     */
    record Entry(ClaimResult.Part part, double chance, ClaimSource source) {}

    static ModelClaims of(List<NamedRun> runs) {
        Map<String, List<Said>> claims = new LinkedHashMap<>();
        for (NamedRun run : runs) {
            List<ClaimResult> all = run.result().claims();
            List<ClaimSource> sources = ClaimSource.of(run);
            for (int i = 0; i < all.size(); i++) {
                if (runs.size() > 1 || all.get(i).parts().size() > 1) {
                    // A sentence with other limits is another claim: what is shaded for one would be wrong for the
                    // other.
                    String key = runs.size() > 1
                            ? all.get(i).say() + "\n" + all.get(i).limits().words()
                            : Integer.toString(i);
                    claims.computeIfAbsent(key, k -> new ArrayList<>())
                            .add(new Said(run, i, all.get(i), sources.get(i)));
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
                    entries.put(rows.get(one.key(part)), new Entry(part, one.chance(part), one.source()));
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

    /**
     * A claim in a run.
     *
     * @param number its place there
     * @param source what its number is of
     */
    private record Said(NamedRun run, int number, ClaimResult claim, ClaimSource source) {
        List<Object> key(ClaimResult.Part part) {
            return List.of(run.label(), MeasuredIn.parts(part.unit()));
        }

        /** Adds the models that its units are about. */
        void models(Map<List<Object>, Set<String>> models) {
            for (ClaimResult.Part part : claim.parts()) {
                Set<String> behind = models.computeIfAbsent(key(part), k -> new TreeSet<>());
                List<MeasuredIn> all = source.measured(part);
                boolean family = all.stream().anyMatch(one -> !one.at().isEmpty());
                // What a family is held against, such as counts of pairs, is no model of its rows.
                all.stream().filter(one -> !family || !one.at().isEmpty()).forEach(one -> behind.add(one.model()));
            }
        }

        double chance(ClaimResult.Part part) {
            return source.measured(part).stream()
                    .filter(one -> one.quantity().name().equals(source.plain()))
                    .mapToDouble(MeasuredIn::chance)
                    .findFirst()
                    .orElse(Double.NaN);
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
