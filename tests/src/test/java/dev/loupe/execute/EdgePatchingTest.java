package dev.loupe.execute;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.optimize.PlanOptimizer;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many edges in one run, against what else gives the same numbers. */
class EdgePatchingTest {
    private static final Path PARITY = Specs.HOME.resolve("tests/src/test/resources/parity");
    private static final String ROWS = """
            dataset: {generator: tokens, ids: [[3, 1, 4, 1, 5, 9], [2, 7, 1, 8, 2, 8], [1, 6, 1, 8, 0, 3]],
              corrupted: [[3, 2, 4, 7, 5, 9], [2, 7, 6, 8, 11, 4], [5, 6, 12, 8, 0, 3]], answer: [1, 2, 3], wrong: [4, 5, 6]}
            metric: {logit-difference: {at: END}}
            """;

    @TempDir
    Path folder;

    /** The context of this one has three positions. */
    private static final String SHORT = """
            dataset: {generator: tokens, ids: [[3, 1, 4], [2, 7, 1]], corrupted: [[3, 2, 4], [6, 7, 5]], answer: [1, 2], wrong: [4, 5]}
            metric: {logit-difference: {at: END}}
            """;

    private RunResult run(String model, String rest) {
        String rows = model.equals("tl-relu-no-norm") ? SHORT : ROWS;
        try (Laboratory lab = new Laboratory(
                folder, "loupe: 1\nmodel: {folder: \"" + PARITY.resolve(model) + "\"}\n" + rows + rest)) {
            return lab.result();
        }
    }

    private static double value(RunResult result, String name) {
        return Laboratory.numbers(result, name).value();
    }

    /** LayerNorm, RMS norm, none; grouped queries; attention and MLP in parallel; local attention; no MLPs; shortformer. */
    @ParameterizedTest
    @ValueSource(
            strings = {"gpt2", "llama-gqa", "gpt-neox", "gpt-neo-local", "tl-attn-only", "tl-relu-no-norm", "tl-solu"})
    void noEdgeIsTheRunItselfAndAllAreTheOtherHalf(String model) {
        RunResult result = run(model, """
                intervention:
                  none: {patch-edges: []}
                  all: {patch-edges: [], others: true}
                  none-clean: {patch-edges: [], from: clean}
                  all-clean: {patch-edges: [], others: true, from: clean}
                measure:
                  clean: {evaluate: default}
                  corrupted: {evaluate: default, dataset: default/corrupted}
                  none: {apply: none, read: default}
                  all: {apply: all, read: default}
                  none-clean: {apply: none-clean, read: default}
                  all-clean: {apply: all-clean, read: default}
                """);
        double clean = value(result, "clean");
        double corrupted = value(result, "corrupted");
        assertThat(Math.abs(clean - corrupted)).isGreaterThan(1e-3);
        assertThat(value(result, "none")).isEqualTo(clean, within(1e-6));
        assertThat(value(result, "none-clean")).isEqualTo(corrupted, within(1e-6));
        assertThat(value(result, "all")).isEqualTo(corrupted, within(1e-5));
        assertThat(value(result, "all-clean")).isEqualTo(clean, within(1e-5));
    }

