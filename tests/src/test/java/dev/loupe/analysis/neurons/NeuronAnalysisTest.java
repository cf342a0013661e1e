package dev.loupe.analysis.neurons;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.analysis.sampled.ActivationSample;
import dev.loupe.analysis.sampled.NeuronTrace;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.Compute;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.neurons.AlignVocabulary;
import dev.loupe.plan.neurons.ChooseExamples;
import dev.loupe.plan.neurons.CompareCorpora;
import dev.loupe.plan.neurons.CompareRows;
import dev.loupe.plan.neurons.ContrastFactors;
import dev.loupe.plan.neurons.CountSigns;
import dev.loupe.plan.neurons.DescribeSample;
import dev.loupe.plan.neurons.EditExamples;
import dev.loupe.plan.neurons.ExampleCounts;
import dev.loupe.plan.neurons.ExampleValues;
import dev.loupe.plan.neurons.FitProbe;
import dev.loupe.plan.neurons.FitRules;
import dev.loupe.plan.neurons.JudgePurity;
import dev.loupe.plan.neurons.LiftVocabulary;
import dev.loupe.plan.neurons.RankExamples;
import dev.loupe.plan.neurons.ReadExamples;
import dev.loupe.plan.neurons.SampledValues;
import dev.loupe.plan.neurons.SearchLabels;
import dev.loupe.plan.neurons.ShortenContexts;
import dev.loupe.plan.values.ClassShapes;
import dev.loupe.resolve.Specs;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each analysis of this group plans for two layers of eight neurons, none of it run. */
class NeuronAnalysisTest {
    private static final String SAMPLE = "sample: {count: 40, seed: 1}";

    @TempDir
    Path folder;

    @BeforeEach
    void card() throws IOException {
        Path card = folder.resolve("two/card.yaml");
        Files.createDirectories(card.getParent());
        Files.writeString(card, """
                loupe: 1
                card: trained
                title: Two layers of eight neurons
                architecture:
                  transformer: {n_layers: 2, d_model: 4, n_heads: 2, d_mlp: 8, n_ctx: 64, d_vocab: 202, act_fn: gelu, normalization_type: LN}
                recipe:
                  data: {generator: planted-language}
                  batch: 4
                  steps: 1
                  optimizer: {kind: adamw, learning-rate: 2.0e-3}
                  seeds: [0]
                """);
    }

    private static String spec(String measure) {
        return """
                loupe: 1
                model: {two: {card: two, seeds: 0}, twins: {reinitialise: two, seeds: [5, 6]}}
                dataset:
                  text: {generator: planted-language, rows: 20, seed: 5}
                  more: {generator: planted-language, rows: 20, seed: 6}
                  few: {generator: planted-language, rows: 10, seed: 6}
                  grid: {generator: language-grid, pairs: words, groups: 12, seed: 4}
                  words: {generator: tokens, ids: [[0, 1], [0, 2], [0, 3], [0, 1]], positions: {WORD: 1}}
                measure:
                """ + measure.replace("text,", "model: two, dataset: text,").indent(2);
    }

    private ExecutionPlan plan(String measure) {
        return Specs.plan(folder, spec(measure));
    }

    private static PlanStep step(ExecutionPlan plan, String name) {
        String output = plan.outputs().keySet().stream()
                .filter(key -> key.equals(name) || key.startsWith(name + "@"))
                .findFirst()
                .orElseThrow();
        return plan.step(requireNonNull(plan.outputs().get(output)));
    }

    private static Forward run(ExecutionPlan plan, int summary) {
        return plan.forward(((Summarise) plan.step(summary)).forward());
    }

    private static String axes(List<Axis> axes) {
        return NamedArray.describe(axes);
    }

