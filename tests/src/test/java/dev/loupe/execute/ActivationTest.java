package dev.loupe.execute;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.direction.MeanActivation;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.model.planted.PlantedMemory;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Summarise;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.sample.RowTable;
import dev.loupe.schema.problem.SpecException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Neurons are read as they are in the run, edits included. */
class ActivationTest {
    private static final String MODEL = """
            loupe: 1
            model: {plant: superposed-neurons, seed: 3}
            dataset: {generator: tokens, ids: [[3, 36, 5], [4, 1, 36], [36, 30, 34], [33, 7, 7], [9, 36, 2]]}
            """;

    @TempDir
    Path folder;

    private RowTable read(String metric) {
        return table(MODEL, metric);
    }

    /** The mean activation of every neuron at every position, by the step that interventions use. */
    private double[][] means() {
        String yaml =
                MODEL + "metric: {act: {activation: mlp.post, neurons: [L0N0]}}\nmeasure: {act: {evaluate: act}}\n";
        try (Laboratory lab = new Laboratory(folder, yaml)) {
            List<PlanStep> steps = new ArrayList<>(lab.plan().steps());
            int run = steps.stream()
                    .filter(Forward.class::isInstance)
                    .findFirst()
                    .orElseThrow()
                    .id();
            MeanActivation each = new MeanActivation(HookPoint.of(Site.MLP_POST, 0), MeanActivation.Form.EACH_POSITION);
            steps.add(new Summarise(99, each, run));
            Map<String, Integer> outputs = new LinkedHashMap<>(Map.of("mean", 99));
            StepValue.Activation mean = (StepValue.Activation)
                    requireNonNull(lab.run(new ExecutionPlan(steps, outputs)).get("mean"));
            double[][] out = new double[3][64];
            for (int i = 0; i < mean.data().length; i++) {
                out[i / 64][i % 64] = mean.data()[i];
            }
            return out;
        }
    }

    @Test
    void theMeanIsThatOfAllPositionsOfAllRows() {
        double[][] means = means();
        RowTable table = read("{activation: mlp.post, neurons: [L0N0, L0N17, L1N3]}");
        assertThat(table.axes().get(0).name()).isEqualTo("neuron");
        assertThat(table.axes().get(0).labels()).containsExactly("L0N0", "L0N17", "L1N3");
        for (int k = 0; k < 2; k++) {
            int neuron = new int[] {0, 17}[k];
            double mean = 0;
            for (double[] position : means) {
                mean += position[neuron] / 3;
            }
            assertThat(table.estimate().data()[k]).isEqualTo(mean, within(1e-6));
        }
        assertThat(table.estimate().data()).doesNotHaveDuplicates();
    }

    /** In this memory a subject fires its own neurons with 1 and no other position fires any. */
    @Test
    void theLargestAndTheLastAreThoseOfEachRow() {
        PlantedMemory memory = new PlantedMemory(PlantedMemory.Kind.ONE_NEURON, 3);
        int neuron = memory.firing(7)[0];
        int other = memory.firing(5)[0];
        String model = MODEL.replace("superposed-neurons", "one-neuron");
        String two = ", neurons: [L0N" + neuron + ", L0N" + other + "]";
        RowTable largest = table(model, "{activation: mlp.post" + two + ", take: max}");
        RowTable last = table(model, "{activation: mlp.post" + two + ", take: last}");
        RowTable mean = table(model, "{activation: mlp.post" + two + "}");
        double one = largest.perRow()[3 * 2];
        assertThat(one).isPositive();
        assertThat(largest.perRow()).containsExactly(0, one, 0, 0, 0, 0, one, 0, 0, 0);
        assertThat(last.perRow()).containsExactly(0, one, 0, 0, 0, 0, one, 0, 0, 0);
        assertThat(mean.estimate().data()).containsExactly(2 * one / 15, one / 15);
    }

    private RowTable table(String model, String metric) {
        return Laboratory.table(
                folder, model + "metric: {act: " + metric + "}\nmeasure: {act: {evaluate: act}}\n", "act");
    }