    /** All edges of one reader are that reader's activation; all edges of one writer are the writer's. */
    @ParameterizedTest
    @CsvSource({
        "gpt2, 'embed L0H0 L0H1 L0H2 L0H3 L0.mlp', L1H2.q, 'attn.q, heads: [L1H2]'",
        "llama-gqa, 'embed L0H0 L0H1 L0H2 L0H3 L0.mlp', L1H1.k, 'attn.k, heads: [L1H1]'",
        "gpt-neox, 'embed L0H0 L0H1 L0H2 L0H3 L0.mlp', L1.mlp, 'mlp_out, layers: [1]'",
        "tl-solu, 'embed L0H0 L0H1 L0H2 L0H3', L0.mlp, 'mlp_out, layers: [0]'",
    })
    void allEdgesIntoAReaderAreItsActivation(String model, String senders, String reader, String patch) {
        List<String> edges = new ArrayList<>();
        for (String sender : senders.split(" ")) {
            edges.add(sender + "->" + reader);
        }
        RunResult result = run(model, """
                intervention:
                  edges: {patch-edges: %s}
                  whole: {patch: %s, from: corrupted}
                measure:
                  clean: {evaluate: default}
                  edges: {apply: edges, read: default}
                  whole: {apply: whole, read: default}
                """.formatted(edges, patch));
        assertThat(value(result, "whole")).isNotCloseTo(value(result, "clean"), within(1e-4));
        assertThat(value(result, "edges")).isEqualTo(value(result, "whole"), within(1e-5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama-gqa", "gpt-neox"})
    void allEdgesOfAWriterAreItsActivation(String model) {
        List<String> edges = new ArrayList<>(List.of("L0H1->logits", "L0H1->L1.mlp"));
        for (int head = 0; head < 4; head++) {
            edges.add("L0H1->L1H" + head + ".q");
            // Two queries share a key-value head, which is one reader by either name.
            edges.add("L0H1->L1H" + head + ".k");
            edges.add("L0H1->L1H" + head + ".v");
        }
        if (!model.equals("gpt-neox")) {
            edges.add("L0H1->L0.mlp");
        }
        RunResult result = run(model, """
                intervention:
                  edges: {patch-edges: %s}
                  whole: {patch: attn.z, heads: [L0H1], from: corrupted}
                measure:
                  edges: {apply: edges, read: default}
                  whole: {apply: whole, read: default}
                """.formatted(edges));
        assertThat(value(result, "edges")).isEqualTo(value(result, "whole"), within(1e-5));
    }

    /** The recheck of edge attribution patches one edge by another road, path patching with everything between held. */
    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama-gqa"})
    void oneEdgeIsWhatPathPatchingGives(String model) {
        StringBuilder edits = new StringBuilder("intervention:\n");
        StringBuilder measures = new StringBuilder(
                "measure:\n  clean: {evaluate: default}\n  e: {edge-attribution: EAP, recheck: 1000}\n");
        List<String> edges = List.of(
                "embed->L0H1.v", "embed->logits", "L0H2->L0.mlp", "0_mlp_out->L1H1.k", "L1H3->logits", "L0H0->L1H2.q");
        for (int i = 0; i < edges.size(); i++) {
            edits.append("  x%d: {patch-edges: %s}\n".formatted(i, edges.get(i)));
            measures.append("  x%d: {apply: x%d, read: default}\n".formatted(i, i));
        }
        RunResult result = run(model, edits.toString() + measures);
        NamedArray exact = Laboratory.numbers(result, "e.exact");
        for (int i = 0; i < edges.size(); i++) {
            String[] ends = edges.get(i).replace("L0.mlp", "L0.mlp_in").split("->");
            int up = exact.axis("upstream").labels().indexOf(ends[0]);
            String end = model.equals("llama-gqa")
                    ? ends[1].replace("L0H1.v", "L0KV0.v").replace("L1H1.k", "L1KV0.k")
                    : ends[1];
            int down = exact.axis("downstream").labels().indexOf(end);
            assertThat(value(result, "x" + i) - value(result, "clean"))
                    .as(edges.get(i))
                    .isEqualTo(exact.data()[up * exact.axis("downstream").size() + down], within(1e-5));
        }
    }

    @Test
    void edgesOfAnEarlierResultAreSweptBySize() {
        RunResult result = run("gpt2", """
                intervention:
                  circuit: {patch-edges: [], edges-from: {by: e, best: [0, 5, 30, 400]}, from: clean}
                  rest: {patch-edges: [], edges-from: {by: e, best: 400}, others: true}
                measure:
                  clean: {evaluate: default}
                  corrupted: {evaluate: default, dataset: default/corrupted}
                  e: {edge-attribution: EAP}
                  circuit: {apply: circuit, read: default}
                  rest: {apply: rest, read: default}
                """);
        NamedArray circuit = Laboratory.numbers(result, "circuit");
        assertThat(circuit.axis("edges").labels()).containsExactly("0", "5", "30", "400");
        assertThat(circuit.data()[0]).isEqualTo(value(result, "corrupted"), within(1e-6));
        assertThat(circuit.data()[1]).isNotCloseTo(circuit.data()[2], within(1e-6));
        // 400 are more than there are.
        assertThat(circuit.data()[3]).isEqualTo(value(result, "clean"), within(1e-5));
        assertThat(value(result, "rest")).isEqualTo(value(result, "clean"), within(1e-5));
    }

    @Test
    void aRunMayHaveOtherEditsBefore() {
        RunResult result = run("gpt2", """
                intervention:
                  off: {ablate: attn.z, heads: [L0H1, L1H0]}
                  edges: {patch-edges: [], others: true, after: off}
                measure:
                  corrupted: {evaluate: default, dataset: default/corrupted}
                  both: {apply: edges, read: default}
                """);
        // What a start writes counts as it is in the edited run, so an ablated head's edges carry the other half's too.
        assertThat(value(result, "both")).isEqualTo(value(result, "corrupted"), within(1e-5));
    }

    @ParameterizedTest
    @CsvSource({
        "L0H9->logits, the model has no edge `L0H9->logits`",
        "L1H0->L0H1.q, the upstream component must come before the downstream one",
        "L0H0->L0H1.q, the upstream component must come before the downstream one",
        "L0H0, an edge is written",
        "L0H0->L1H0, a path ends at"
    })
    void badEdgesAreToldBeforeAnythingRuns(String edge, String message) {
        assertThatThrownBy(() -> run("gpt2", """
                intervention: {e: {patch-edges: "%s"}}
                measure: {e: {apply: e, read: default}}
                """.formatted(edge))).hasMessageContaining(message);
    }

    /** Starts from before the block where a run is taken up are those of the clean run. */
    @Test
    void lateReadersLeaveEarlierBlocksToTheCleanRun() {
        try (Laboratory lab = new Laboratory(
                folder,
                "loupe: 1\nmodel: {folder: \"" + PARITY.resolve("gpt2") + "\"}\n" + ROWS
                        + "intervention: {e: {patch-edges: [embed->L1H1.v, L0H2->L1.mlp, L1H3->logits]}}\n"
                        + "measure: {clean: {evaluate: default}, e: {apply: e, read: default}}\n")) {
            ExecutionPlan plan = PlanOptimizer.optimize(lab.plan()).plan();
            Forward edited = plan.steps().stream()
                    .filter(s -> s instanceof Forward f && !f.clean())
                    .map(Forward.class::cast)
                    .findFirst()
                    .orElseThrow();
            assertThat(edited.startLayer()).isEqualTo(1);
            assertThat(edited.needed())
                    .containsExactlyInAnyOrder(
                            HookPoint.of(Site.RESID_PRE, 1), HookPoint.of(Site.EMBED), HookPoint.of(Site.RESULT, 0));
            assertThat(Laboratory.table(requireNonNull(lab.run(plan).get("e")))
                            .estimate()
                            .value())
                    .isEqualTo(
                            Laboratory.table(requireNonNull(lab.run(lab.plan()).get("e")))
                                    .estimate()
                                    .value(),
                            within(1e-5));
        }
    }

    /** Sets of edges drawn at random, by the plan as it is and by the optimized one. */
    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama-gqa", "gpt-neox"})
    void edgesInOneBatchOrAloneGiveTheSame(String model) {
        Random random = new Random(model.hashCode());
        List<Integer> sizes = random.ints(1, 150).distinct().limit(9).boxed().toList();
        RunResult together = run(model, """
                intervention: {c: {patch-edges: [], edges-from: {by: e, best: %s}}}
                measure:
                  e: {edge-attribution: EAP, chance: {random-directions: {times: 2, seed: 1}}}
                  c: {apply: c, read: default}
                """.formatted(sizes));
        for (int i = 0; i < 3; i++) {
            RunResult alone = run(model, """
                    intervention: {c: {patch-edges: [], edges-from: {by: e, best: %d}}}
                    measure: {e: {edge-attribution: EAP}, c: {apply: c, read: default}}
                    """.formatted(sizes.get(i)));
            assertThat(Laboratory.numbers(together, "c").data()[i]).isEqualTo(value(alone, "c"), within(1e-5));
        }
    }
}
