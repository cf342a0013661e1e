package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.model.planted.PlantedMemory;
import dev.loupe.optimize.PlanOptimizer;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import dev.loupe.result.sample.RowTable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Components that each row ranks by itself, against patches that name them one row at a time. */
class PatchBestTest {
    private static final int NEURONS = 64;
    private static final int[][] CLEAN = {{5, 9, 23, 2, 17, 8, 20}, {1, 2, 3, 4, 5, 6, 7}, {30, 2, 11, 4, 9, 1, 3}};
    private static final int[][] CORRUPTED = {{5, 9, 23, 2, 17, 8, 21}, {1, 2, 3, 4, 5, 9, 7}, {30, 2, 12, 4, 9, 1, 3}};

    @TempDir
    Path folder;

    private static String head(int... rows) {
        String clean =
                IntStream.of(rows).mapToObj(r -> Arrays.toString(CLEAN[r])).collect(Collectors.joining(", "));
        String other =
                IntStream.of(rows).mapToObj(r -> Arrays.toString(CORRUPTED[r])).collect(Collectors.joining(", "));
        int[] answers = {21, 21, 8};
        int[] wrongs = {4, 5, 9};
        return """
                loupe: 1
                model: {folder: "%s"}
                dataset:
                  pairs:
                    generator: tokens
                    ids: [%s]
                    corrupted: [%s]
                    answer: %s
                    wrong: %s
                metric: {ld: logit-difference}
                """.formatted(
                        Specs.HOME.resolve("tests/src/test/resources/parity/gpt2"),
                        clean,
                        other,
                        Arrays.toString(IntStream.of(rows).map(r -> answers[r]).toArray()),
                        Arrays.toString(IntStream.of(rows).map(r -> wrongs[r]).toArray()));
    }

    private RowTable table(String yaml, String name) {
        return Laboratory.table(folder, yaml, name);
    }

    private double[] rows(RowTable table) {
        return table.perRow();
    }

    @Test
    void everyRowIsPatchedAtItsOwnComponents() {
        String spec = head(0, 1, 2) + """
                intervention:
                  each: {patch: mlp.post, over: [neuron], layers: [1]}
                  whole: {patch: mlp.post, layers: [1]}
                  best: {patch-best: mlp.post, layer: 1, by: {exact: each, up: each}, k: [1, 3, %d]}
                  lowest: {patch-best: mlp.post, layer: 1, by: {exact: each}, k: [2], order: lowest}
                  alone: {patch-best: mlp.post, layer: 1, by: {exact: each}, k: [1, 2, 3], alone: true}
                measure:
                  each: {apply: each, read: ld}
                  whole: {apply: whole, read: ld}
                  best: {apply: best, read: ld}
                  lowest: {apply: lowest, read: ld}
                  alone: {apply: alone, read: ld}
                """.formatted(NEURONS);
        double[] each = rows(table(spec, "each"));
        double[] whole = rows(table(spec, "whole"));
        double[] best = rows(table(spec, "best"));
        double[] lowest = rows(table(spec, "lowest"));
        double[] alone = rows(table(spec, "alone"));
        for (int row = 0; row < 3; row++) {
            int base = row * NEURONS;
            List<Integer> order = IntStream.range(0, NEURONS)
                    .boxed()
                    .sorted(Comparator.comparingDouble(n -> -each[base + n]))
                    .toList();
            for (int rank = 0; rank < 3; rank++) {
                assertThat(alone[row * 3 + rank]).isEqualTo(each[base + order.get(rank)], within(1e-5));
            }
            assertThat(best[row * 6]).isEqualTo(alone[row * 3], within(1e-5));
            assertThat(best[row * 6 + 1]).isEqualTo(named(row, order.subList(0, 3)), within(1e-5));
            assertThat(best[row * 6 + 2]).isEqualTo(whole[row], within(1e-5));
            assertThat(best[row * 6 + 4]).isEqualTo(best[row * 6 + 1]);
            assertThat(lowest[row]).isEqualTo(named(row, order.subList(NEURONS - 2, NEURONS)), within(1e-5));
        }
    }

