package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.language.Lexicon;
import dev.loupe.resolve.Specs;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import dev.loupe.result.TokenRankings;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.tensors.SafetensorsFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What planted neurons write is known, and what follows where they fire can be counted by hand. */
class VocabularyAttributionTest {
    private static final Lexicon WORDS = Lexicon.ofAll();
    private static final String SPEC = """
            loupe: 1
            model: {plant: neurons, decoys: 6, seed: 3}
            dataset: {generator: planted-language, rows: 600, seed: 5}
            """;

    private static final Path RESOURCES = Specs.HOME.resolve("tests/src/test/resources");

    @TempDir
    Path folder;

    private RunResult run(String spec) {
        try (Laboratory lab = new Laboratory(folder, spec)) {
            return lab.result();
        }
    }

    private static double at(RunResult result, String name, String neuron) {
        NamedArray numbers = Laboratory.numbers(result, name);
        return numbers.at("neuron", numbers.axis("neuron").labels().indexOf(neuron))
                .data()[0];
    }

    @Test
    void theTokenThatANeuronRaisesIsFirst() {
        RunResult result =
                run(SPEC + "measure: {t: {vocabulary-attribution: tokens, neurons: [L0N2, L0N6], top: 2}}\n");
        List<TokenRankings.Ranking> rankings = result.artifacts().stream()
                .filter(TokenRankings.class::isInstance)
                .map(a -> ((TokenRankings) a).rankings())
                .findFirst()
                .orElseThrow();
        TokenRankings.Entry first = rankings.get(0).groups().get(0).entries().get(0);
        assertThat(first.id()).isEqualTo(WORDS.pairs().get(0)[2]);
        // 8 on one token of all, less the mean.
        assertThat(first.values().get(0)).isEqualTo(8 - 8.0 / WORDS.size(), within(1e-5));
        assertThat(rankings.get(1).groups().get(0).entries().get(0).id()).isEqualTo(WORDS.endings()[2]);
        assertThat(rankings.get(1).groups().get(1).entries().get(0).values().get(0))
                .isEqualTo(-8.0 / WORDS.size(), within(1e-5));
    }

    /** A neuron that raises one token of V has the kurtosis of a vector with a single one. */
    @Test
    void concentrationIsThatOfOneToken() {
        RunResult result = run(SPEC + "measure: {c: {vocabulary-attribution: concentration, neurons: [L0N2, L0N8]}}\n");
        int v = WORDS.size();
        double mean = 1.0 / v;
        double second = ((1 - mean) * (1 - mean) + (v - 1) * mean * mean) / v;
        double fourth = (Math.pow(1 - mean, 4) + (v - 1) * Math.pow(mean, 4)) / v;
        assertThat(at(result, "c.kurtosis", "L0N2")).isEqualTo(fourth / (second * second) - 3, within(1e-3));
        assertThat(at(result, "c.top-5", "L0N2")).isEqualTo(1, within(1e-6));
        // The eraser writes into no logit.
        assertThat(at(result, "c.kurtosis", "L0N8")).isNaN();
    }

    @Test
    void whatHasNoEffectIsRefused() {
        assertThatThrownBy(() -> run(SPEC + """
                measure:
                  a: {vocabulary-attribution: tokens, neurons: [L0N2], sample: {count: 400, seed: 1}}
                  b: {vocabulary-attribution: alignment, neurons: [L0N2]}
                  c: {vocabulary-attribution: tokens, neurons: [L7N2]}
                """))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("`sample`")
                .hasMessageContaining("`sample` is missing")
                .hasMessageContaining("L7N2 does not exist");
    }

