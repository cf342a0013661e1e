package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import dev.loupe.schema.problem.SpecException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which head a name means where four heads share two pairs of keys and values. */
class SharedKeysTest {
    private static final Path LLAMA = Specs.HOME.resolve("tests/src/test/resources/parity/llama-gqa");

    @TempDir
    Path folder;

    private RunResult run(String rest) {
        try (Laboratory lab = laboratory(rest)) {
            return lab.result();
        }
    }

    private Laboratory laboratory(String rest) {
        return new Laboratory(folder, """
                loupe: 1
                model: {folder: "%s"}
                dataset:
                  generator: tokens
                  ids: [[5, 9, 33, 2, 17], [1, 2, 3, 4, 5]]
                  corrupted: [[5, 9, 34, 2, 17], [1, 2, 7, 4, 5]]
                  answer: [1, 2]
                  wrong: [3, 4]
                metric: {logit-difference: {at: END}}
                %s""".formatted(LLAMA, rest.stripIndent()));
    }

    @Test
    void aSweepOverKeysCountsKeyValueHeadsAndSaysSo() {
        RunResult r = run("""
                intervention:
                  each: {ablate: attn.k, over: [layer, head]}
                  reads: {ablate: attn.k, heads: [L1H2]}
                  itself: {ablate: attn.k, heads: [L1KV1]}
                measure:
                  each: {apply: each, read: default}
                  reads: {apply: reads, read: default}
                  itself: {apply: itself, read: default}
                claims:
                  - {say: it has a name, that: {value: each, where: {kv_head: L1KV1}}, above: -1000}
                """);
        NamedArray each = Laboratory.numbers(r, "each");
        assertThat(each.axes().toString()).contains("kv_head");
        assertThat(each.axis("kv_head").size()).isEqualTo(2);
        double swept = each.at("layer", 1).at("kv_head", 1).value();
        assertThat(Laboratory.numbers(r, "reads").value()).isEqualTo(swept, within(1e-6));
        assertThat(Laboratory.numbers(r, "itself").value()).isEqualTo(swept, within(1e-6));
        assertThat(each.at("layer", 1).at("kv_head", 0).value()).isNotEqualTo(swept);
    }

    @Test
    void aPathToAHeadsKeysEndsAtThoseThatItReads() {
        RunResult r = run("""
                intervention:
                  reads: {path-patch: mlp_out, layers: [0], to: L1H3.k}
                  itself: {path-patch: mlp_out, layers: [0], to: L1KV1.k}
                  other: {path-patch: mlp_out, layers: [0], to: L1H1.k}
                measure:
                  reads: {apply: reads, read: default}
                  itself: {apply: itself, read: default}
                  other: {apply: other, read: default}
                """);
        double reads = Laboratory.numbers(r, "reads").value();
        assertThat(Laboratory.numbers(r, "itself").value()).isEqualTo(reads);
        assertThat(Laboratory.numbers(r, "other").value()).isNotEqualTo(reads);
    }

    @Test
    void aKeyValueHeadIsNoHead() {
        assertThatThrownBy(() -> laboratory("intervention: {ablate: attn.z, heads: [L0KV1]}\n"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("L0KV1 is a key-value head; name a head here, such as L0H2");
        assertThatThrownBy(() -> laboratory("intervention: {ablate: attn.v, heads: [L0KV2]}\n"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("key-value heads 0 to 1");
    }

    @Test
    void headsAreFoundWhateverTheOrderOfTheAxes() {
        RunResult r = run("""
                intervention:
                  each: {ablate: attn.z, over: [head, layer]}
                  most: {ablate: attn.z, heads-from: {by: each, best: 1}}
                measure:
                  each: {apply: each, read: default}
                  most: {apply: most, read: default}
                """);
        double most = Double.NEGATIVE_INFINITY;
        for (double cell : Laboratory.numbers(r, "each").data()) {
            most = Math.max(most, cell);
        }
        assertThat(Laboratory.numbers(r, "most").value()).isEqualTo(most, within(1e-6));
    }

    @Test
    void keyValueHeadsAreNotTakenForHeads() {
        assertThatThrownBy(() -> run("""
                intervention:
                  each: {ablate: attn.v, over: [layer, head]}
                  most: {ablate: attn.z, heads-from: {by: each, best: 1}}
                measure:
                  each: {apply: each, read: default}
                  most: {apply: most, read: default}
                """)).hasMessageContaining("does not score heads");
    }
}