    @Test
    void distributionsOfNeuronsAndOfScalars() {
        ExecutionPlan plan = plan("""
                one: {distribution: [skew, mean], layers: [1], text, %1$s}
                two: {distribution: mean, site: mlp.pre, text, %1$s}
                drawn: {distribution: mean, of: [normal, laplace], text, %1$s}
                """.formatted(SAMPLE));
        DescribeSample one = (DescribeSample) step(plan, "one");
        assertThat(one.parts()).extracting(part -> part.word()).containsExactly("skew", "mean");
        assertThat(axes(one.quantities())).isEqualTo("[layer 1, neuron 8]");
        assertThat(one.quantities().get(0).labels()).containsExactly("1");
        assertThat(run(plan, one.sample()).captures()).containsExactly(HookPoint.of(Site.MLP_POST, 1));
        DescribeSample two = (DescribeSample) step(plan, "two");
        assertThat(axes(two.quantities())).isEqualTo("[layer 2, neuron 8]");
        assertThat(run(plan, two.sample()).captures())
                .containsExactly(HookPoint.of(Site.MLP_PRE, 0), HookPoint.of(Site.MLP_PRE, 1));
        DescribeSample drawn = (DescribeSample) step(plan, "drawn");
        assertThat(axes(drawn.quantities())).isEqualTo("[layer 2, scalar 2]");
        assertThat(drawn.quantities().get(1).labels()).containsExactly("normal", "laplace");
    }

    @Test
    void examplesAreChosenAndShown() {
        ExecutionPlan plan = plan("""
                shown: {max-activating: mlp.post, neurons: [L0N1, L1N7], examples: 3, lowest: 2, random: 4, strata: [0.5], per-stratum: 6, before: 5, after: 7, text, %1$s}
                values: {max-activating: mlp.post, layers: [0], examples: 3, show: values, text, %1$s}
                smallest: {max-activating: mlp.post, neurons: [L0N1], examples: 3, lowest: 2, show: smallest, text, %1$s}
                all: {max-activating: mlp.post, layers: [1], examples: 100, lowest: 100, random: 50, text, %1$s}
                own: {own-examples: mlp.post, layers: [1], examples: 4, text, sample: {count: 40, seed: 1, min-position: 3}}
                """.formatted(SAMPLE));
        ReadExamples shown = (ReadExamples) step(plan, "shown");
        // Each of two neurons has 3 + 2 + 2 strata of 6 + 4.
        assertThat(shown.most()).isEqualTo(42);
        assertThat(shown.before()).isEqualTo(5);
        assertThat(shown.after()).isEqualTo(7);
        ChooseExamples chosen = (ChooseExamples) plan.step(shown.examples());
        assertThat(chosen.counts()).isEqualTo(new ExampleCounts(3, 2, List.of(.5), 6, 4));
        assertThat(((Summarise) plan.step(chosen.sample())).reading()).isInstanceOf(NeuronTrace.class);
        ExampleValues values = (ExampleValues) step(plan, "values");
        assertThat(values.smallest()).isFalse();
        assertThat(values.most()).isEqualTo(3);
        assertThat(axes(values.neurons())).isEqualTo("[layer 1, neuron 8]");
        ChooseExamples top = (ChooseExamples) plan.step(values.examples());
        assertThat(top.sample()).as("the largest alone need no sample").isEqualTo(top.scan());
        assertThat(top.neurons()).hasSize(8);
        ExampleValues smallest = (ExampleValues) step(plan, "smallest");
        assertThat(smallest.smallest()).isTrue();
        assertThat(smallest.most()).isEqualTo(2);
        assertThat(smallest.neurons().get(0).labels()).containsExactly("L0N1");
        ReadExamples all = (ReadExamples) step(plan, "all");
        assertThat(all.most()).isEqualTo(2000);
        ChooseExamples every = (ChooseExamples) plan.step(all.examples());
        assertThat(((Summarise) plan.step(every.sample())).reading())
                .as("of a whole layer all are read at once")
                .isInstanceOf(ActivationSample.class);
        RankExamples own = (RankExamples) step(plan, "own");
        // 20 rows of 64 tokens, without the first three of each.
        assertThat(own.positions()).isEqualTo(20 * 61);
        assertThat(own.top()).isEqualTo(4);
        assertThat(((ChooseExamples) plan.step(own.examples())).counts()).isEqualTo(ExampleCounts.topOf(4));
        assertThat(axes(own.of())).isEqualTo("[layer 1, neuron 8]");
    }

