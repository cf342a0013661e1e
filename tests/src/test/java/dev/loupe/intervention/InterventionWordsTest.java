package dev.loupe.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.intervention.value.AblationValue;
import dev.loupe.metric.direction.DirectionChoice;
import dev.loupe.plan.ask.Found;
import dev.loupe.plan.ask.FoundEdges;
import dev.loupe.plan.build.Chosen;
import dev.loupe.schema.Binder;
import dev.loupe.schema.TypeCatalog;
import dev.loupe.schema.yaml.YamlTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an intervention says of itself holds every option that it was given. */
class InterventionWordsTest {
    /** Of the run as a whole, and what `from` already says. */
    private static final Set<String> TOLD_ELSEWHERE = Set.of("after", "into");

    private static final String FOUND = "ablate: attn.z, heads-from: {by: scores.IND, ";
    private static final String ALONG = "{ablate: resid_pre, layers: [1], along: ";

    /** For each option interventions that differ in it alone, so that no two may read alike. */
    private static Map<String, List<String>> varied() {
        Map<String, List<String>> varied = new LinkedHashMap<>();
        selections(varied, "ablate");
        selections(varied, "patch");
        varied.put("patch.from", each("{patch: embed, after: [x], from: %s}", "clean", "corrupted", "unedited"));
        alongs(varied, "ablate");
        alongs(varied, "patch");
        varied.put(
                "ablate.with",
                each(
                        "{ablate: mlp_out, layers: [0], with: %s}",
                        "zero", "{mean: {of: a}}", "{resample: {of: a, seed: 1}}"));
        varied.put("mean.of", each("{ablate: mlp_out, layers: [0], with: {mean: {of: %s}}}", "a", "b"));
        varied.put(
                "mean.per", each("{ablate: mlp_out, layers: [0], with: {mean: {of: a, per: %s}}}", "position", "all"));
        varied.put(
                "resample.of", each("{ablate: mlp_out, layers: [0], with: {resample: {of: %s, seed: 1}}}", "a", "b"));
        varied.put(
                "resample.seed", each("{ablate: mlp_out, layers: [0], with: {resample: {of: a, seed: %s}}}", "1", "2"));
        found(varied);
        directions(varied);
        varied.put(
                "ablate-random.ablate-random",
                each("{ablate-random: %s, count: 1, draws: 1, seed: 1}", "attn.z", "attn.q"));
        String random =
                "{ablate-random: attn.z, count: %s, draws: %s, seed: %s, except: %s, layers: %s, at: %s, with: %s}";
        String[] plain = {"1", "1", "1", "[]", "0", "everywhere", "zero"};
        String[] other = {"2", "2", "2", "[L0H1]", "1", "END", "{mean: {of: a}}"};
        String[] options = {"count", "draws", "seed", "except", "layers", "at", "with"};
        inTurn(varied, "ablate-random", random, options, plain, other);
        inTurn(
                varied,
                "add-noise",
                "{add-noise: %s, sigma: %s, samples: %s, seed: %s}",
                new String[] {"add-noise", "sigma", "samples", "seed"},
                new String[] {"END", "3.0", "1", "1"},
                new String[] {"everywhere", "2.0", "4", "2"});
        inTurn(
                varied,
                "ablate-frequency",
                "{ablate-frequency: %s, modulus: %s, each: %s, at: %s}",
                new String[] {"ablate-frequency", "modulus", "each", "at"},
                new String[] {"1..3", "7", "false", "everywhere"},
                new String[] {"2..3", "11", "true", "END"});
        freezes(varied);
        varied.put("rotary-band.rotary-band", each("{rotary-band: %s, zero: 0..3}", "L0H0", "[L0H0, L0H1]"));
        varied.put("rotary-band.zero", each("{rotary-band: L0H0, zero: %s}", "0", "0..3", "1..3"));
        varied.put("rotary-band.at", each("{rotary-band: L0H0, zero: 0, at: %s}", "everywhere", "END", "[S, END]"));
        varied.put("replace-token.replace-token", each("{replace-token: %s, by-token: 1}", "END", "[S, END]"));
        varied.put("replace-token.by-token", each("{replace-token: END, by-token: %s}", "1", "2"));
        varied.put("replace-token.by-position", each("{replace-token: END, by-position: %s}", "IO", "S"));
        varied.put("replace-token.by-column", each("{replace-token: END, by-column: %s}", "answer", "wrong"));
        steers(varied);
        rankings(varied);
        paths(varied, "path-patch");
        paths(varied, "direct-path");
        varied.put(
                "path-patch.mlps",
                each("{path-patch: attn.z, layers: [0], to: logits, mlps: %s}", "recomputed", "frozen"));
        varied.put(
                "patch-edges.patch-edges", each("{patch-edges: %s}", "L0H1->logits", "[L0H1->logits, L0.mlp->logits]"));
        varied.put(
                "patch-edges.edges-from",
                List.of("{patch-edges: L0H1->logits}", "{patch-edges: L0H1->logits, edges-from: {by: eap, best: 2}}"));
        varied.put("patch-edges.others", each("{patch-edges: L0H1->logits, others: %s}", "false", "true"));
        varied.put("patch-edges.from", each("{patch-edges: L0H1->logits, from: %s}", "clean", "corrupted"));
        return varied;
    }