    /** A feature's row of the decoder, through W_O where heads are read, then the final norm's centring and gain, and W_U. */
    @Test
    void featuresOfDictionariesWriteByTheirDecoders() {
        SafetensorsFile gpt2 = SafetensorsFile.open(RESOURCES.resolve("parity/gpt2/model.safetensors"));
        String spec = """
                loupe: 1
                model:
                  plain: {folder: "%1$s/parity/gpt2"}
                  resid: {dictionary: "%1$s/dictionaries/gpt2/resid", of: plain}
                  heads: {dictionary: "%1$s/dictionaries/gpt2/heads", of: plain}
                  mlp: {dictionary: "%1$s/dictionaries/gpt2/mlp", of: plain}
                measure:
                  resid: {vocabulary-attribution: tokens, neurons: [L1F27, L1F5], top: 61, model: resid}
                  heads: {vocabulary-attribution: tokens, neurons: [L0F3], top: 61, model: heads}
                  mlp: {vocabulary-attribution: tokens, neurons: [L1F13], top: 61, model: mlp}
                  shape: {vocabulary-attribution: concentration, at: dictionary.features, layers: [1], model: resid}
                """.formatted(RESOURCES);
        RunResult result = run(spec);
        assertThat(Laboratory.numbers(result, "shape.kurtosis").axes())
                .extracting(Axis::name, Axis::size)
                .containsExactly(tuple("layer", 1), tuple("feature", 48));
        List<TokenRankings> all = result.artifacts().stream()
                .filter(TokenRankings.class::isInstance)
                .map(TokenRankings.class::cast)
                .toList();
        for (TokenRankings one : all) {
            float[] decoder = SafetensorsFile.open(
                            RESOURCES.resolve("dictionaries/gpt2/" + one.name() + "/sae_weights.safetensors"))
                    .tensor("W_dec")
                    .floats();
            for (TokenRankings.Ranking ranking : one.rankings()) {
                int feature = Integer.parseInt(
                        ranking.label().substring(ranking.label().indexOf('F') + 1));
                double[] row = new double[32];
                for (int d = 0; d < 32; d++) {
                    row[d] = decoder[feature * 32 + d];
                }
                double[] expected = byHand(one.name().equals("heads") ? through(row, gpt2) : row, gpt2);
                assertThat(ranking.groups().get(0).entries()).hasSize(61);
                for (TokenRankings.Entry entry : ranking.groups().get(0).entries()) {
                    assertThat(entry.values().get(0))
                            .as(one.name() + " " + ranking.label() + " " + entry.id())
                            .isCloseTo(expected[entry.id()], within(1e-5));
                }
            }
        }
        assertThat(all).hasSize(3);
    }

    /** What heads write of what they read. */
    private static double[] through(double[] heads, SafetensorsFile gpt2) {
        float[] out = gpt2.tensor("transformer.h.0.attn.c_proj.weight").floats();
        double[] written = new double[32];
        for (int i = 0; i < 32; i++) {
            for (int d = 0; d < 32; d++) {
                written[d] += heads[i] * out[i * 32 + d];
            }
        }
        return written;
    }

    private static double[] byHand(double[] written, SafetensorsFile gpt2) {
        float[] gain = gpt2.tensor("transformer.ln_f.weight").floats();
        float[] output = gpt2.tensor("transformer.wte.weight").floats();
        double mean = Arrays.stream(written).average().orElseThrow();
        double[] logits = new double[61];
        for (int t = 0; t < 61; t++) {
            for (int d = 0; d < 32; d++) {
                logits[t] += (written[d] - mean) * gain[d] * output[t * 32 + d];
            }
        }
        double centre = Arrays.stream(logits).average().orElseThrow();
        return Arrays.stream(logits).map(x -> x - centre).toArray();
    }

    @Test
    void featuresAndNeuronsAreToldApart() {
        assertThatThrownBy(() -> run(SPEC + """
                measure:
                  a: {vocabulary-attribution: tokens, neurons: [L0F2]}
                  b: {vocabulary-attribution: tokens, neurons: [L0N2], at: resid_post}
                  c: {vocabulary-attribution: tokens, neurons: [L0N2], at: dictionary.features}
                """))
                .isInstanceOfSatisfying(
                        SpecException.class,
                        e -> assertThat(e.problems())
                                .hasSize(3)
                                .anySatisfy(p -> assertThat(p.message())
                                        .contains("must be `mlp.post` or `dictionary.features`")));
    }
}
