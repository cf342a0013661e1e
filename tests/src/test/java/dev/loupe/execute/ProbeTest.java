package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.schema.problem.SpecException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Probes of planted neurons, of which one is the label itself. */
class ProbeTest {
    private static final String SPEC = """
            loupe: 1
            model: {plant: neurons, decoys: 20, seed: 3}
            dataset: {generator: planted-language, switch-rate: 0, rows: 300, seed: 5}
            """;

    @TempDir
    Path folder;

    private RunResult run(String rest) {
        return runWhole(SPEC + rest);
    }

    private RunResult runWhole(String spec) {
        try (Laboratory lab = new Laboratory(folder, spec)) {
            return lab.result();
        }
    }

    private static double[] part(RunResult result, String name) {
        return Laboratory.numbers(result, name).data();
    }

    @Test
    void aProbeFindsWhatOneNeuronIsAndItsControlsDoNot() {
        RunResult result = run("""
                measure:
                  p: {probe: [mid-word, register.b, depth], at: mlp.post, sample: {count: 6000, seed: 1}, draws: 20, seed: 2}
                """);
        double[] score = part(result, "p.score");
        assertThat(Laboratory.numbers(result, "p.score").axis("label").labels())
                .containsExactly("mid-word", "register.b", "depth");
        assertThat(score[0]).isEqualTo(1, within(1e-6));
        assertThat(part(result, "p.shuffled")[0]).isBetween(.4, .8);
        // A stem is a matter of the token alone, which a control says.
        assertThat(part(result, "p.tokens")[0]).isEqualTo(1, within(1e-6));
        assertThat(score[1]).isBetween(.75, .99);
        assertThat(part(result, "p.shuffled")[1]).isLessThan(score[1] - .1);
        assertThat(part(result, "p.tokens")[1]).isLessThan(score[1] - .05);
        // No neuron knows how deep brackets are; a random function of tokens tells a little.
        assertThat(score[2]).isLessThan(.3);
        Quantity scores = (Quantity) result.artifacts().get(0);
        assertThat(scores.interval()).isNotNull();
    }

    @Test
    void untrainedModelsStandBeside() {
        RunResult result = runWhole("""
                loupe: 1
                dataset: {generator: planted-language, switch-rate: 0, rows: 300, seed: 5}
                model:
                  planted: {plant: neurons, decoys: 20, seed: 3}
                  fresh: {reinitialise: planted, seeds: [1, 2]}
                measure:
                  f: {probe: register.b, at: mlp.post, sample: {count: 3000, seed: 1}, draws: 5, seed: 2, model: fresh}
                  p: {probe: register.b, at: mlp.post, sample: {count: 3000, seed: 1}, draws: 5, seed: 2, model: planted, untrained: f}
                """);
        double[] fresh = part(result, "f.score");
        assertThat(part(result, "p.untrained")[0]).isEqualTo(Math.max(fresh[0], fresh[1]), within(1e-12));
    }

    @Test
    void labelsThatAreNotThereAreToldBeforeTheRun() {
        assertThatThrownBy(() -> run("""
                measure:
                  a: {probe: nowhere, at: mlp.post, sample: {count: 400, seed: 1}, seed: 2}
                  b: {probe: mid-word, at: attn.pattern, sample: {count: 400, seed: 1}, seed: 2}
                  c: {probe: mid-word, at: mlp.post, k: [99], sample: {count: 400, seed: 1}, seed: 2}
                """))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("`nowhere`")
                .hasMessageContaining("has no directions")
                .hasMessageContaining("fewer than `k` asks for");
    }
}