    private static void selections(Map<String, List<String>> varied, String word) {
        varied.put(word + "." + word, each("{" + word + ": %s, layers: [0]}", "attn.z", "mlp_out"));
        varied.put(
                word + ".over",
                each(
                        "{" + word + ": %s}",
                        "attn.z, over: [layer]",
                        "attn.z, over: [layer, head]",
                        "attn.z, over: [head, layer]",
                        "mlp.post, over: [layer, neuron]",
                        "attn.z, over: [layer, pos]",
                        "attn.z, over: [layer, position], at: END",
                        "attn.z, over: [layer], at: END",
                        "attn.pattern, over: [layer, dest]",
                        "attn.pattern, over: [layer, src]",
                        "attn.pattern, over: [layer, dest, src]"));
        varied.put(
                word + ".layers",
                each(
                        "{" + word + ": attn.z, %s}",
                        "over: [layer]",
                        "over: [layer], layers: [0, 1]",
                        "layers: [0, 1]",
                        "layers: [1]",
                        "over: [head], layers: [1]"));
        varied.put(word + ".heads", each("{" + word + ": attn.z, heads: %s}", "[L0H1]", "[L0H1, L1H0]"));
        varied.put(
                word + ".heads-from",
                List.of(
                        "{" + word + ": attn.z, heads: [L0H1]}",
                        "{" + word + ": attn.z, heads: [L0H1], heads-from: {by: x, best: 1}}",
                        "{" + word + ": attn.z, heads-from: {by: x, best: 1}}"));
        varied.put(word + ".neurons", each("{" + word + ": mlp.post, neurons: %s}", "[L0N1]", "[L0N1, L1N0]"));
        varied.put(word + ".at", each("{" + word + ": attn.z, layers: [0], at: %s}", "everywhere", "END", "[S, END]"));
        varied.put(
                word + ".keys",
                each("{" + word + ": attn.pattern, layers: [0], keys: %s}", "everywhere", "END", "[S, END]"));
        varied.put(word + ".neurons-from", each("{" + word + ": mlp.post, neurons-from: {by: a, best: %s}}", "1", "2"));
        varied.put(
                word + ".positions-from",
                each("{" + word + ": mlp_out, layers: [0], positions-from: {by: a, best: %s}}", "1", "2"));
        varied.put(word + ".layers-from", each("{" + word + ": mlp_out, layers-from: {by: a, best: %s}}", "1", "2"));
        varied.put(word + ".window", each("{" + word + ": mlp_out, over: [layer], window: %s}", "1", "3", "[1, 3]"));
    }

    private static void alongs(Map<String, List<String>> varied, String word) {
        String plain = "{" + word + ": resid_pre, layers: [1]}";
        varied.put(word + ".along", List.of(plain, plain.replace("}", ", along: {difference: {toward: a, away: b}}}")));
    }