    @Test
    void neuronsOfAnEarlierMeasurementAreRankedAndNamed() {
        RunResult result = run("""
                metric:
                  all: {activation: mlp.post, neurons: [L0N1, L0N2, L0N3, L0N4]}
                  best: {activation: mlp.post, neurons-from: {by: effect, best: 2}}
                  loss: loss
                intervention: {out: {ablate: mlp.post, over: [layer, neuron]}}
                measure:
                  effect: {apply: out, read: loss}
                  best: {evaluate: best}
                """);
        NamedArray effect = Laboratory.numbers(result, "effect");
        int first = 0;
        for (int i = 0; i < effect.data().length; i++) {
            first = effect.data()[i] > effect.data()[first] ? i : first;
        }
        NamedArray best = Laboratory.numbers(result, "best");
        assertThat(best.axes().get(0).name()).isEqualTo("rank");
        assertThat(best.axes().get(0).labels()).containsExactly("1", "2");
        assertThat(best.data()[0])
                .isEqualTo(read("{activation: mlp.post, neurons: [L0N" + first + "]}")
                        .estimate()
                        .data()[0]);
        Quantity page = (Quantity) result.artifacts().get(result.artifacts().size() - 1);
        assertThat(page.doc()).contains("Neurons: the 2 neurons with the highest `effect` (L0N" + first + ", L0N");
    }

    private RunResult run(String rest) {
        try (Laboratory lab = new Laboratory(folder, MODEL + rest)) {
            return lab.result();
        }
    }

    @Test
    void anActivationIsReadAfterTheEditsBeforeIt() {
        int fires = new PlantedMemory(PlantedMemory.Kind.SUPERPOSED_NEURONS, 3).firing(3)[0];
        RunResult result = run("""
                metric: {act: {activation: mlp.post, neurons: [L0N%d], at: everywhere}}
                intervention: {silence: {ablate: resid_mid, layers: [0]}}
                measure: {clean: {evaluate: act}, edited: {apply: silence, read: act}}
                """.formatted(fires));
        assertThat(Laboratory.numbers(result, "clean").data()[0]).isPositive();
        assertThat(Laboratory.numbers(result, "edited").data()[0]).isZero();
    }

    /** A neuron is the direction along its axis, and twice a direction is the same one. */
    @Test
    void aCoordinateAlongANeuronIsItsActivation() {
        for (String take : List.of("mean", "max", "last")) {
            RowTable named = read("{activation: mlp.post, neurons: [L0N17], take: " + take + "}");
            RowTable along = read("{activation: mlp.post, layer: 0, along: {neuron: L0N17}, take: " + take + "}");
            assertThat(along.axes()).isEmpty();
            assertThat(along.perRow()).containsExactly(named.perRow(), within(1e-6));
        }
    }

    /** The difference of two mean activations, taken with the steps that interventions use, by its scalar product in doubles. */
    @Test
    void aCoordinateIsTheScalarProductWithADirectionOfLengthOne() {
        String two = MODEL.replace("dataset: {", "dataset:\n  all: {")
                + "  some: {generator: tokens, ids: [[3, 36, 5], [36, 30, 34]]}\n";
        String between = "{difference: {toward: some, away: all}}";
        String yaml = two + """
                metric:
                  along: {activation: mlp.post, layer: 0, along: %s}
                  random: {activation: mlp.post, layer: 0, along: {random: {like: %s, seed: 5}}}
                measure:
                  along: {evaluate: along, dataset: all}
                  other: {evaluate: along, dataset: some}
                  random: {evaluate: random, dataset: all}
                """.formatted(between, between);
        try (Laboratory lab = new Laboratory(folder, yaml)) {
            RunResult result = lab.result();
            double all = Laboratory.numbers(result, "along").data()[0];
            double some = Laboratory.numbers(result, "other").data()[0];
            double[][] means = {mean(two, "all"), mean(two, "some")};
            double length = 0;
            double gap = 0;
            double at = 0;
            for (int d = 0; d < means[0].length; d++) {
                double each = means[1][d] - means[0][d];
                length += each * each;
                at += each * means[0][d];
            }
            gap = Math.sqrt(length);
            assertThat(all).isEqualTo(at / gap, within(1e-4));
            assertThat(some - all).as("the distance of the two means").isEqualTo(gap, within(1e-4));
            assertThat(Laboratory.numbers(result, "random").data()[0]).isNotEqualTo(all);
        }
    }

