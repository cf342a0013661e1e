package dev.loupe.report.compare;

import dev.loupe.result.ClaimResult;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Runs beside one another: first where their specs differ, then what else went into them, then claims and results. Differences
 * are those of each later run from the first.
 *
 * @param inputs content hashes of data, weights and programs that are not the same in all runs
 * @param claims by their sentence, the verdict of each run, with its limits where these are not the same, empty where a run does
 *     not make the claim
 */
public record RunComparison(
        List<ComparedRun> runs,
        List<SpecDifferences.Row> spec,
        List<SpecDifferences.Row> inputs,
        List<SpecDifferences.Row> claims,
        List<ComparedResult> results) {
    /** So much of a hash tells any two apart. */
    private static final int SHOWN = 16;

    /** @throws IllegalArgumentException where there are fewer than two runs */
    public static RunComparison of(List<ComparedRun> runs) {
        if (runs.size() < 2) {
            throw new IllegalArgumentException("a comparison needs at least two runs");
        }
        Set<String> names = new LinkedHashSet<>();
        List<RowsRead> rows = runs.stream().map(RowsRead::new).toList();
        runs.forEach(run -> run.quantities().forEach(q -> names.add(q.name())));
        return new RunComparison(
                runs,
                SpecDifferences.of(
                        runs.stream().map(run -> run.result().resolvedSpec()).toList()),
                SpecDifferences.rows(runs.stream().map(RunComparison::inputs).toList()),
                claims(runs),
                names.stream().map(name -> ComparedResult.of(name, runs, rows)).toList());
    }

    /** What is hashed, and the versions of what computed; the spec's own hash says nothing that its differences do not. */
    private static Map<String, String> inputs(ComparedRun run) {
        Map<String, String> inputs =
                new LinkedHashMap<>(run.result().provenance().hashes());
        inputs.remove("spec");
        inputs.replaceAll((what, hash) -> hash.matches("[0-9a-f]{40,}") ? hash.substring(0, SHOWN) : hash);
        run.result().provenance().versions().forEach((what, version) -> inputs.put("version of " + what, version));
        return inputs;
    }

    private static List<SpecDifferences.Row> claims(List<ComparedRun> runs) {
        Set<String> said = new LinkedHashSet<>();
        runs.forEach(run -> run.result().claims().forEach(claim -> said.add(claim.say())));
        List<SpecDifferences.Row> rows = new ArrayList<>();
        for (String say : said) {
            List<Optional<ClaimResult>> each = runs.stream()
                    .map(run -> run.result().claims().stream()
                            .filter(claim -> claim.say().equals(say))
                            .findFirst())
                    .toList();
            boolean sameLimits = each.stream()
                            .flatMap(Optional::stream)
                            .map(ClaimResult::limits)
                            .distinct()
                            .count()
                    <= 1;
            rows.add(new SpecDifferences.Row(
                    say,
                    each.stream()
                            .map(claim -> claim.map(c -> c.verdict().word()
                                            + (sameLimits
                                                    ? ""
                                                    : " (" + c.limits().words() + ")"))
                                    .orElse(SpecDifferences.ABSENT))
                            .toList()));
        }
        return rows;
    }

    /** How many numbers at least two runs have. */
    public long compared() {
        return differences().count();
    }

    /** How many of them differ beyond their interval. */
    public long different() {
        return differences().filter(Difference::differs).count();
    }

    /** How many of them would if nothing differed. */
    public double byChance() {
        return differences().mapToDouble(difference -> 1 - difference.level()).sum();
    }

    /** What a reader of many intervals must know. */
    public String expected() {
        if (compared() == 0) {
            return "No two of these runs have a number at the same labels: there is nothing to subtract.";
        }
        long chance = Math.round(byChance());
        return "Of " + Count.of(compared(), "difference") + ", " + different()
                + (different() == 1 ? " has an interval" : " have an interval")
                + " that leaves 0 out. If nothing differed, about " + chance + " would by chance.";
    }

    private Stream<Difference> differences() {
        return results.stream().flatMap(ComparedResult::differences);
    }
}
