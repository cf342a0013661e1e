package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random sets of heads: each draw is what naming its heads would give. */
class AblateRandomTest {
    @TempDir
    Path folder;

    @Test
    void aDrawOfOneHeadIsACellOfTheSweepAndExceptedHeadsAreNeverDrawn() {
        String yaml = """
                loupe: 1
                model: {card: toy-ioi-pairs-2l, seeds: [0]}
                dataset: {generator: toy-ioi, form: multi-pair, rows: 8, seed: 3}
                metric: logit-difference
                intervention:
                  sweep: {ablate: attn.z, over: [layer, head]}
                  one: {ablate-random: attn.z, count: 1, draws: 60, seed: 4}
                  spared: {ablate-random: attn.z, count: 1, draws: 60, seed: 4, except: [L0H2, L1H1]}
                  all: {ablate-random: attn.z, count: 8, draws: 2, seed: 5}
                  together: {ablate: attn.z, layers: [0, 1]}
                measure:
                  sweep: {apply: sweep, read: default}
                  one: {apply: one, read: default}
                  spared: {apply: spared, read: default}
                  all: {apply: all, read: default}
                  together: {apply: together, read: default}
                """;
        try (Laboratory lab = new Laboratory(folder, yaml)) {
            RunResult r = lab.result();
            List<Double> cells = values(r, "sweep");
            assertThat(cells).hasSize(8);
            assertThat(Laboratory.numbers(r, "one").axis("draw").size()).isEqualTo(60);
            assertThat(values(r, "one")).hasSameElementsAs(cells);
            NamedArray sweep = Laboratory.numbers(r, "sweep");
            cells.remove(sweep.at("layer", 0).at("head", 2).data()[0]);
            cells.remove(sweep.at("layer", 1).at("head", 1).data()[0]);
            assertThat(values(r, "spared")).hasSameElementsAs(cells);
            assertThat(values(r, "all"))
                    .containsExactly(Laboratory.numbers(r, "together").data()[0]);
        }
    }

    @Test
    void neuronsAreDrawnFromTheLayersThatAreNamed() {
        String yaml = """
                loupe: 1
                model: {folder: %s}
                dataset: {generator: repeated-tokens, period: 3, length: 8, rows: 4, seed: 3}
                metric: loss
                intervention:
                  sweep: {ablate: mlp.post, over: [layer, neuron]}
                  one: {ablate-random: mlp.post, count: 1, draws: 30, seed: 4, layers: 1, except: [L1N5]}
                  all: {ablate-random: mlp.post, count: 56, draws: 1, seed: 4, layers: 1}
                  layer: {ablate: mlp.post, layers: 1}
                measure:
                  sweep: {apply: sweep, read: default}
                  one: {apply: one, read: default}
                  all: {apply: all, read: default}
                  layer: {apply: layer, read: default}
                """.formatted(Specs.HOME.resolve("tests/src/test/resources/parity/llama-gqa"));
        try (Laboratory lab = new Laboratory(folder, yaml)) {
            RunResult r = lab.result();
            NamedArray sweep = Laboratory.numbers(r, "sweep").at("layer", 1);
            List<Double> others =
                    new ArrayList<>(Arrays.stream(sweep.data()).boxed().toList());
            others.remove(5);
            assertThat(others).containsAll(values(r, "one"));
            assertThat(values(r, "one")).hasSizeGreaterThan(15);
            assertThat(values(r, "all")).isEqualTo(values(r, "layer"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resid_pre | count: 1 | neither query heads nor neurons",
                "mlp.post | count: 1, except: [L0H3] | a neuron is written like L3N110",
                "attn.z | count: 1, except: [L0N3] | a head is written like",
                "attn.z | count: 9, layers: [1] | is more than the 4 heads that can be drawn",
                "attn.z | count: 1, layers: [2] | there is no layer 2"
            })
    void whatCannotBeDrawnIsTold(String site, String options, String said) {
        String yaml = """
                loupe: 1
                model: {card: toy-ioi-pairs-2l, seeds: [0]}
                dataset: {generator: toy-ioi, form: multi-pair, rows: 8, seed: 3}
                metric: logit-difference
                measure: {x: {apply: {ablate-random: %s, draws: 2, seed: 1, %s}, read: default}}
                """.formatted(site, options);
        assertThatThrownBy(() -> new Laboratory(folder, yaml).close()).hasMessageContaining(said);
    }

    private static List<Double> values(RunResult result, String name) {
        NamedArray all = Laboratory.numbers(result, name);
        return new ArrayList<>(Arrays.stream(all.data()).boxed().distinct().toList());
    }
}
