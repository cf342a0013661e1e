package dev.loupe.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.analysis.families.FamilyAnalysis;
import dev.loupe.metric.answer.LogitDifference;
import dev.loupe.plan.ask.AgreementPart;
import dev.loupe.plan.ask.CurvePart;
import dev.loupe.plan.ask.DistanceOfSets;
import dev.loupe.plan.ask.DistributionPart;
import dev.loupe.plan.ask.ShapePart;
import dev.loupe.schema.Binder;
import dev.loupe.schema.annotation.ConstantDoc;
import dev.loupe.schema.yaml.YamlTree;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The form of what each analysis gives: the axis whose labels are results of their own, how it is drawn, on which side of chance a
 * find lies, and whether it covers so many components that a find needs a null. Of the options that change it, each word.
 */
class ResultFormsTest {
    private static final String SAMPLE = "sample: {count: 40, seed: 1}";

    private static Analysis analysis(String yaml) {
        return (Analysis) Binder.bind(
                        YamlTree.parse("{" + yaml.replace("SAMPLE", SAMPLE) + "}", "here"), Analysis.class)
                .value();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "change-point: loss, along: seed | part | TABLE | BOTH | false",
                "distribution-distance: a.mean, between: seed | part | TABLE | HIGHER | false",
                "reduce: loss, over: [seed], take: max | '' | AUTO | BOTH | false",
                "edge-attribution: EAP, read: x | '' | MAP | BOTH | true",
                "edge-attribution: EAP, read: x, recheck: 3 | value | MAP | BOTH | true",
                "edge-attribution: EAP, read: x, recheck: 3, show: agreement | '' | AUTO | HIGHER | true",
                "attribution-patching: attn.z, over: [layer, head], read: x | '' | AUTO | BOTH | true",
                "attribution-patching: attn.z, over: [layer, head], read: x, by: change | '' | AUTO | HIGHER | true",
                "attribution-patching: attn.z, over: [layer, head], read: x, recheck: 3 | value | AUTO | BOTH | true",
                "attribution-patching: attn.z, over: [layer, head], read: x, recheck: 3, per: row, show: points | '' | SCATTER | BOTH | true",
                "attribution-patching: attn.z, over: [layer, head], read: x, recheck: 3, show: agreement | '' | AUTO | HIGHER | true",
                "rank-overlap: {a: b}, of: heads, k: 1 | value | AUTO | HIGHER | false",
                "prune-edges: 0.1, read: x | value | MAP | HIGHER | true",
                "prune-edges: 0.1, read: x, show: summary | '' | AUTO | HIGHER | true",
                "prune-edges: 0.1, read: x, show: faithfulness | '' | AUTO | HIGHER | true",
                "evaluate: x | '' | AUTO | HIGHER | false",
                "evaluate: [x, y] | metric | AUTO | HIGHER | false",
                "apply: e, read: x | '' | AUTO | HIGHER | true",
                "apply: e, read: [x, y], as: change | metric | AUTO | BOTH | true",
                "apply: e, read: [x, y], as: recovery | metric | AUTO | HIGHER | true",
                "logit-lens: END | '' | LINES | HIGHER | false",
                "logit-lens: END, read: x | '' | LINES | HIGHER | false",
                "logit-lens: END, read: [x, y], per: position | metric | MAP | HIGHER | false",
                "agreement: other | part | AUTO | BOTH | false",
                "direct-attribution: END | '' | BARS | BOTH | true",
                "head-attribution: END | '' | AUTO | BOTH | true",
                "distribution: skew, SAMPLE | part | HISTOGRAM | BOTH | false",
                "distribution: skew, of: normal, SAMPLE | part | TABLE | BOTH | false",
                "class-geometry: resid_post, classes: {ids: [1, 2, 3]}, of: END | part | AUTO | LOWER | false",
                "class-geometry: resid_post, classes: {ids: [1, 2, 3]}, of: END, show: plane | '' | VECTORS | LOWER | false",
                "contrast: mlp.post, factors: a | part | AUTO | HIGHER | true",
                "dictionary-quality: reconstruction | part | TABLE | HIGHER | false",
                "dictionary-quality: density | '' | AUTO | HIGHER | false",
                "gate-signs: mlp.post, neurons: L0N1, SAMPLE | part | AUTO | BOTH | false",
                "illusion: mlp.post, layers: 0, other: b, SAMPLE | part | AUTO | HIGHER | true",
                "illusion: mlp.post, layers: 0, other: b, show: rates, SAMPLE | part | AUTO | HIGHER | false",
                "label-search: a, seed: 1, SAMPLE | part | TABLE | HIGHER | true",
                "max-activating: mlp.post, layers: 0, SAMPLE | '' | AUTO | HIGHER | false",
                "max-activating: mlp.post, layers: 0, lowest: 2, show: smallest, SAMPLE | '' | AUTO | LOWER | false",
                "neuron-rule: mlp.post, layers: 0, seed: 1, SAMPLE | part | AUTO | HIGHER | true",
                "neuron-rule: mlp.post, layers: 0, seed: 1, show: rules, SAMPLE | '' | AUTO | HIGHER | true",
                "own-examples: mlp.post, layers: 0, SAMPLE | part | AUTO | HIGHER | true",
                "probe: a, seed: 1, SAMPLE | part | AUTO | HIGHER | true",
                "probe: a, seed: 1, show: directions, SAMPLE | '' | TABLE | HIGHER | false",
                "purity: mlp.post, layers: 0, seed: 1, SAMPLE | part | AUTO | HIGHER | true",
                "purity: mlp.post, layers: 0, seed: 1, show: rates, SAMPLE | part | AUTO | HIGHER | false",
                "shortest-context: mlp.post, layers: 0, SAMPLE | part | AUTO | BOTH | false",
                "similarity: resid_post, other: b, seed: 1 | part | AUTO | HIGHER | false",
                "vocabulary-attribution: tokens, neurons: L0N1 | '' | AUTO | HIGHER | false",
                "vocabulary-attribution: concentration, neurons: L0N1 | part | AUTO | HIGHER | false",
                "vocabulary-attribution: lift, neurons: L0N1, SAMPLE | part | AUTO | HIGHER | true"
            })
    void partsFigureSideAndSearch(String yaml, String parts, String figure, String side, boolean searches) {
        Analysis analysis = analysis(yaml);
        assertThat(analysis.parts()).isEqualTo(parts);
        assertThat(analysis.figure()).hasToString(figure);
        assertThat(analysis.side(List.of())).hasToString(side);
        assertThat(analysis.searches()).isEqualTo(searches);
    }

    /** Lists of tokens, texts and rules are no numbers, and claims cannot speak of them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "logits: END | false",
                "neuron-rule: mlp.post, layers: 0, seed: 1, SAMPLE | true",
                "neuron-rule: mlp.post, layers: 0, seed: 1, show: rules, SAMPLE | false",
                "vocabulary-attribution: tokens, neurons: L0N1 | false",
                "vocabulary-attribution: concentration, neurons: L0N1 | true"
            })
    void claimsSpeakOfNumbers(String yaml, boolean numbers) {
        assertThat(analysis(yaml).numbers()).isEqualTo(numbers);
    }

    @Test
    void whatIsReadAndEditedIsNamed() {
        assertThat(analysis("evaluate: [x, y]").reads()).containsExactly("x", "y");
        assertThat(analysis("apply: [e, f], read: [x, y]").reads()).containsExactly("x", "y");
        assertThat(analysis("apply: [e, f], read: [x, y]").edits()).containsExactly("e", "f");
        assertThat(analysis("logit-lens: END, read: [x, y]").reads()).containsExactly("x", "y");
        assertThat(analysis("logits: END, under: e").edits()).containsExactly("e");
        assertThat(analysis("head-attribution: END, under: e").edits()).containsExactly("e");
        assertThat(analysis("agreement: other").beside()).containsExactly("other");
        assertThat(analysis("direct-attribution: END").sumsTo())
                .as("the parts are those of the metric")
                .isEqualTo(new LogitDifference("END", null).label());
        assertThat(analysis("direct-attribution: END, by: neurons").sumsTo()).isEmpty();
        assertThat(analysis("edge-attribution: EAP, read: x").estimates()).isTrue();
        assertThat(analysis("attribution-patching: attn.z, over: [layer, head], read: x")
                        .estimates())
                .isTrue();
        assertThat(analysis("prune-edges: 0.1, read: x, show: faithfulness").comparesCircuits())
                .isTrue();
        assertThat(analysis("prune-edges: 0.1, read: x").comparesCircuits()).isFalse();
        assertThat(analysis("vocabulary-attribution: concentration, layers: 0").readsRows())
                .isFalse();
        assertThat(analysis("vocabulary-attribution: lift, layers: 0, SAMPLE").readsRows())
                .isTrue();
    }

    /** A difference of losses is in nats, their ratio is not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "change-point: loss | false",
                "combine: [a, b], take: difference | true",
                "combine: [a, b], take: sum | true",
                "combine: [a, b], take: ratio | false",
                "combine: [a, b], take: product | false",
                "distribution-distance: a.mean, between: seed | false",
                "reduce: loss, over: [seed], take: max | true"
            })
    void unitsAreKept(String yaml, boolean kept) {
        assertThat(((FamilyAnalysis) analysis(yaml)).keepsUnit()).isEqualTo(kept);
    }

    @Test
    void whatIsMadeOfResultsNamesThem() {
        assertThat(((FamilyAnalysis) analysis("combine: [a, b], take: sum")).of())
                .containsExactly("a", "b");
        assertThat(((FamilyAnalysis) analysis("reduce: gelu.raw, over: [seed, head], take: max")).of())
                .containsExactly("gelu.raw");
        assertThat(analysis("reduce: gelu.raw, over: [seed, head], take: max").reading())
                .as("the same reading whichever model it is of")
                .isEqualTo("Largest of raw over seed and head");
        assertThat(analysis("reduce: loss, over: seed, take: max").reading()).isEqualTo("Largest over seed");
        assertThat(analysis("combine: [a, b], take: ratio").whyUndefined()).contains("`undefined-below`");
        assertThat(analysis("combine: [a, b], take: sum").whyUndefined()).isEmpty();
        assertThat(analysis("apply: e, read: x, as: recovery").whyUndefined()).contains("nothing to recover");
        assertThat(analysis("apply: e, read: x, as: additivity").whyUndefined()).contains("have a sum near 0");
        assertThat(analysis("apply: e, read: x, as: change").whyUndefined()).isEmpty();
    }

    /** One part's formula is its own, and that of a word which is no part the formulas of all. */
    @Test
    void everyPartHasItsFormula() {
        for (AgreementPart part : AgreementPart.values()) {
            isOfThePart("agreement: other", part.word(), ConstantDoc.of(part));
        }
        for (CurvePart part : CurvePart.values()) {
            isOfThePart("change-point: loss", part.word(), ConstantDoc.of(part));
        }
        for (DistanceOfSets part : DistanceOfSets.values()) {
            isOfThePart("distribution-distance: a.mean, between: seed", part.word(), ConstantDoc.of(part));
        }
        for (ShapePart part : ShapePart.values()) {
            isOfThePart(
                    "class-geometry: resid_post, classes: {ids: [1, 2, 3]}, of: END",
                    part.word(),
                    ConstantDoc.of(part));
        }
        for (DistributionPart part : DistributionPart.values()) {
            Analysis analysis = analysis("distribution: " + part.word() + ", SAMPLE");
            assertThat(analysis.formula(part.word())).contains(ConstantDoc.of(part));
        }
    }

    private static void isOfThePart(String yaml, String part, String formula) {
        assertThat(analysis(yaml).formula(part)).isEqualTo(formula);
        assertThat(analysis(yaml).formula("none")).contains(formula).contains("**" + part + "**");
    }
}