    @Test
    void neuronsThatAnEarlierMeasurementSelectsHaveRanks() {
        ExecutionPlan plan = plan("""
                first: {distribution: skew, text, %1$s}
                found: {activation-histogram: mlp.post, neurons-from: {by: first.skew, best: 3}, text, %1$s}
                drawn: {activation-histogram: mlp.post, random-neurons: {count: 5, seed: 2}, text, %1$s}
                one: {activation-histogram: mlp.post, neurons: [L1N3], text, sample: {count: 2000000, per-row: 100000, seed: 1}}
                """.formatted(SAMPLE));
        SampledValues found = (SampledValues) step(plan, "found");
        assertThat(found.neurons().get(0).name()).isEqualTo("rank");
        assertThat(found.neurons().get(0).labels()).containsExactly("1", "2", "3");
        // Two of each of twenty rows.
        assertThat(found.most()).isEqualTo(40);
        SampledValues drawn = (SampledValues) step(plan, "drawn");
        assertThat(drawn.neurons().get(0).labels()).hasSize(5).allMatch(label -> label.matches("L[01]N[0-7]"));
        // No more than twenty rows of 64 tokens have beside their first ones.
        assertThat(((SampledValues) step(plan, "one")).most()).isEqualTo(20 * 63);
    }

    @Test
    void hypothesesAboutNeurons() {
        ExecutionPlan plan = plan("""
                rule: {neuron-rule: mlp.post, neurons: [L0N1], draws: 7, seed: 2, text, %1$s}
                shown: {neuron-rule: mlp.post, neurons: [L0N1], draws: 7, seed: 2, made-on: more, show: rules, text, %1$s}
                pure: {purity: mlp.post, neurons: [L0N1], seed: 2, text, %1$s}
                context: {purity: mlp.post, neurons: [L1N1], seed: 2, contexts: resid_mid, strata: [0.5], share: 0.3, examples: 30, show: rates, text, %1$s}
                illusion: {illusion: mlp.post, neurons: [L0N1], other: more, text, %1$s}
                rates: {illusion: mlp.post, neurons: [L0N1], other: more, silent: 0.2, transfer: 0.7, show: rates, text, %1$s}
                """.formatted(SAMPLE));
        FitRules rule = (FitRules) step(plan, "rule");
        assertThat(rule.split()).isTrue();
        assertThat(rule.shown()).isFalse();
        assertThat(rule.options().draws()).isEqualTo(7);
        FitRules shown = (FitRules) step(plan, "shown");
        assertThat(shown.split()).isFalse();
        assertThat(shown.shown()).isTrue();
        assertThat(shown.options().draws())
                .as("no chance is drawn for rules that are shown")
                .isZero();
        assertThat(run(plan, shown.formed()).rows().name()).isEqualTo("more");
        assertThat(shown.formedOn().name()).isEqualTo("more");
        assertThat(run(plan, shown.sample()).rows().name()).isEqualTo("text");
        JudgePurity pure = (JudgePurity) step(plan, "pure");
        assertThat(pure.withContexts()).isFalse();
        assertThat(pure.rates()).isFalse();
        assertThat(pure.options().examples()).isEqualTo(20);
        JudgePurity context = (JudgePurity) step(plan, "context");
        assertThat(context.withContexts()).isTrue();
        assertThat(run(plan, context.contexts()).captures()).containsExactly(HookPoint.of(Site.RESID_MID, 1));
        assertThat(context.rates()).isTrue();
        assertThat(context.options().strata()).containsExactly(.5);
        assertThat(context.options().share()).isEqualTo(.3);
        assertThat(context.options().examples()).isEqualTo(30);
        CompareCorpora illusion = (CompareCorpora) step(plan, "illusion");
        assertThat(run(plan, illusion.first()).rows().name()).isEqualTo("text");
        assertThat(run(plan, illusion.second()).rows().name()).isEqualTo("more");
        assertThat(illusion.rates()).isFalse();
        CompareCorpora rates = (CompareCorpora) step(plan, "rates");
        assertThat(rates.rates()).isTrue();
        assertThat(rates.silent()).isEqualTo(.2);
        assertThat(rates.transfer()).isEqualTo(.7);
    }

