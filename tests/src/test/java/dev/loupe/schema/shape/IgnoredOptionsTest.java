package dev.loupe.schema.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.analysis.Analysis;
import dev.loupe.dataset.Dataset;
import dev.loupe.intervention.Intervention;
import dev.loupe.model.card.Schedule;
import dev.loupe.schema.Binder;
import dev.loupe.schema.ResolvedYaml;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.yaml.YamlTree;
import dev.loupe.schema.yaml.YamlWriter;
import dev.loupe.spec.ModelChoice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An option that would change nothing is an error where it stands, and welcome where it has an effect. */
class IgnoredOptionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "by|{steer: resid_pre, toward: a, away: b, mode: project-out, by: 2.0}"
                        + "|{steer: resid_pre, toward: a, away: b, mode: clamp, by: 2.0}",
                "order|{patch-best: mlp.post, layer: 0, k: [1], random: {draws: 2, seed: 1}, order: lowest}"
                        + "|{patch-best: mlp.post, layer: 0, k: [1], by: {x: y}, order: lowest}",
                "input|{path-patch: embed, to: L1H0.q, input: k}"
                        + "|{path-patch: embed, to-heads-from: {by: x, best: 1}, input: k}",
                "input|{direct-path: embed, to: L1H0.q, input: k}"
                        + "|{direct-path: embed, to-heads-from: {by: x, best: 1}, input: k}",
                "lowest|{ablate: attn.z, heads-from: {by: x, above: 1, lowest: true}}"
                        + "|{ablate: attn.z, heads-from: {by: x, above: 1, best: 2, lowest: true}}",
            })
    void ofInterventions(String key, String ignored, String effective) {
        check(Intervention.class, key, ignored, effective);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "undefined-below|{apply: x, read: y, undefined-below: 0.1}"
                        + "|{apply: x, read: y, as: recovery, undefined-below: 0.1}",
                "k|{copying: eigenvalue, k: 4}|{copying: [eigenvalue, top-k], k: 4}",
                "tokens|{copying: eigenvalue, tokens: 40}|{copying: bottom-k, tokens: 40}",
                "seed|{copying: [eigenvalue], seed: 4}|{copying: [top-k], seed: 4}",
                "per|{attribution-patching: attn.z, over: [layer, head], per: all}"
                        + "|{attribution-patching: attn.z, over: [layer, head], per: all, recheck: 3}",
            })
    void ofAnalyses(String key, String ignored, String effective) {
        check(Analysis.class, key, ignored, effective);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vocabulary|{plant: control, vocabulary: 8}|{plant: heads, vocabulary: 8}",
                "context|{plant: one-layer, context: 8}|{plant: heads, context: 8}",
                "seed|{plant: heads, seed: 8}|{plant: superposed-neurons, seed: 8}",
            })
    void ofModels(String key, String ignored, String effective) {
        check(ModelChoice.class, key, ignored, effective);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = "tail|{generator: repeated-tokens, period: 4, seed: 1, tail: filler}"
                    + "|{generator: repeated-tokens, period: 4, seed: 1, length: 16, tail: filler}")
    void ofDatasets(String key, String ignored, String effective) {
        check(Dataset.class, key, ignored, effective);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = "floor|{warmup: 5, floor: 0.1}|{decay: linear, floor: 0.1}")
    void ofSchedules(String key, String ignored, String effective) {
        check(Schedule.class, key, ignored, effective);
    }

    private static void check(Class<?> type, String key, String ignored, String effective) {
        Problems problems = new Problems();
        assertThat(Binder.bind(YamlTree.parse(ignored, "here"), type, problems)).isNull();
        assertThat(problems.sorted()).singleElement().satisfies(problem -> {
            assertThat(problem.toString()).contains("`" + key + "` has no effect here");
            assertThat(problem.mark().column()).isEqualTo(ignored.indexOf(key + ": ", 8) + 1);
        });
        String resolved = resolved(type, effective);
        assertThat(resolved).contains(key + ":");
        assertThat(resolved(type, resolved)).isEqualTo(resolved);
        // Where it has no effect its default is not written either, so that what is resolved can be run again.
        String plain = resolved(type, ignored.replaceFirst(", " + key + ": [^,}]+", ""));
        assertThat(resolved(type, plain)).isEqualTo(plain);
    }

    private static String resolved(Class<?> type, String yaml) {
        Object bound = Binder.bind(YamlTree.parse(yaml, "here"), type).value();
        return YamlWriter.write(ResolvedYaml.tree(bound, type));
    }
}
