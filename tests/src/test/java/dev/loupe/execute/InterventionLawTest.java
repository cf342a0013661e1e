package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.metric.reading.StepValue;
import dev.loupe.optimize.PlanOptimizer;
import dev.loupe.optimize.Rule;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.resolve.Specs;
import dev.loupe.result.sample.RowTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The law of the optimizer for every kind of intervention, alone and composed: with each rule and all, the same numbers. */
class InterventionLawTest {
    private static final Path GPT2 = Specs.HOME.resolve("tests/src/test/resources/parity/gpt2");

    @TempDir
    Path folder;

    @Test
    void holdsForTheSpecOfAllInterventions() throws IOException {
        Files.copy(GPT2.resolve("analyses.safetensors"), folder.resolve("analyses.safetensors"));
        String yaml = Files.readString(GPT2.resolve("interventions.yaml"));
        holds(yaml.replace("folder: .", "folder: \"" + GPT2 + "\""));
    }

    @Test
    void holdsForCompositions() throws IOException {
        holds("""
                loupe: 1
                model: {folder: "%s", processing: [fold-ln]}
                dataset:
                  pairs:
                    generator: tokens
                    ids: [[5, 9, 33, 2, 17, 8, 40], [1, 2, 3, 4, 5, 6, 7], [7, 7, 8, 8, 9], [3, 1, 4, 1, 5]]
                    corrupted: [[5, 9, 34, 2, 17, 8, 41], [1, 2, 3, 4, 5, 6, 8], [7, 6, 8, 8, 9], [3, 1, 4, 2, 5]]
                    answer: [1, 2, 3, 4]
                    wrong: [4, 5, 6, 7]
                metric: {difference: {logit-difference: {at: END}}, nll: loss}
                intervention:
                  noise: {add-noise: everywhere, sigma: 2.0, samples: 3, seed: 5}
                  restore: {patch: [mlp_out, resid_post], over: [layer], window: [1, 2], from: unedited, at: END, after: noise}
                  other-token: {replace-token: END, by-column: wrong}
                  knock-out: {ablate: attn.z, over: [layer, head], with: {mean: {of: pairs}}, after: other-token}
                  hold: {freeze: [attn.pattern, ln_final.scale]}
                  without: {ablate: resid_mid, over: [layer], with: {resample: {of: pairs, seed: 3}}, along: {random: {like: {difference: {toward: pairs, away: pairs/corrupted}}, seed: 4}}}
                  late: {path-patch: mlp_out, over: [layer], to: [L1H0.q, L1.mlp_in], after: [hold]}
                  asked: {path-patch: attn.z, over: [layer, head], to: [L1H0.q, L1H2.q], at: END}
                  told: {path-patch: attn.z, layers: [0], over: [head], to: [L1H0.v, L1H1.k, L1.mlp_in], after: [other-token]}
                  turned: {steer: mlp.post, toward: pairs, away: pairs/corrupted, mode: clamp, by: 0.5, layer: 1, at: END}
                measure:
                  restore: {apply: restore, read: [difference, nll]}
                  recovered: {apply: restore, read: [difference, nll], as: recovery, undefined-below: 0}
                  knock-out: {apply: [knock-out, hold], read: difference}
                  without: {apply: without, read: [difference, nll]}
                  late: {apply: late, read: difference, dataset: pairs}
                  asked: {apply: asked, read: difference, dataset: pairs}
                  told: {apply: told, read: [difference, nll], dataset: pairs}
                  turned: {apply: [turned, hold], read: nll}
                """.formatted(GPT2));
    }

    private void holds(String yaml) {
        try (Laboratory lab = new Laboratory(folder, yaml)) {
            ExecutionPlan plain = lab.plan();
            Map<String, StepValue> numbers = lab.run(plain);
            ExecutionPlan optimized = PlanOptimizer.optimize(plain).plan();
            same("all rules", numbers, lab.run(optimized));
            assertThat(optimized.flops()).isLessThan(plain.flops());
            for (Rule rule : PlanOptimizer.RULES) {
                rule.apply(plain).ifPresent(rewrite -> same(rule.name(), numbers, lab.run(rewrite.plan())));
            }
        }
    }

    private static void same(String what, Map<String, StepValue> plain, Map<String, StepValue> optimized) {
        assertThat(optimized.keySet()).as(what).isEqualTo(plain.keySet());
        plain.forEach((name, value) -> {
            List<double[]> a = numbers(value);
            List<double[]> b = numbers(Objects.requireNonNull(optimized.get(name)));
            assertThat(b).as(what + ", " + name).hasSameSizeAs(a);
            for (int part = 0; part < a.size(); part++) {
                same(what + ", " + name, a.get(part), b.get(part));
            }
        });
    }

    private static void same(String what, double[] a, double[] b) {
        assertThat(b.length).as(what).isEqualTo(a.length);
        double scale = 1e-3;
        double off = 0;
        for (int i = 0; i < a.length; i++) {
            scale = Math.max(scale, Math.abs(a[i]));
            off = Math.max(off, Math.abs(a[i] - b[i]));
        }
        assertThat(off).as(what).isLessThanOrEqualTo(1e-5 * scale);
    }

    /** A table's sums and what they are divided by; a mean activation, from which a direction is made. */
    private static List<double[]> numbers(StepValue value) {
        if (value instanceof StepValue.Activation mean) {
            double[] data = new double[mean.data().length];
            for (int i = 0; i < data.length; i++) {
                data[i] = mean.data()[i];
            }
            return List.of(data);
        }
        RowTable table = Laboratory.table(value);
        return List.of(table.numerator(), table.denominator());
    }
}