    private static void found(Map<String, List<String>> varied) {
        varied.put(
                "heads-from.by", each("{ablate: attn.z, heads-from: {by: %s, best: 2}}", "scores.IND", "scores.DUP"));
        varied.put("heads-from.above", each("{" + FOUND + "best: 2%s}}", "", ", above: 0.5", ", above: 0.7"));
        varied.put("heads-from.below", each("{" + FOUND + "best: 2%s}}", "", ", below: 0.5", ", below: 0.7"));
        varied.put("heads-from.best", each("{" + FOUND + "above: 0.1%s}}", "", ", best: 1", ", best: 2"));
        varied.put("heads-from.layer", each("{" + FOUND + "best: 2%s}}", "", ", layer: 0", ", layer: 1"));
        varied.put("heads-from.lowest", each("{" + FOUND + "best: 2, lowest: %s}}", "false", "true"));
        varied.put("heads-from.where", each("{" + FOUND + "best: 2, where: {%s}}}", "", "label: a", "label: b"));
        varied.put("edges-from.by", each("{patch-edges: [], edges-from: {by: %s, best: 2}}", "a", "b"));
        varied.put(
                "edges-from.best",
                each("{patch-edges: [], edges-from: {by: a, above: 0, best: %s}}", "[]", "1", "[1, 2]"));
        varied.put(
                "edges-from.above",
                each("{patch-edges: [], edges-from: {by: a, best: 2%s}}", "", ", above: 1", ", above: 2"));
    }

    private static void directions(Map<String, List<String>> varied) {
        varied.put("difference.toward", each(ALONG + "{difference: {toward: %s, away: c}}}", "a", "b"));
        varied.put("difference.away", each(ALONG + "{difference: {toward: c, away: %s}}}", "a", "b"));
        varied.put(
                "difference.at",
                each(ALONG + "{difference: {toward: a, away: b, at: %s}}}", "everywhere", "END", "1..4", "[S, END]"));
        varied.put(
                "difference.exclude",
                each(ALONG + "{difference: {toward: a, away: b, exclude: %s}}}", "[]", "0", "[0, END]"));
        varied.put("tensor.file", each(ALONG + "{tensor: {file: %s, name: d}}}", "a", "b"));
        varied.put("tensor.at", each(ALONG + "{tensor: {file: d, name: n, at: %s}}}", "[]", "[0]", "[0, 2]"));
        varied.put("result.by", each(ALONG + "{result: {by: %s}}}", "a", "b"));
        varied.put("result.where", each(ALONG + "{result: {by: a, where: %s}}}", "{layer: 0}", "{layer: 1}"));
        varied.put("neuron.neuron", each(ALONG + "{neuron: %s}}", "L0N5", "L0N6"));
        varied.put("tensor.name", each(ALONG + "{tensor: {file: d, name: %s}}}", "a", "b"));
        varied.put(
                "random.like",
                each(ALONG + "{random: {like: {difference: {toward: %s, away: c}}, seed: 1}}}", "a", "b"));
        varied.put(
                "random.seed",
                each(ALONG + "{random: {like: {difference: {toward: a, away: c}}, seed: %s}}}", "1", "2"));
    }

    private static void freezes(Map<String, List<String>> varied) {
        varied.put("freeze.freeze", each("{freeze: %s}", "attn.z", "[attn.z, attn.pattern]", "ln_final.scale"));
        varied.put("freeze.layers", each("{freeze: attn.z%s}", "", ", layers: [0]", ", layers: [0, 1]"));
        varied.put("freeze.heads", each("{freeze: attn.z%s}", "", ", heads: [L0H0]", ", heads: [L0H0, L0H1]"));
        varied.put("freeze.heads-from", each("{freeze: attn.z%s}", "", ", heads-from: {by: x, best: 1}"));
        varied.put("freeze.at", each("{freeze: attn.z, at: %s}", "everywhere", "END", "[S, END]"));
    }

