package dev.loupe.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.report.models.ModelRuns;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Provenance;
import dev.loupe.result.Quantity;
import dev.loupe.result.RowFacts;
import dev.loupe.result.RunResult;
import dev.loupe.result.Setting;
import dev.loupe.result.store.Resamples;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RowsReadTest {
    private static final String SPEC = """
            dataset: {a: {generator: x}, b: {generator: x}}
            measure:
              one: {evaluate: m, dataset: a}
              two: {evaluate: m, dataset: b}
              gain: {combine: [two.m, one], take: difference}
              most: {reduce: gain, over: [layer], take: max}
              alike: {similarity: resid_post, other: b, dataset: a}
            """;

    /** @param tokens hashes by dataset, none where the run is from before they were kept */
    private static ComparedRun run(Map<String, String> content, Map<String, String> tokens) {
        List<Quantity> results = List.of(
                quantity("one", "a"),
                quantity("two.m", "b"),
                quantity("two.other", "b"),
                quantity("gain", "b"),
                quantity("most", "b"),
                quantity("alike", "a"));
        Map<String, String> hashes = new TreeMap<>();
        content.forEach((name, hash) -> hashes.put("data/" + name, hash));
        Provenance from = new Provenance(
                "",
                hashes,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                tokens.entrySet().stream()
                        .map(of -> new RowFacts(of.getKey(), List.of("m"), 9, 4, 4, 4, "", List.of(), of.getValue()))
                        .toList(),
                Map.of(),
                "",
                "",
                "",
                Map.of(),
                0,
                "",
                "");
        RunResult result = ModelRuns.run(SPEC, List.of(), List.copyOf(results), from);
        return new ComparedRun("run", result, new Resamples("", new TreeMap<>()));
    }

    private static Quantity quantity(String name, String dataset) {
        return new Quantity(
                name,
                name,
                "",
                Figure.AUTO,
                "",
                new NamedArray(List.of(Axis.counted("layer", 1)), new double[1]),
                null,
                null,
                new Setting("m", dataset, "", "", List.of(), List.of(), "", "", List.of("m"), List.of()));
    }

    private static boolean same(ComparedRun one, ComparedRun other, String name) {
        return new RowsRead(one)
                .same(
                        one.quantity(name).orElseThrow(),
                        new RowsRead(other),
                        other.quantity(name).orElseThrow());
    }

    /** A result of results rests on the rows of all of them, not on those of the first alone. */
    @Test
    void everyDatasetBelowAResultCounts() {
        ComparedRun one = run(Map.of("a", "1", "b", "2"), Map.of());
        ComparedRun other = run(Map.of("a", "7", "b", "2"), Map.of());
        for (String name : List.of("one", "two.m", "gain", "most", "alike")) {
            assertThat(same(one, one, name)).as(name).isTrue();
        }
        assertThat(same(one, other, "two.m")).isTrue();
        assertThat(same(one, other, "gain")).isFalse();
        assertThat(same(one, other, "most")).isFalse();
        assertThat(same(one, run(Map.of("a", "1", "b", "9"), Map.of()), "alike"))
                .isFalse();
    }

    /** Rows are the same whatever a dataset calls their positions; without hashes of tokens the whole content decides. */
    @Test
    void tokensDecideWhereBothRunsKeptThem() {
        ComparedRun one = run(Map.of("a", "1", "b", "2"), Map.of("a", "t", "b", "u"));
        ComparedRun named = run(Map.of("a", "other names", "b", "2"), Map.of("a", "t", "b", "u"));
        assertThat(same(one, named, "one")).isTrue();
        assertThat(same(one, run(Map.of("a", "other names"), Map.of()), "one")).isFalse();
        assertThat(same(one, run(Map.of("a", "1"), Map.of("a", "v")), "one")).isFalse();
        assertThat(same(run(Map.of(), Map.of()), run(Map.of(), Map.of()), "one"))
                .isFalse();
    }
}
