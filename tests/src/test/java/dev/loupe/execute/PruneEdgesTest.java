package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.execute.keep.ValueStore;
import dev.loupe.execute.step.CircuitReader;
import dev.loupe.execute.step.Pruning;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.CircuitRuns;
import dev.loupe.plan.Forward;
import dev.loupe.plan.LoadModel;
import dev.loupe.plan.PlanBuilder;
import dev.loupe.plan.Prune;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.EdgeGraph;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.IncomingEdges;
import dev.loupe.progress.Progress;
import dev.loupe.resolve.Specs;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.sample.RowTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PruneEdgesTest {
    private static final Path PARITY = Specs.HOME.resolve("tests/src/test/resources/parity");
    private static final String SIGNS = """
            dataset:
              generator: tokens
              ids: [[1, 4, 6], [2, 4, 6], [1, 5, 6], [2, 5, 6]]
              corrupted: [[3, 4, 6], [3, 4, 6], [3, 5, 6], [3, 5, 6]]
              answer: [7, 8, 7, 8]
              wrong: [8, 7, 8, 7]
            metric: logit-difference
            """;
    private static final String ROWS = """
            dataset: {generator: tokens, ids: [[3, 1, 4, 1, 5], [2, 7, 1, 8, 2], [1, 6, 1, 8, 0]],
              corrupted: [[3, 2, 4, 7, 5], [2, 7, 6, 8, 11], [5, 6, 12, 8, 0]], answer: [1, 2, 3], wrong: [4, 5, 6]}
            metric: logit-difference
            """;

    @TempDir
    Path folder;

    private Laboratory lab(String model, String rest) {
        String data = model.startsWith("plant") ? SIGNS : ROWS;
        String what = model.startsWith("plant") ? model : "folder: \"" + PARITY.resolve(model) + "\"";
        return new Laboratory(folder, "loupe: 1\nmodel: {" + what + "}\n" + data + rest);
    }

    private RunResult run(String model, String rest) {
        try (Laboratory lab = lab(model, rest)) {
            return lab.result();
        }
    }

    private static Set<String> circuit(RunResult result, String name) {
        NamedArray kept = Laboratory.numbers(result, name);
        Set<String> edges = new TreeSet<>();
        for (int i = 0; i < kept.data().length; i++) {
            if (kept.data()[i] == 1) {
                int[] at = kept.coordinates(i);
                edges.add(kept.axes().get(0).labels().get(at[0]) + "->"
                        + kept.axes().get(1).labels().get(at[1]));
            }
        }
        return edges;
    }

    private static double of(RunResult result, String name, String label) {
        NamedArray numbers = Laboratory.numbers(result, name);
        return numbers.data()[numbers.axes().get(0).labels().indexOf(label)];
    }

    /** What each of two heads does, either suffices, both are needed, one takes out what another wrote. */
    @ParameterizedTest
    @CsvSource({
        "control, embed->L0H0.v L0H0->logits embed->L0H1.v L0H1->logits",
        // What L0H0 writes twice over and L1H0 takes out again cancels, so where it comes from does not matter.
        "erasure, L0H0->logits L0H0->L1H0.v L1H0->logits embed->L0H1.v L0H1->logits",
        "and-gate, embed->L0H0.v L0H0->L0.mlp_in embed->L0H1.v L0H1->L0.mlp_in 0_mlp_out->logits",
        "dead-value, embed->L0H1.v L0H1->logits",
        // Of two that each suffice it keeps the one that is tried last.
        "or-gate, embed->L0H0.v L0H0->L0.mlp_in 0_mlp_out->logits"
    })
    void plantedCircuitsAreFoundToTheEdge(String plant, String edges) {
        RunResult result = run("plant: " + plant, "measure: {c: {prune-edges: 0.01}}");
        assertThat(circuit(result, "c.kept")).isEqualTo(new TreeSet<>(List.of(edges.split(" "))));
    }

    /** Every decision once more, by a run of its own and without any shortcut. */
    @ParameterizedTest
    @CsvSource({"gpt2, .1, read: default", "gpt-neox, .05, read: default", "llama-gqa, .05, kl-at: END"})
    void everyDecisionIsThatOfARealRun(String model, double tolerance, String reading) {
        try (Laboratory lab = lab(model, "measure: {c: {prune-edges: %s, %s}}".formatted(tolerance, reading))) {
            Prune prune = prune(lab);
            RowTable value = pruning(lab, prune, 32).run();
            CircuitReader plain = new CircuitReader(prune.runs(), prune.measure(), lab::run);
            EdgeGraph graph = prune.runs().graph();
            int width = value.width() / 3;
            Set<Integer> removed = new TreeSet<>();
            double last = plain.whole().estimate().value();
            int kept = 0;
            int free = 0;
            for (int edge : graph.fromTheLogits()) {
                removed.add(edge);
                double now =
                        plain.without(List.of(removed)).at("cell", 0).estimate().value();
                boolean goes =
                        (prune.measure() == Prune.Measure.METRIC ? Math.abs(now - last) : now - last) < tolerance;
                assertThat(value.numerator()[edge]).as(graph.name(edge)).isEqualTo(goes ? 0 : 1);
                assertThat(value.estimate().data()[width + edge])
                        .as(graph.name(edge))
                        .isEqualTo(now - last, within(1e-4));
                free += value.numerator()[2 * width + edge] == 0 ? 1 : 0;
                if (goes) {
                    last = now;
                } else {
                    removed.remove(edge);
                    kept++;
                }
            }
            assertThat(kept).isBetween(3, graph.edges().size() - 3);
            // Edges that nothing reads any more went without a run; the loop above held that none made a difference.
            assertThat(free > 0).isEqualTo(!model.equals("gpt-neox"));
            double runs = Arrays.stream(value.estimate().data(), 2 * width, 3 * width)
                    .filter(n -> n > 0)
                    .sum();
            assertThat(runs).isLessThanOrEqualTo(prune.mostRuns());
            // One at a time: as many runs as edges that are read, and the same circuit.
            RowTable slow = pruning(lab, prune, 1).run();
            assertThat(Arrays.copyOf(slow.numerator(), width)).isEqualTo(Arrays.copyOf(value.numerator(), width));
            assertThat(Arrays.stream(slow.estimate().data(), 2 * width, 3 * width)
                            .filter(n -> n > 0)
                            .sum())
                    .isEqualTo(graph.edges().size() - free);
        }
    }

    /** With norms on what heads write, without, in parallel: the patched edges listed, or those that are not, in one batch. */
    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama-gqa", "gpt-neox", "gemma2", "tl-attn-only"})
    void edgesThatAreNotPatchedSayTheSameAsThoseThatAre(String model) {
        try (Laboratory lab = lab(model, "measure: {c: {prune-edges: 0.1}}")) {
            CircuitRuns runs = prune(lab).runs();
            List<Integer> edges = new ArrayList<>(runs.graph().edges());
            Collections.shuffle(edges, new Random(5));
            List<Integer> most = edges.subList(0, edges.size() * 4 / 5);
            List<Integer> half = edges.subList(0, edges.size() * 3 / 5);
            List<List<Edit>> cells = new ArrayList<>();
            for (List<Integer> patched : List.of(most, half, edges)) {
                cells.add(runs.graph().patching(patched, 0, Integer.MAX_VALUE));
                cells.add(runs.graph().patching(patched, 0, 0));
            }
            cells.add(List.of());
            assertThat(cells.get(0)).noneMatch(PruneEdgesTest::others);
            assertThat(cells.get(1)).anyMatch(PruneEdgesTest::others);
            // Of all edges none is left, and every point has an edit all the same.
            assertThat(cells.get(5)).hasSameSizeAs(cells.get(4)).allMatch(PruneEdgesTest::others);
            double[] values = values(lab, runs, cells);
            assertThat(values[1]).isEqualTo(values[0], within(1e-5));
            assertThat(values[3]).isEqualTo(values[2], within(1e-5));
            assertThat(values[5]).isEqualTo(values[4], within(1e-5));
            CircuitReader plain = new CircuitReader(runs, Prune.Measure.METRIC, lab::run);
            assertThat(values[6]).isEqualTo(plain.whole().estimate().value(), within(1e-5));
            assertThat(Arrays.stream(new double[] {values[0], values[2], values[4], values[6]})
                            .map(x -> Math.round(1e3 * x))
                            .distinct())
                    .hasSize(4);
        }
    }

    private static boolean others(Edit edit) {
        return ((IncomingEdges) edit.value()).others();
    }

    /** What is read with each of these edits, from one batch. */
    private static double[] values(Laboratory lab, CircuitRuns runs, List<List<Edit>> edits) {
        PlanBuilder plan = new PlanBuilder();
        int load = plan.add(id -> new LoadModel(id, runs.model()));
        List<HookPoint> outputs =
                EdgeGraph.outputs(edits.stream().flatMap(List::stream).toList());
        int donor = plan.add(id ->
                Forward.whole(id, load, runs.model(), runs.source(), List.of(Cell.CLEAN), outputs, LogitsRead.NONE));
        List<Cell> cells = new ArrayList<>();
        for (List<Edit> each : edits) {
            cells.add(new Cell(
                    cells.size(), each.stream().map(e -> e.renamed(id -> donor)).toList()));
        }
        List<HookPoint> captures = runs.reading().captures(runs.model().shape());
        int run = plan.add(id -> Forward.whole(
                id,
                load,
                runs.model(),
                runs.edited(),
                cells,
                captures,
                runs.reading().logits()));
        plan.output(
                "values",
                plan.add(id ->
                        new ReadRows(id, runs.reading(), List.of(run), List.of(Axis.counted("cell", cells.size())))));
        return Laboratory.table(Objects.requireNonNull(lab.run(plan.build()).get("values")))
                .estimate()
                .data();
    }

    private static Prune prune(Laboratory lab) {
        return lab.plan().steps().stream()
                .filter(Prune.class::isInstance)
                .map(Prune.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Pruning pruning(Laboratory lab, Prune prune, int most) {
        return new Pruning(prune, new CircuitReader(prune.runs(), prune.measure(), lab::run), Progress.silent(), most);
    }

    @Test
    void theSummaryIsWhatRunsOfItsPartsGive() {
        RunResult result = run("gpt2", """
                intervention:
                  rest: {patch-edges: [], edges-from: {by: c.kept, above: 0.5}, others: true}
                measure:
                  whole: {evaluate: default}
                  corrupted: {evaluate: default, dataset: default/corrupted}
                  c: {prune-edges: 0.05}
                  s: {prune-edges: 0.05, show: summary}
                  f: {prune-edges: 0.05, show: faithfulness, chance: {random-circuits: {times: 5, seed: 3}}}
                  alone: {apply: rest, read: default}
                """);
        double whole = Laboratory.numbers(result, "whole").value();
        double corrupted = Laboratory.numbers(result, "corrupted").value();
        double alone = Laboratory.numbers(result, "alone").value();
        int kept = circuit(result, "c.kept").size();
        assertThat(of(result, "s", "whole model")).isEqualTo(whole, within(1e-6));
        assertThat(of(result, "s", "corrupted")).isEqualTo(corrupted, within(1e-6));
        assertThat(of(result, "s", "circuit")).isEqualTo(alone, within(1e-5));
        assertThat(of(result, "s", "kept")).isEqualTo(kept);
        assertThat(of(result, "s", "edges"))
                .isEqualTo(Arrays.stream(Laboratory.numbers(result, "c.kept").data())
                        .filter(x -> !Double.isNaN(x))
                        .count());
        double faithfulness = (alone - corrupted) / (whole - corrupted);
        assertThat(of(result, "s", "faithfulness")).isEqualTo(faithfulness, within(1e-4));
        Quantity f = (Quantity) result.artifacts().stream()
                .filter(a -> a.name().equals("f"))
                .findFirst()
                .orElseThrow();
        assertThat(f.estimate().value()).isEqualTo(faithfulness, within(1e-4));
        assertThat(Objects.requireNonNull(f.chance()).draws()).hasSize(5).doesNotHaveDuplicates();
        assertThat(Objects.requireNonNull(f.interval()).low().value()).isLessThanOrEqualTo(faithfulness);
    }

    @Test
    void aToleranceBeyondEverythingLeavesNothingAndOneOfNothingLeavesTheModel() {
        RunResult result = run("llama-gqa", """
                measure:
                  all: {prune-edges: 1000, show: summary}
                  none: {prune-edges: 1.0e-9, show: summary}
                  kl: {prune-edges: 1000, kl-at: END, show: summary}
                """);
        assertThat(of(result, "all", "kept")).isZero();
        assertThat(of(result, "all", "faithfulness")).isEqualTo(0, within(1e-5));
        assertThat(of(result, "all", "circuit")).isEqualTo(of(result, "all", "corrupted"), within(1e-5));
        assertThat(of(result, "none", "faithfulness")).isEqualTo(1, within(1e-4));
        assertThat(of(result, "kl", "whole model")).isEqualTo(0, within(1e-9));
        assertThat(of(result, "kl", "corrupted")).isPositive();
        assertThat(of(result, "kl", "circuit")).isEqualTo(of(result, "kl", "corrupted"), within(1e-5));
    }

    @Test
    void onlyEdgesOfAnEarlierResultAreTried() {
        RunResult result = run("gpt2", """
                intervention:
                  found: {patch-edges: [], edges-from: {by: e, best: 30}, others: true}
                measure:
                  e: {edge-attribution: EAP}
                  found: {apply: found, read: default}
                  c: {prune-edges: 1.0e-9, edges-from: {by: e, best: 30}}
                  s: {prune-edges: 1.0e-9, edges-from: {by: e, best: 30}, show: summary}
                """);
        double[] effect = Laboratory.numbers(result, "c.effect").data();
        double[] estimate = Laboratory.numbers(result, "e").data();
        double least = Arrays.stream(estimate)
                .map(Math::abs)
                .filter(x -> x >= 0)
                .sorted()
                .toArray()[
                (int) Arrays.stream(estimate).filter(x -> !Double.isNaN(x)).count() - 30];
        int tried = 0;
        for (int i = 0; i < effect.length; i++) {
            assertThat(Double.isNaN(effect[i])).isEqualTo(!(Math.abs(estimate[i]) >= least));
            tried += Double.isNaN(effect[i]) ? 0 : 1;
        }
        assertThat(tried).isEqualTo(30);
        assertThat(circuit(result, "c.kept").size()).isBetween(10, 30);
        assertThat(of(result, "s", "circuit"))
                .isEqualTo(Laboratory.numbers(result, "found").value(), within(1e-4));
    }

    /** Stopped in the middle it takes up what it had, run by run. */
    @Test
    void whatWasRunBeforeAStopIsNotRunAgain() {
        Map<String, StepValue> kept = new HashMap<>();
        List<String> found = new ArrayList<>();
        ValueStore store = new ValueStore() {
            @Override
            public Optional<StepValue> find(String key) {
                StepValue value = kept.get(key);
                if (value != null) {
                    found.add(key);
                }
                return Optional.ofNullable(value);
            }

            @Override
            public void store(String key, StepValue value) {
                kept.put(key, value);
                if (kept.size() == 9 && found.isEmpty()) {
                    throw new IllegalStateException("power cut");
                }
            }
        };
        try (Laboratory lab = lab("gpt2", "measure: {c: {prune-edges: 0.05}}")) {
            assertThatThrownBy(() -> lab.run(lab.plan(), store)).hasMessage("power cut");
            assertThat(kept).hasSize(9);
            RowTable after = Laboratory.table(
                    Objects.requireNonNull(lab.run(lab.plan(), store).get("c")));
            assertThat(found).hasSize(9);
            assertThat(after)
                    .isEqualTo(Laboratory.table(
                            Objects.requireNonNull(lab.run(lab.plan()).get("c"))));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'{prune-edges: 0}', tolerance of `prune-edges` must be greater than 0",
        "'{prune-edges: 0.1, kl-at: START}', no named position `START`",
        "'{prune-edges: 0.1, chance: {random-circuits: {times: 5, seed: 1}}}', null for `prune-edges` with `show: faithfulness`",
        "'{prune-edges: 0.1, read: nothing}', there is no metric `nothing`"
    })
    void badSpecsAreToldBeforeAnythingRuns(String measure, String message) {
        assertThatThrownBy(() -> lab("gpt2", "measure: {c: " + measure + "}")).hasMessageContaining(message);
    }
}
