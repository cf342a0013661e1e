package dev.loupe.report.models;

import dev.loupe.result.ClaimResult;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.schema.yaml.YamlList;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the number of a claim is of.
 *
 * @param plain the result whose number it compares as it is; empty where it computes with several
 * @param read the results that it reads
 */
record ClaimSource(ClaimResult claim, String plain, List<Quantity> read) {
    /** What a claim reads one number of, so that unit and chance level of that result are those of the claim. */
    private static final Set<String> PLAIN = Set.of("max", "min", "value");

    /** One for each claim of the run. */
    static List<ClaimSource> of(NamedRun run) {
        List<String> plain = plain(run.result());
        List<ClaimSource> sources = new ArrayList<>();
        for (ClaimResult claim : run.result().claims()) {
            List<Quantity> read = run.quantities().stream()
                    .filter(quantity -> claim.about().contains(quantity.name()))
                    .toList();
            sources.add(new ClaimSource(claim, sources.size() < plain.size() ? plain.get(sources.size()) : "", read));
        }
        return sources;
    }

    private static List<String> plain(RunResult run) {
        return !run.resolvedSpec().isBlank()
                        && YamlTree.parse(run.resolvedSpec(), "resolved spec") instanceof YamlMap spec
                        && spec.get("claims") instanceof YamlList claims
                ? claims.items().stream().map(ClaimSource::plain).toList()
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

    /** The results in the models of a unit. */
    List<MeasuredIn> measured(ClaimResult.Part part) {
        Set<String> unit = MeasuredIn.parts(part.unit());
        return read.stream()
                .flatMap(quantity -> MeasuredIn.all(quantity).stream())
                .filter(one -> one.in(unit))
                .toList();
    }

    String models(ClaimResult.Part part) {
        return measured(part).stream().map(MeasuredIn::model).distinct().collect(Collectors.joining("; "));
    }

    /** Empty where the claim computes with several results, whose numbers may be of several units. */
    String unit() {
        return read.stream()
                .filter(quantity -> quantity.name().equals(plain))
                .map(Quantity::unit)
                .findFirst()
                .orElse("");
    }

    /** How many rows its results are means of; empty where that is not one number. */
    String rows() {
        List<Integer> counts = read.stream()
                .flatMap(quantity -> Stream.ofNullable(quantity.n()))
                .distinct()
                .toList();
        return counts.size() == 1 ? counts.get(0).toString() : "";
    }
}
