package dev.loupe.resolve.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.loupe.resolve.SpecFile;
import dev.loupe.resolve.Specs;
import dev.loupe.schema.problem.Problem;
import dev.loupe.schema.problem.SpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model may stand before those that it is made from. */
class ModelOrderTest {
    @TempDir
    Path folder;

    @Test
    void whatAModelIsMadeFromComesFirstAndTheRestStays() {
        Map<String, Set<String>> madeFrom = new LinkedHashMap<>();
        madeFrom.put("a", Set.of());
        madeFrom.put("b", Set.of("d"));
        madeFrom.put("c", Set.of("a", "default"));
        madeFrom.put("d", Set.of("e"));
        madeFrom.put("e", Set.of());
        ModelOrder order = new ModelOrder(madeFrom);
        assertThat(order.names()).containsExactly("a", "e", "d", "b", "c");
        assertThat(madeFrom.keySet()).noneMatch(order::isCircular);
    }

    @Test
    void aCircleIsOfItsMembersAlone() {
        ModelOrder order =
                new ModelOrder(Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of("b"), "d", Set.of("d")));
        assertThat(List.of("a", "b", "c", "d").stream().filter(order::isCircular))
                .containsExactly("b", "c", "d");
        assertThat(order.names()).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    private List<String> problems(String models) throws IOException {
        Path spec = Files.writeString(folder.resolve("spec.yaml"), """
                loupe: 1
                model:
                %sdataset: {all: {generator: modular-pairs, modulus: 31}}
                metric: {right: {accuracy: {}}}
                measure: {x: {evaluate: right, model: m, dataset: all}}
                """.formatted(models.indent(2)));
        SpecException e = catchThrowableOfType(
                SpecException.class, () -> new SpecFile(spec, folder, null, List.of(), Specs.catalog()).check());
        return e == null
                ? List.of()
                : e.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void aSpecIsReadInAnyOrder() throws IOException {
        String late = "m: {match: b, to: a}\nb: {card: mod-add-31, seeds: [1]}\na: {card: mod-add-31, seeds: [0]}\n";
        assertThat(problems(late)).isEmpty();
        assertThat(problems("u: {reinitialise: m, seeds: 0}\n" + late)).isEmpty();
    }

    /** What is made from a circle is not told again. */
    @Test
    void aCircleIsToldAtEachOfItsMembers() throws IOException {
        assertThat(problems("m: {permute: n, seed: 1}\nn: {permute: m, seed: 2}\no: {permute: m, seed: 3}\n"))
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem).contains("spec.yaml:3:", "`m` is made from itself"))
                .anySatisfy(problem -> assertThat(problem).contains("spec.yaml:4:", "`n` is made from itself"));
        assertThat(problems("m: {permute: m, seed: 1}\n"))
                .singleElement()
                .asString()
                .contains("spec.yaml:3:", "`m` is made from itself");
    }
}