    private static void steers(Map<String, List<String>> varied) {
        varied.put("steer.steer", each("{steer: %s, toward: a, away: b}", "resid_pre", "resid_post"));
        varied.put("steer.toward", each("{steer: resid_pre, toward: %s, away: c}", "a", "b"));
        varied.put("steer.away", each("{steer: resid_pre, toward: c, away: %s}", "a", "b"));
        varied.put("steer.along", each("{steer: resid_pre, along: {tensor: {file: f, name: %s}}}", "a", "b"));
        varied.put(
                "steer.mode", each("{steer: resid_pre, toward: a, away: b, mode: %s}", "add", "clamp", "project-out"));
        varied.put("steer.by", each("{steer: resid_pre, toward: a, away: b, by: %s}", "1.0", "2.0", "-2.0"));
        varied.put("steer.layer", each("{steer: resid_pre, toward: a, away: b%s}", "", ", layer: 0", ", layer: 1"));
        varied.put("steer.at", each("{steer: resid_pre, toward: a, away: b, at: %s}", "everywhere", "END", "[S, END]"));
    }

    private static void rankings(Map<String, List<String>> varied) {
        String by = "{patch-best: mlp.post, layer: 0, k: [1], by: {x: y}%s}";
        varied.put(
                "patch-best.patch-best", each("{patch-best: %s, layer: 0, k: [1], by: {x: y}}", "mlp.post", "attn.z"));
        varied.put("patch-best.layer", each("{patch-best: mlp.post, layer: %s, k: [1], by: {x: y}}", "0", "1"));
        varied.put("patch-best.k", each("{patch-best: mlp.post, layer: 0, k: [%s], by: {x: y}}", "1", "1, 4", "1..4"));
        varied.put(
                "patch-best.by",
                each("{patch-best: mlp.post, layer: 0, k: [1], by: %s}", "{x: y}", "{x: z}", "{w: y}"));
        varied.put("patch-best.order", each(by, "", ", order: lowest", ", order: size"));
        varied.put("patch-best.alone", each(by, "", ", alone: true"));
        varied.put("patch-best.at", each(by, "", ", at: END", ", at: [S, END]"));
        varied.put("patch-best.from", each(by, "", ", from: corrupted", ", from: unedited, after: x"));
        String drawn = "{patch-best: mlp.post, layer: 0, k: [1], random: {draws: %s, seed: %s}}";
        varied.put("patch-best.random", List.of(String.format(by, ""), String.format(drawn, 1, 1)));
        inTurn(varied, "random-orders", drawn, new String[] {"draws", "seed"}, new String[] {"1", "1"}, new String[] {
            "2", "2"
        });
    }

    private static void paths(Map<String, List<String>> varied, String word) {
        String from = "{" + word + ": %s, to: logits}";
        varied.put(word + "." + word, each("{" + word + ": %s, layers: [0], to: logits}", "attn.z", "mlp_out"));
        varied.put(word + ".over", each(from, "attn.z, over: [layer]", "attn.z, over: [layer, head]"));
        varied.put(word + ".layers", each(from, "attn.z, layers: [0]", "attn.z, layers: [0, 1]"));
        varied.put(word + ".heads", each(from, "attn.z, heads: [L0H0]", "attn.z, heads: [L0H1]"));
        varied.put(
                word + ".heads-from",
                each(from, "attn.z, heads: [L0H0]", "attn.z, heads: [L0H0], heads-from: {by: x, best: 1}"));
        varied.put(word + ".to", each("{" + word + ": embed, to: [%s]}", "logits", "L1H0.q", "L1H0.k", "L1.mlp_in"));
        varied.put(word + ".to-heads-from", each("{" + word + ": embed, to-heads-from: {by: x, best: %s}}", "1", "2"));
        varied.put(
                word + ".input",
                each("{" + word + ": embed, to-heads-from: {by: x, best: 1}, input: %s}", "q", "k", "v"));
        varied.put(word + ".from", each("{" + word + ": embed, to: logits, from: %s}", "clean", "corrupted"));
        varied.put(word + ".at", each("{" + word + ": embed, to: logits, at: %s}", "everywhere", "END", "[S, END]"));
    }