    @Test
    void contextsAreShortened() {
        ExecutionPlan plan = plan("""
                short: {shortest-context: mlp.post, neurons: [L0N1], examples: 4, text, %1$s}
                sides: {shortest-context: mlp.post, neurons: [L0N1], examples: 4, side: larger, positions: kept, first: row, keep: 0.5, most: 9, text, %1$s}
                """.formatted(SAMPLE));
        ShortenContexts plain = (ShortenContexts) step(plan, "short");
        assertThat(plain.windows()).isEqualTo(new ShortenContexts.Windows(List.of(.5, .8, .9), false, false, 64));
        assertThat(((ChooseExamples) plan.step(plain.examples())).counts()).isEqualTo(ExampleCounts.topOf(4));
        ShortenContexts sides = (ShortenContexts) step(plan, "sides");
        assertThat(sides.windows()).isEqualTo(new ShortenContexts.Windows(List.of(.5), true, true, 9));
        // The side is not known before: as many of the smallest are looked for.
        assertThat(((ChooseExamples) plan.step(sides.examples())).counts())
                .isEqualTo(new ExampleCounts(4, 4, List.of(), 0, 0));
    }

    @Test
    void examplesAreRunWithTheNeuronChanged() {
        ExecutionPlan plan = plan("""
                top: {example-effect: mlp.post, neurons: [L0N1], examples: 4, text, %1$s}
                all: {example-effect: mlp.post, random-neurons: {count: 2, layers: [1], except: [L1N0], seed: 5}, side: larger, random: 7, with: [zero, mean], text, %1$s}
                """.formatted(SAMPLE));
        EditExamples top = (EditExamples) step(plan, "top");
        assertThat(axes(top.axes())).isEqualTo("[part 2, with 1, at 1, neuron 1]");
        assertThat(top.sample()).isEqualTo(top.examples());
        assertThat(top.most()).isEqualTo(4);
        assertThat(((ChooseExamples) plan.step(top.examples())).counts()).isEqualTo(ExampleCounts.topOf(4));
        EditExamples all = (EditExamples) step(plan, "all");
        assertThat(axes(all.axes())).isEqualTo("[part 2, with 2, at 3, neuron 2]");
        assertThat(all.neurons()).hasSize(2).allMatch(neuron -> neuron.layer() == 1 && neuron.neuron() != 0);
        assertThat(all.most()).isEqualTo(20);
        assertThat(((ChooseExamples) plan.step(all.examples())).counts())
                .isEqualTo(new ExampleCounts(20, 20, List.of(), 0, 7));
        assertThat(run(plan, all.sample()).captures()).containsExactly(HookPoint.of(Site.MLP_POST, 1));
        // Four rows as they are and changed, against two neurons of 27 rows, as they are and changed twice.
        assertThat(all.flops()).isEqualTo(top.flops() / 8 * 162);
    }

    @Test
    void labelsAreSearchedAndProbed() {
        ExecutionPlan plan = plan("""
                search: {label-search: mid-word, draws: 19, seed: 2, within: token, text, %1$s}
                twin: {label-search: mid-word, draws: 19, seed: 2, model: twins, dataset: text , %1$s}
                above: {label-search: mid-word, draws: 19, seed: 2, untrained: twin, text, %1$s}
                probe: {probe: [mid-word, register.b], seed: 2, text, %1$s}
                few: {probe: mid-word, at: mlp.post, layers: 1, k: [1, 8], draws: 2, seed: 2, text, %1$s}
                fresh: {probe: mid-word, draws: 2, seed: 2, model: twins, dataset: text , %1$s}
                beside: {probe: mid-word, draws: 2, seed: 2, untrained: fresh, text, %1$s}
                along: {probe: mid-word, at: mlp.post, seed: 2, show: directions, text, %1$s}
                """.formatted(SAMPLE));
        SearchLabels search = (SearchLabels) step(plan, "search");
        assertThat(search.options().withinToken()).isTrue();
        assertThat(search.untrained()).isEmpty();
        assertThat(run(plan, search.sample()).captures()).hasSize(2);
        SearchLabels above = (SearchLabels) step(plan, "above");
        assertThat(above.options().withinToken()).isFalse();
        assertThat(above.untrained()).hasSize(2);
        FitProbe probe = (FitProbe) step(plan, "probe");
        assertThat(probe.layers()).containsExactly(0, 1);
        assertThat(axes(probe.cells())).isEqualTo("[label 2, layer 2]");
        assertThat(probe.direction()).isNull();
        FitProbe few = (FitProbe) step(plan, "few");
        assertThat(few.layers()).containsExactly(1);
        assertThat(few.options().k()).containsExactly(1, 8);
        assertThat(((FitProbe) step(plan, "beside")).untrained()).hasSize(2);
        assertThat(((FitProbe) step(plan, "along")).direction()).isEqualTo(Axis.counted("d_mlp", 8));
    }