    /** One row by itself, patched at neurons that the spec names. */
    private double named(int row, List<Integer> neurons) {
        String names = neurons.stream().map(n -> "L1N" + n).collect(Collectors.joining(", "));
        return table(head(row) + """
                intervention: {few: {patch: mlp.post, neurons: [%s]}}
                measure: {few: {apply: few, read: ld}}
                """.formatted(names), "few").perRow()[0];
    }

    @Test
    void randomOrdersAreDrawnForEachRowAndEndAtAll() {
        String spec = head(0, 1, 2) + """
                intervention:
                  each: {patch: mlp.post, over: [neuron], layers: [1]}
                  whole: {patch: mlp.post, layers: [1]}
                  random: {patch-best: mlp.post, layer: 1, random: {draws: 20, seed: 3}, k: [1, %d]}
                measure:
                  each: {apply: each, read: ld}
                  whole: {apply: whole, read: ld}
                  random: {apply: random, read: ld}
                """.formatted(NEURONS);
        double[] each = rows(table(spec, "each"));
        double[] whole = rows(table(spec, "whole"));
        RowTable random = table(spec, "random");
        assertThat(random.axes().get(0).size()).isEqualTo(20);
        double[] values = rows(random);
        for (int row = 0; row < 3; row++) {
            double[] own = Arrays.copyOfRange(each, row * NEURONS, (row + 1) * NEURONS);
            double[] first = new double[20];
            for (int draw = 0; draw < 20; draw++) {
                double one = values[(row * 20 + draw) * 2];
                first[draw] = one;
                assertThat(Arrays.stream(own).map(x -> Math.abs(x - one)).min().getAsDouble())
                        .isLessThan(1e-5);
                assertThat(values[(row * 20 + draw) * 2 + 1]).isEqualTo(whole[row], within(1e-5));
            }
            assertThat(Arrays.stream(first).distinct().count()).isGreaterThan(10);
        }
    }

    @Test
    void rowsRecheckTheirOwnLargestEstimates() {
        String spec = head(0, 1, 2) + """
                intervention:
                  each: {patch: mlp.post, over: [neuron], layers: [1]}
                measure:
                  each: {apply: each, read: ld}
                  corrupted: {evaluate: ld, dataset: pairs/corrupted}
                  screen: {attribution-patching: mlp.post, over: [neuron], layers: [1], read: ld}
                  few: {attribution-patching: mlp.post, over: [neuron], layers: [1], read: ld, recheck: 5, per: row}
                  all: {attribution-patching: mlp.post, over: [neuron], layers: [1], read: ld, recheck: 64, per: row, show: agreement}
                  change: {attribution-patching: mlp.post, over: [neuron], layers: [1], read: ld, by: change}
                  points: {attribution-patching: mlp.post, over: [neuron], layers: [1], read: ld, recheck: 5, per: row, show: points}
                """;
        double[] each = rows(table(spec, "each"));
        double[] zero = rows(table(spec, "corrupted"));
        double[] screen = rows(table(spec, "screen"));
        double[] few = rows(table(spec, "few"));
        RowTable agreement = table(spec, "all");
        double[] points;
        try (Laboratory lab = new Laboratory(folder, spec)) {
            RunResult result = lab.result();
            points = Laboratory.numbers(result, "points").data();
            assertThat(Arrays.stream(Laboratory.numbers(result, "change").data()))
                    .allMatch(x -> x >= 0);
        }
        assertThat(points).hasSize(2 * 15);
        for (int row = 0; row < 3; row++) {
            int base = row * NEURONS;
            List<Integer> order = IntStream.range(0, NEURONS)
                    .boxed()
                    .sorted(Comparator.comparingDouble(n -> -screen[base + n]))
                    .toList();
            for (int n = 0; n < NEURONS; n++) {
                assertThat(few[2 * base + n]).isEqualTo(screen[base + n]);
                double exact = few[2 * base + NEURONS + n];
                if (order.indexOf(n) < 5) {
                    assertThat(exact).isEqualTo(each[base + n] - zero[row], within(1e-5));
                } else {
                    assertThat(exact).isNaN();
                }
            }
        }
        // In each row all 64 were run, and the mean over rows is what is shown.
        NamedArray shown = agreement.estimate();
        assertThat(shown.data()[0]).isEqualTo(64);
        double rho = 0;
        for (int row = 0; row < 3; row++) {
            int from = row * NEURONS;
            double[] effects = Arrays.stream(each, from, from + NEURONS).toArray();
            double[] estimates = Arrays.stream(screen, from, from + NEURONS).toArray();
            rho += spearman(effects, estimates) / 3;
        }
        assertThat(shown.data()[1]).isEqualTo(rho, within(.02));
    }