    private static List<String> each(String form, Object... values) {
        return Stream.of(values).map(value -> String.format(form, value)).toList();
    }

    private static void inTurn(
            Map<String, List<String>> varied,
            String word,
            String form,
            String[] options,
            String[] plain,
            String[] other) {
        for (int i = 0; i < options.length; i++) {
            Object[] changed = plain.clone();
            changed[i] = other[i];
            varied.put(
                    word + "." + options[i],
                    List.of(String.format(form, (Object[]) plain), String.format(form, changed)));
        }
    }

    @TestFactory
    Stream<DynamicTest> anOptionThatIsSetIsSaid() {
        return varied().entrySet().stream()
                .map(option -> DynamicTest.dynamicTest(option.getKey(), () -> {
                    List<String> words = option.getValue().stream()
                            .map(InterventionWordsTest::words)
                            .toList();
                    assertThat(words).doesNotHaveDuplicates().hasSizeGreaterThan(1);
                }));
    }

    /** A new option has to be varied above before it can be forgotten in the words. */
    @Test
    void everyOptionOfEveryInterventionIsVaried() {
        Set<String> options = new TreeSet<>();
        List<TypeCatalog.Entry> entries = new ArrayList<>(TypeCatalog.of(Intervention.class));
        entries.addAll(TypeCatalog.of(AblationValue.class));
        entries.addAll(TypeCatalog.of(DirectionChoice.class));
        entries.forEach(entry -> note(options, entry.word(), entry));
        note(options, "heads-from", TypeCatalog.ofRecord(Found.class));
        note(options, "edges-from", TypeCatalog.ofRecord(FoundEdges.class));
        note(options, "random-orders", TypeCatalog.ofRecord(PatchBest.Random.class));
        assertThat(new HashSet<>(varied().keySet())).containsExactlyInAnyOrderElementsOf(options);
    }

    private static void note(Set<String> options, String word, TypeCatalog.Entry entry) {
        entry.options().stream()
                .map(TypeCatalog.Option::key)
                .filter(key -> !TOLD_ELSEWHERE.contains(key))
                .forEach(key -> options.add(word + "." + key));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ablate: attn.z, heads: [L3H1, L2H0]}"
                        + "|`attn.z` of heads L3H1 and L2H0 at all positions replaced by zeros",
                "{ablate: attn.z, over: [layer, head], layers: [2, 3], with: {mean: {of: default}}}"
                        + "|`attn.z` of layers 2 and 3 and every head in turn at all positions replaced by its mean "
                        + "over"
                        + " the rows of `default`, one for each position",
                "{patch: resid_pre, over: [layer, pos]}"
                        + "|`resid_pre` of every layer in turn at every position in turn of the clean run written "
                        + "into the"
                        + " corrupted run",
                "{path-patch: attn.z, heads: [L0H1], to: [L1H0.q], at: S2}"
                        + "|`attn.z` of head L0H1 at position S2 as in the corrupted run, in the clean run, sent to L1H0.q"
                        + " only, other heads frozen and MLPs recomputed (freeze recipe)",
                "{steer: resid_pre, toward: a, away: b, by: 2.0, layer: 1, at: END}"
                        + "|`resid_pre` of layer 1 at position END plus 2.0 times the mean on `a` minus the mean on `b`",
                "{steer: resid_pre, toward: a, away: b, by: [-1, 2], layer: 1, at: END}"
                        + "|`resid_pre` of layer 1 at position END plus -1.0 and 2.0 in turn times the mean on `a` minus the"
                        + " mean on `b`",
            })
    void whatIsEditedAndWithWhatIsOneSentence(String yaml, String words) {
        assertThat(words(yaml)).isEqualTo(words);
    }

    private static String words(String yaml) {
        return Binder.bind(YamlTree.parse(yaml, "intervention"), Intervention.class)
                .value()
                .describe(Chosen.NOT_YET);
    }
}