    @Test
    void datasetsAndPromptsAreCompared() {
        ExecutionPlan plan = plan("""
                stream: {similarity: resid_post, other: more, at: mid-word, layers: 1, seed: 1, text,}
                neurons: {similarity: mlp.post, other: more, at: mid-word, seed: 1, text,}
                contrast: {contrast: mlp.post, factors: [first, second], by: pair, model: two, dataset: grid}
                one: {contrast: mlp.post, factors: first, layers: 0, model: two, dataset: grid}
                shape: {class-geometry: resid_post, classes: {ids: [1, 2, 3]}, of: WORD, model: two, dataset: words}
                plane: {class-geometry: resid_post, classes: {ids: [1, 2, 3]}, of: WORD, plane: [2, 1], layers: 1, show: plane, model: two, dataset: words}
                """.replace(",}", "}").replace("text}", "model: two, dataset: text}"));
        CompareRows stream = (CompareRows) step(plan, "stream");
        assertThat(stream.each()).isFalse();
        assertThat(stream.rows().name()).isEqualTo("text");
        assertThat(stream.others().name()).isEqualTo("more");
        assertThat(stream.first()).isNotEqualTo(stream.second());
        assertThat(((CompareRows) step(plan, "neurons")).each()).isTrue();
        ContrastFactors contrast = (ContrastFactors) step(plan, "contrast");
        assertThat(contrast.factors()).containsExactly("first", "second");
        assertThat(contrast.by()).isEqualTo("pair");
        assertThat(contrast.kinds()).isNotEmpty();
        assertThat(((ContrastFactors) step(plan, "one")).kinds()).isEmpty();
        assertThat(((ClassShapes) step(plan, "shape")).coordinates()).isFalse();
        ClassShapes plane = (ClassShapes) step(plan, "plane");
        assertThat(plane.coordinates()).isTrue();
        assertThat(plane.plane()).containsExactly(2, 1);
    }

    @Test
    void whatOutputWeightsSay() {
        ExecutionPlan plan = plan("""
                tokens: {vocabulary-attribution: tokens, neurons: [L0N1, L1N2], top: 100, text,}
                shape: {vocabulary-attribution: concentration, layers: [1], text,}
                aligned: {vocabulary-attribution: alignment, neurons: [L0N1], examples: 6, min-count: 2, text, %1$s}
                lift: {vocabulary-attribution: lift, neurons: [L0N1], min-count: 3, text, %1$s}
                """.formatted(SAMPLE).replace("text,}", "model: two}"));
        assertThat(((Compute) step(plan, "shape")).computation()).isInstanceOf(AttributionShape.class);
        AlignVocabulary aligned = (AlignVocabulary) step(plan, "aligned");
        assertThat(aligned.top()).isEqualTo(6);
        assertThat(aligned.minCount()).isEqualTo(2);
        assertThat(((ChooseExamples) plan.step(aligned.examples())).counts()).isEqualTo(ExampleCounts.topOf(6));
        LiftVocabulary lift = (LiftVocabulary) step(plan, "lift");
        assertThat(lift.minCount()).isEqualTo(3);
        assertThat(run(plan, lift.sample()).captures()).containsExactly(HookPoint.of(Site.MLP_POST, 0));
        assertThat(step(plan, "tokens").flops()).isEqualTo(2L * 2 * 4 * 202);
    }

