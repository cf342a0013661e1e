package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    private static List<Double> values(RunResult result, String name) {
        NamedArray all = Laboratory.numbers(result, name);
        return new ArrayList<>(Arrays.stream(all.data()).boxed().distinct().toList());
    }
}
