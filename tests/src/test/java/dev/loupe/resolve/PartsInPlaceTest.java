package dev.loupe.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.schema.ResolvedYaml;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.spec.ExperimentSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interventions and metrics that are written inside a measurement. */
class PartsInPlaceTest {
    private static final String HEAD = """
            loupe: 1
            model: {plant: control}
            dataset: {generator: tokens, ids: [[1, 4, 6]], corrupted: [[2, 4, 6]], answer: [7], wrong: [8]}
            """;

    @TempDir
    Path folder;

    private ExperimentSpec spec(String rest) throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), HEAD + rest);
        return new SpecFile(file, folder, null, List.of(), Specs.catalog())
                .check()
                .experiment()
                .spec();
    }

    @Test
    void theLongFormHasTheSamePartsUnderNames() throws IOException {
        ExperimentSpec inPlace =
                spec("measure: {s: {apply: {ablate: attn.z, over: [layer, head]}, read: logit-difference}}\n");
        ExperimentSpec named = spec("""
                intervention: {s: {ablate: attn.z, over: [layer, head]}}
                metric: {logit-difference: logit-difference}
                measure: {s: {apply: s, read: logit-difference}}
                """);
        assertThat(ResolvedYaml.of(inPlace)).isEqualTo(ResolvedYaml.of(named));
    }

    @Test
    void severalPartsOfOneMeasurementAreCalledByTheirKind() throws IOException {
        ExperimentSpec spec = spec("""
                intervention: {ablate: attn.z, heads: [L0H0]}
                metric: logit-difference
                measure:
                  s: {apply: [default, {freeze: attn.z, layers: [1]}], read: [default, {probability-difference: {at: END}}, preference]}
                  again: {evaluate: preference}
                """);
        assertThat(spec.intervention()).containsOnlyKeys("default", "freeze");
        assertThat(spec.metric()).containsOnlyKeys("default", "probability-difference", "preference");
        assertThat(spec.measure().get("s").toString())
                .contains("apply=[default, freeze], read=[default, probability-difference, preference]");
    }

    @Test
    void equalPartsAreOneAndUnlikeOnesAreCounted() throws IOException {
        ExperimentSpec spec = spec("""
                metric: {s: {probability-difference: {at: END}}}
                measure: {s: {evaluate: {probability-difference: {at: END}}}, t: {evaluate: {log-probability: {at: END}}}}
                """);
        assertThat(spec.metric()).containsOnlyKeys("s", "t");
        assertThat(spec("""
                metric: {s: preference}
                measure: {s: {evaluate: {probability-difference: {at: END}}}}
                """).metric()).containsOnlyKeys("s", "s-2");
    }

    @Test
    void whatIsWrongInItIsToldAtItsPlace() {
        assertThatThrownBy(() -> spec("measure: {s: {apply: {ablate: attn.z, ovre: [layer]}, read: los}}\n"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(
                        "a.yaml:4:39 error[unknown-key] unknown key `ovre` in `ablate`; did you mean `over`?")
                .hasMessageContaining("a.yaml:4:61");
    }
}