    /** Of a gated MLP the two sides of the product are sampled, and what they make. */
    @Test
    void signsOfGatesAreCounted() throws IOException {
        Path card = folder.resolve("two/card.yaml");
        Files.writeString(card, Files.readString(card).replace("act_fn: gelu,", "act_fn: silu, gated_mlp: true,"));
        ExecutionPlan plan = plan("signs: {gate-signs: mlp.post, neurons: [L1N3], text, %s}".formatted(SAMPLE));
        CountSigns signs = (CountSigns) step(plan, "signs");
        assertThat(run(plan, signs.gate()).captures()).containsExactly(HookPoint.of(Site.MLP_PRE, 1));
        assertThat(run(plan, signs.up()).captures()).containsExactly(HookPoint.of(Site.MLP_PRE_LINEAR, 1));
        assertThat(run(plan, signs.activation()).captures()).containsExactly(HookPoint.of(Site.MLP_POST, 1));
    }

    /** Each limit from its wrong side; the right side of most is planned above or in the last of these tests. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gate-signs: mlp.post, neurons: [L0N1] | have no gate",
                "gate-signs: mlp.pre, neurons: [L0N1] | has no gate",
                "distribution: [skew, skew] | each once",
                "distribution: skew, site: resid_post | has no neurons",
                "distribution: skew, layers: [2] | 2",
                "distribution: skew, site: mlp.pre_linear | mlp.pre_linear",
                "activation-histogram: resid_post, neurons: [L0N1] | has no neurons",
                "activation-histogram: mlp.post, neurons: [L0N1], layers: [0] | one of the four",
                "activation-histogram: mlp.post, neurons: [L0N1, L0N1] | names one twice",
                "activation-histogram: mlp.post, layers: [0, 0] | names one twice",
                "activation-histogram: mlp.post, neurons: [L0N8] | L0N8 does not exist",
                "max-activating: mlp.post, layers: [1], examples: 100, lowest: 100, random: 51 | 2008 passages are too many",
                "max-activating: mlp.post, layers: [1], examples: 0 | must be 1 to 100, not 0",
                "max-activating: mlp.post, layers: [1], examples: 101 | must be 1 to 100, not 101",
                "max-activating: mlp.post, layers: [1], lowest: 101 | `lowest` must be 0 to 100, not 101",
                "max-activating: mlp.post, layers: [1], random: 101 | `random` must be 0 to 100, not 101",
                "max-activating: mlp.post, layers: [1], strata: [0.5], per-stratum: 101 | `per-stratum` must be 1 to 100, not 101",
                "max-activating: mlp.post, layers: [1], strata: [0.9, 0.5] | `strata` are quantiles between 0 and 1, ascending",
                "max-activating: mlp.post, neurons: [L0F1] | L0F1 is a feature, but `mlp.post` has neurons",
                "max-activating: mlp.post, layers: [1], before: 257 | must be 0 to 256, not 257",
                "max-activating: mlp.post, layers: [1], after: -1 | must be 0 to 256, not -1",
                "max-activating: mlp.post, layers: [1], show: values, random: 1 | `strata` and `random` would have no effect",
                "max-activating: mlp.post, layers: [1], show: smallest | needs `lowest`",
                "own-examples: mlp.post, layers: [1], examples: 101 | must be 1 to 100",
                "own-examples: mlp.post, layers: [1], examples: 0 | must be 1 to 100",
                "neuron-rule: mlp.post, layers: [1], fires: 1, seed: 1 | above 0 and below 1",
                "neuron-rule: mlp.post, layers: [1], fires: 0, seed: 1 | above 0 and below 1",
                "neuron-rule: mlp.post, layers: [1], terms: 5, seed: 1 | `terms` must be 1 to 4",
                "neuron-rule: mlp.post, layers: [1], terms: 0, seed: 1 | `terms` must be 1 to 4",
                "neuron-rule: mlp.post, layers: [1], tokens: 0, seed: 1 | `tokens` 1 to 1000",
                "neuron-rule: mlp.post, layers: [1], tokens: 1001, seed: 1 | `tokens` 1 to 1000",
                "neuron-rule: mlp.post, layers: [1], train: 0.91, seed: 1 | 0.1 to 0.9",
                "neuron-rule: mlp.post, layers: [1], train: 0.09, seed: 1 | 0.1 to 0.9",
                "neuron-rule: mlp.post, layers: [1], draws: 10001, seed: 1 | 0 to 10000",
                "purity: mlp.post, layers: [1], strata: [0.9, 0.5], seed: 1 | `strata` are quantiles between 0 and 1, ascending",
                "purity: mlp.post, layers: [1], share: 0, seed: 1 | above 0 and at most 0.5",
                "purity: mlp.post, layers: [1], share: 0.51, seed: 1 | above 0 and at most 0.5",
                "purity: mlp.post, layers: [1], contexts: mlp.post, seed: 1 | of the residual stream",
                "purity: mlp.post, layers: [1], examples: 5, seed: 1 | must be 6 to 500",
                "purity: mlp.post, layers: [1], examples: 501, seed: 1 | must be 6 to 500",
                "purity: mlp.post, layers: [1], pure: 0, seed: 1 | above 0 and at most 1",
                "purity: mlp.post, layers: [1], pure: 1.1, seed: 1 | above 0 and at most 1",
                "illusion: mlp.post, layers: [1], other: more, silent: 1.1 | `silent` must be 0 to 1",
                "illusion: mlp.post, layers: [1], other: more, transfer: 0.4 | `transfer` 0.5 to 1",
                "shortest-context: mlp.post, layers: [1], examples: 101 | must be 1 to 100",
                "shortest-context: mlp.post, layers: [1], most: 0 | must be 1 to 1024",
                "shortest-context: mlp.post, layers: [1], most: 1025 | must be 1 to 1024",
                "shortest-context: mlp.post, layers: [1], keep: [0.9, 0.5] | `keep` are shares between 0 and 1, ascending",
                "shortest-context: mlp.post, layers: [1], keep: [] | names no share",
                "example-effect: mlp.post, layers: [1], examples: 0 | must be 1 to 100",
                "example-effect: mlp.post, layers: [1], examples: 101 | must be 1 to 100",
                "example-effect: mlp.post, layers: [1], random: -1 | must be 0 to 1000",
                "example-effect: mlp.post, layers: [1], random: 1001 | must be 0 to 1000",
                "example-effect: mlp.post, layers: [1], with: [] | each once",
                "label-search: mid-word, draws: 18, seed: 1 | must be 19 to 10000",
                "label-search: mid-word, draws: 10001, seed: 1 | must be 19 to 10000",
                "label-search: [mid-word, register.b], draws: 38, seed: 1 | must be 39 to 10000",
                "label-search: mid-word, fdr: 0, seed: 1 | above 0 and below 0.5",
                "label-search: mid-word, fdr: 0.5, seed: 1 | above 0 and below 0.5",
                "label-search: mid-word, train: 0.09, seed: 1 | 0.1 to 0.9",
                "label-search: mid-word, site: resid_post, seed: 1 | has no neurons",
                "probe: mid-word, k: [9], at: mlp.post, seed: 1 | has 8 components",
                "probe: mid-word, k: [0], seed: 1 | at least 1, each once",
                "probe: mid-word, draws: 1, seed: 1 | 2 to 1000",
                "probe: mid-word, draws: 1001, seed: 1 | 2 to 1000",
                "probe: mid-word, train: 0.91, seed: 1 | 0.1 to 0.9",
                "probe: [mid-word, mid-word], seed: 1 | each once",
                "vocabulary-attribution: alignment, neurons: [L0N1], at: mlp.pre | `at` must be `mlp.post` or",
                "vocabulary-attribution: alignment, neurons: [L0F1], at: dictionary.features | dictionary",
                "vocabulary-attribution: alignment, neurons: [L0N1], examples: 0 | must be 1 to 100",
                "vocabulary-attribution: alignment, neurons: [L0N1], examples: 101 | must be 1 to 100",
                "vocabulary-attribution: lift, neurons: [L0N1], min-count: 0 | at least 1"
            })
    void aLimitThatIsPassedIsNamed(String measure, String said) {
        String sampled = measure.contains("sample:") ? measure : measure + ", " + SAMPLE;
        assertThat(Specs.refusal(folder, spec("w: {" + sampled + ", text,}").replace(",}", "}")))
                .contains(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "class-geometry: resid_post, classes: {ids: [1, 2]}, of: END | at least three",
                "class-geometry: resid_post, classes: {ids: [1, 2, 3]}, of: END, plane: [1, 3] | the components 1 to 2",
                "class-geometry: resid_post, classes: {ids: [1, 2, 3]}, of: END, plane: [1, 1] | the components 1 to 2",
                "class-geometry: resid_post, classes: {ids: [1, 2, 3]}, of: END, plane: [0, 1] | the components 1 to 2",
                "class-geometry: mlp.post, classes: {ids: [1, 2, 3]}, of: END | is not a hook point",
                "similarity: resid_post, other: few, seed: 1 | has 20 rows and `few` has 10",
                "similarity: attn.pattern, other: more, seed: 1 | neither a hook point of the residual stream",
                "contrast: mlp.post, factors: [a, b, c] | one or two labels",
                "contrast: mlp.post, factors: [a, a] | one or two labels",
                "contrast: resid_post, factors: a | has no neurons",
                "contrast: mlp.post, factors: register | is not a factor",
                "dictionary-quality: density | dictionary",
                "dictionary-quality: loss-recovered | `read` names the loss",
                "vocabulary-attribution: tokens, neurons: [L0N1], top: 101 | 1 to 100",
                "vocabulary-attribution: tokens, neurons: [L0N1], top: 0 | 1 to 100",
                "vocabulary-attribution: lift, neurons: [L0N1] | `sample` is missing",
                "vocabulary-attribution: alignment, neurons: [L0N1] | `sample` is missing"
            })
    void whatNeedsNoSampleHasLimitsToo(String measure, String said) {
        assertThat(Specs.refusal(folder, spec("w: {" + measure + ", model: two, dataset: text}")))
                .contains(said);
    }

    /** What is just inside every limit is planned. */
    @Test
    void limitsBelongToWhatIsAllowed() {
        ExecutionPlan plan = plan("""
                a: {max-activating: mlp.post, neurons: [L0N1], examples: 1, before: 0, after: 256, text, %1$s}
                b: {max-activating: mlp.post, neurons: [L0N1], examples: 100, before: 256, after: 0, random: 100, text, %1$s}
                c: {neuron-rule: mlp.post, neurons: [L0N1], terms: 1, tokens: 1, train: 0.1, draws: 0, seed: 1, text, %1$s}
                d: {neuron-rule: mlp.post, neurons: [L0N1], terms: 4, tokens: 1000, train: 0.9, draws: 10000, seed: 1, text, %1$s}
                e: {purity: mlp.post, neurons: [L0N1], share: 0.5, examples: 6, terms: 1, tokens: 1, pure: 1, seed: 1, text, %1$s}
                f: {purity: mlp.post, neurons: [L0N1], examples: 500, terms: 4, tokens: 1000, seed: 1, text, %1$s}
                g: {illusion: mlp.post, neurons: [L0N1], other: more, silent: 0, transfer: 0.5, text, %1$s}
                h: {illusion: mlp.post, neurons: [L0N1], other: more, silent: 1, transfer: 1, text, %1$s}
                i: {shortest-context: mlp.post, neurons: [L0N1], examples: 1, most: 1, text, %1$s}
                j: {shortest-context: mlp.post, neurons: [L0N1], examples: 100, most: 1024, text, %1$s}
                k: {label-search: [mid-word, register.b], draws: 39, train: 0.1, seed: 1, text, %1$s}
                l: {label-search: mid-word, draws: 10000, train: 0.9, seed: 1, text, %1$s}
                m: {probe: mid-word, draws: 1000, train: 0.1, seed: 1, text, %1$s}
                n: {probe: mid-word, draws: 2, train: 0.9, seed: 1, text, %1$s}
                o: {own-examples: mlp.post, neurons: [L0N1], examples: 1, text, %1$s}
                p: {own-examples: mlp.post, neurons: [L0N1], examples: 100, text, %1$s}
                q: {vocabulary-attribution: alignment, neurons: [L0N1], examples: 100, min-count: 1, text, %1$s}
                r: {vocabulary-attribution: alignment, neurons: [L0N1], examples: 1, min-count: 1, text, %1$s}
                s: {example-effect: mlp.post, neurons: [L0N1], examples: 1, random: 0, text, %1$s}
                t: {example-effect: mlp.post, neurons: [L0N1], examples: 100, random: 1000, text, %1$s}
                """.formatted(SAMPLE));
        assertThat(plan.outputs()).hasSize(20);
    }
}