    /** Without ties. */
    private static double spearman(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double d = rank(a, i) - rank(b, i);
            sum += d * d;
        }
        double n = a.length;
        return 1 - 6 * sum / (n * (n * n - 1));
    }

    private static long rank(double[] values, int i) {
        return Arrays.stream(values).filter(x -> x < values[i]).count();
    }

    /** Rewritten plans give the plain plan's numbers, and rules do not take a ranking for something that forbids them. */
    @Test
    void optimizedPlansGiveTheSame() {
        String spec = head(0, 1, 2) + """
                intervention:
                  best: {patch-best: mlp.post, layer: 1, at: END, by: {exact: screen.exact, change: change}, k: [1, 3..4, 64]}
                  random: {patch-best: mlp.post, layer: 0, at: END, random: {draws: 3, seed: 1}, k: [2, 5]}
                measure:
                  screen: {attribution-patching: mlp.post, over: [neuron], layers: [1], at: END, read: ld, recheck: 4, per: row}
                  change: {attribution-patching: mlp.post, over: [neuron], layers: [1], at: END, read: ld, by: change}
                  best: {apply: best, read: ld, as: recovery}
                  random: {apply: random, read: ld, as: recovery}
                """;
        try (Laboratory lab = new Laboratory(folder, spec)) {
            ExecutionPlan plain = lab.plan();
            PlanOptimizer.Optimized optimized = PlanOptimizer.optimize(plain);
            assertThat(String.join("\n", optimized.did())).contains("resume at first edit", "batch sweep cells");
            var expected = lab.run(plain);
            var found = lab.run(optimized.plan());
            for (String name : List.of("screen", "change", "best", "random")) {
                double[] a = Laboratory.table(expected.get(name)).numerator();
                double[] b = Laboratory.table(found.get(name)).numerator();
                assertThat(b).as(name).containsExactly(a, within(1e-5));
            }
            assertThat(Laboratory.table(found.get("best"))
                            .estimate()
                            .at("by", 0)
                            .axis("k")
                            .labels())
                    .containsExactly("1", "3", "4", "64");
        }
    }

    /** Restoring under noise: all neurons of the MLP at once are its output. */
    @Test
    void restoresWhatAnEarlierInterventionChanged() {
        String spec = head(0, 1) + """
                intervention:
                  noise: {add-noise: END, sigma: 3.0, samples: 2, seed: 5}
                  all: {patch-best: mlp.post, layer: 1, at: END, random: {draws: 2, seed: 1}, k: [1, 64], from: unedited, after: noise}
                  whole: {patch: mlp_out, layers: [1], at: END, from: unedited, after: noise}
                measure:
                  all: {apply: all, read: ld}
                  whole: {apply: whole, read: ld}
                """;
        double[] all = rows(table(spec, "all"));
        double[] whole = rows(table(spec, "whole"));
        for (int row = 0; row < 2; row++) {
            assertThat(all[row * 4 + 1]).isEqualTo(whole[row], within(1e-4));
            assertThat(all[row * 4 + 3]).isEqualTo(whole[row], within(1e-4));
            assertThat(all[row * 4]).isNotEqualTo(whole[row]);
        }
    }

    @Test
    void headsRankToo() {
        String spec = head(0, 1) + """
                intervention:
                  each: {patch: attn.z, over: [head], layers: [0]}
                  first: {patch-best: attn.z, layer: 0, by: {h: each}, k: [1]}
                measure:
                  each: {apply: each, read: ld}
                  first: {apply: first, read: ld}
                """;
        double[] each = rows(table(spec, "each"));
        double[] first = rows(table(spec, "first"));
        int heads = each.length / 2;
        for (int row = 0; row < 2; row++) {
            double most =
                    Arrays.stream(each, row * heads, (row + 1) * heads).max().getAsDouble();
            assertThat(first[row]).isEqualTo(most, within(1e-5));
        }
    }

    /** The null's draws have the parts of the measurement, of which the exact one stays undefined. */
    @Test
    void aNullOfRandomDirectionsIsNotRechecked() {
        String spec = head(0, 1) + """
                measure:
                  screen: {attribution-patching: mlp.post, over: [neuron], layers: [1], read: ld, recheck: 3, per: row, chance: {random-directions: {times: 3, seed: 2}}}
                """;
        try (Laboratory lab = new Laboratory(folder, spec)) {
            RunResult result = lab.result();
            assertThat(Laboratory.numbers(result, "screen.estimate").data()).hasSize(NEURONS);
            assertThat(Laboratory.numbers(result, "screen.exact").data()).contains(Double.NaN);
        }
    }

    @Test
    void saysWhatCannotBeScreened() {
        String spec = head(0) + "measure: {x: {attribution-patching: %s}}\n";
        assertThatThrownBy(() ->
                        table(spec.formatted("mlp.post, over: [neuron], layers: [1], recheck: 2, show: points"), "x"))
                .hasMessageContaining("`per: row`");
        assertThatThrownBy(() ->
                        table(spec.formatted("mlp.post, over: [neuron], layers: [1], by: change, recheck: 2"), "x"))
                .hasMessageContaining("`recheck` has nothing to compare with");
        assertThatThrownBy(() ->
                        table(spec.formatted("mlp.post, over: [layer, neuron], read: ld, recheck: 2, per: row"), "x"))
                .hasMessageContaining("components of one layer");
    }

    @Test
    void saysWhatCannotRank() {
        String spec = head(0) + """
                intervention:
                  each: {patch: mlp.post, over: [neuron], layers: [1]}
                  layers: {patch: mlp_out, over: [layer]}
                  best: {patch-best: mlp.post, layer: 1, by: {x: %s}, k: [1]}
                measure:
                  each: {apply: each, read: ld}
                  layers: {apply: layers, read: ld}
                  best: {apply: best, read: ld}
                """;
        assertThatThrownBy(() -> table(spec.formatted("layers"), "best"))
                .hasMessageContaining("`layers` does not rank the 64 neurons of one layer");
        assertThatThrownBy(() -> table(spec.formatted("nothing"), "best"))
                .hasMessageContaining("no measurement `nothing`");
        assertThatThrownBy(() -> table(spec.formatted("best"), "best"))
                .hasMessageContaining("ranks the components that it edits itself");
        assertThatThrownBy(() -> table(spec.formatted("each.exact"), "best"))
                .hasMessageContaining("`each.exact` does not rank");
        assertThatThrownBy(() -> table(spec.formatted("each").replace("k: [1]", "k: [65]"), "best"))
                .hasMessageContaining("more than the 64 neurons");
        String elsewhere = spec.formatted("each")
                .replace(
                        "metric:",
                        "  others: {generator: tokens, ids: [[1, 2]], corrupted: [[3, 2]], answer: [4], wrong: [5]}\nmetric:")
                .replace("each: {apply: each, read: ld}", "each: {apply: each, read: ld, dataset: others}")
                .replace("best: {apply: best, read: ld}", "best: {apply: best, read: ld, dataset: pairs}");
        assertThatThrownBy(() -> table(elsewhere, "best"))
                .hasMessageContaining("whose clean rows differ from the clean rows of `pairs`");
    }

    /** A superposed memory, computed again in double precision from the neurons that fire, without any network. */
    @Test
    void aPlantedMemoryIsWhatItsNeuronsSay() {
        PlantedMemory planted = new PlantedMemory(PlantedMemory.Kind.SUPERPOSED_NEURONS, 3);
        String rows = "generator: tokens, ids: [[0, 36], [9, 36], [20, 36]], answer: [37, 46, 57], wrong: [38, 47, 58]";
        String spec = """
                loupe: 1
                model: {plant: superposed-neurons, seed: 3}
                dataset:
                  asked: {%s, corrupted: [[34, 36], [35, 36], [34, 36]]}
                  ranked: {%s, corrupted: [[32, 36], [33, 36], [32, 36]]}
                metric: {ld: logit-difference}
                intervention:
                  best: {patch-best: mlp.post, layer: 0, by: {exact: screen.exact, change: change}, k: 1..64}
                measure:
                  best: {apply: best, read: ld, as: recovery, dataset: asked}
                  screen: {attribution-patching: mlp.post, over: [neuron], layers: [0], read: ld, recheck: 64, per: row, dataset: ranked}
                  change: {attribution-patching: mlp.post, over: [neuron], layers: [0], read: ld, by: change, dataset: ranked}
                """.formatted(rows, rows);
        double[] found = table(spec, "best").estimate().data();
        int[] subjects = {0, 9, 20};
        int[] ranks = {32, 33, 32};
        int[] asks = {34, 35, 34};
        for (int by = 0; by < 2; by++) {
            for (int k = 1; k <= 64; k++) {
                double above = 0;
                double below = 0;
                for (int row = 0; row < 3; row++) {
                    double[] clean = fires(planted, subjects[row]);
                    List<Integer> order = ranked(planted, subjects[row], fires(planted, ranks[row]), by == 1);
                    double[] corrupted = fires(planted, asks[row]);
                    double[] patched = corrupted.clone();
                    order.subList(0, k).forEach(n -> patched[n] = clean[n]);
                    double zero = difference(planted, subjects[row], corrupted);
                    above += difference(planted, subjects[row], patched) - zero;
                    below += difference(planted, subjects[row], clean) - zero;
                }
                assertThat(found[by * 64 + k - 1]).as("by %d, k %d", by, k).isEqualTo(above / below, within(1e-5));
            }
        }
    }

    private static double[] fires(PlantedMemory planted, int subject) {
        double[] on = new double[64];
        Arrays.stream(planted.firing(subject)).forEach(n -> on[n] = 1);
        return on;
    }

    /** Four logits for a whole answer, an eighth of it from each of its neurons, against the next subject's answer. */
    private static double difference(PlantedMemory planted, int subject, double[] on) {
        double right =
                Arrays.stream(planted.firing(subject)).mapToDouble(n -> on[n]).sum();
        double wrong = Arrays.stream(planted.firing(subject + 1))
                .mapToDouble(n -> on[n])
                .sum();
        return 4 * (right - wrong) / 8;
    }

    private static List<Integer> ranked(PlantedMemory planted, int subject, double[] corrupted, boolean change) {
        double[] clean = fires(planted, subject);
        double[] score = new double[64];
        for (int n = 0; n < 64; n++) {
            double[] one = corrupted.clone();
            one[n] = clean[n];
            score[n] = change
                    ? Math.abs(clean[n] - corrupted[n])
                    : difference(planted, subject, one) - difference(planted, subject, corrupted);
        }
        return IntStream.range(0, 64)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer n) -> -score[n]).thenComparing(Comparator.naturalOrder()))
                .toList();
    }
}