    /** The mean of `mlp.post` of layer 0 over all positions of a dataset. */
    private double[] mean(String datasets, String name) {
        String yaml = datasets
                + "metric: {act: {activation: mlp.post, neurons: [L0N0]}}\nmeasure: {act: {evaluate: act, dataset: "
                + name + "}}\n";
        try (Laboratory lab = new Laboratory(folder, yaml)) {
            List<PlanStep> steps = new ArrayList<>(lab.plan().steps());
            int run = steps.stream()
                    .filter(Forward.class::isInstance)
                    .findFirst()
                    .orElseThrow()
                    .id();
            MeanActivation each = new MeanActivation(HookPoint.of(Site.MLP_POST, 0), MeanActivation.Form.EACH_POSITION);
            steps.add(new Summarise(99, each, run));
            StepValue.Activation mean = (StepValue.Activation) requireNonNull(
                    lab.run(new ExecutionPlan(steps, Map.of("mean", 99))).get("mean"));
            double[] out = new double[mean.data().length / 3];
            for (int i = 0; i < mean.data().length; i++) {
                out[i % out.length] += mean.data()[i] / 3;
            }
            return out;
        }
    }

    /** A step along a measured direction moves the coordinate along it by its length. */
    @Test
    void aMeasuredDirectionIsReadUnderEdits() {
        String along = "along: {result: {by: written, where: {rank: 1}}}";
        RunResult result = run("""
                metric:
                  read: {activation: resid_post, layer: 0, %s}
                  loss: loss
                intervention:
                  out: {ablate: mlp.post, layers: [0], over: [layer, neuron]}
                  push: {steer: mlp_out, layer: 0, %s, by: [0, 3]}
                measure:
                  damage: {apply: out, read: loss}
                  written: {directions: W_out, neurons-from: {by: damage, best: 1}}
                  clean: {evaluate: read}
                  pushed: {apply: push, read: read}
                """.formatted(along, along));
        double length = 0;
        for (double each : Laboratory.numbers(result, "written").data()) {
            length += each * each;
        }
        double clean = Laboratory.numbers(result, "clean").data()[0];
        double[] pushed = Laboratory.numbers(result, "pushed").data();
        assertThat(pushed[0]).isEqualTo(clean, within(1e-6));
        assertThat(pushed[1] - clean).isEqualTo(3 * Math.sqrt(length), within(1e-4));
    }

    @Test
    void aDirectionByLabelIsForInterventions() {
        assertThatThrownBy(() -> run("""
                metric:
                  loss: loss
                  read: {activation: resid_post, layer: 0, along: {result: {by: written, where: {rank: "{place}"}}}}
                intervention:
                  out: {ablate: mlp.post, layers: [0], over: [layer, neuron]}
                measure:
                  damage: {apply: out, read: loss}
                  written: {directions: W_out, neurons-from: {by: damage, best: 1}}
                  clean: {evaluate: read}
                """)).hasMessageContaining("a metric reads along one direction");
    }

    @Test
    void whatCannotBeReadIsRefusedBeforeAnythingRuns() {
        assertThatThrownBy(() -> run("""
                metric:
                  here: {activation: mlp.post, neurons: [L0N5]}
                  beyond: {activation: mlp.post, neurons: [L0N64]}
                  residual: {activation: resid_post, neurons: [L0N5]}
                  many: {activation: mlp.post, neurons-from: {by: a, above: 1}}
                  nowhere: {activation: resid_mid, along: {neuron: L0N5}}
                  layered: {activation: mlp.post, neurons: [L0N5], layer: 0}
                  both: {activation: mlp.post, neurons: [L0N5], layer: 0, along: {neuron: L0N5}}
                  place: {activation: embed, layer: 0, along: {tensor: {file: d.safetensors, name: d}}}
                intervention: {out: {ablate: mlp.post, neurons: [L0N5]}}
                measure:
                  a: {apply: out, read: here}
                  b: {evaluate: beyond}
                """))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("the metric reads `blocks.0.mlp.hook_post`, which `out` writes")
                .hasMessageContaining("L0N64 does not exist: the model has layers 0 to 1 and neurons 0 to 63")
                .hasMessageContaining("`resid_post` has no neurons")
                .hasMessageContaining("`neurons-from` needs `best` here")
                .hasMessageContaining("`along` needs the `layer` of `resid_mid`")
                .hasMessageContaining("`layer` belongs to `along`")
                .hasMessageContaining("read either neurons or a coordinate `along` a direction, not both")
                .hasMessageContaining("`embed` is at one place alone: leave out `layer`");
    }
}
