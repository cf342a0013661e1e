package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.optimize.PlanOptimizer;
import dev.loupe.optimize.Rule;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.resolve.Specs;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The law: an optimized plan gives the plain plan's numbers, within 1e-5 of their scale, and never costs more. */
class OptimizerLawTest {
    private static final Path PARITY = Specs.HOME.resolve("tests/src/test/resources/parity");
    private static final int SPECS = Integer.getInteger("loupe.law.specs", 10);

    @TempDir
    Path folder;

    @Test
    void holdsForEachRuleAndForAllOfThem() throws IOException {
        scaled("gpt2", "large", "wte", "wpe");
        assertThat(held("gpt2", "large", "llama", "untrained", "planted"))
                .as("every rule had something to do")
                .containsAll(PlanOptimizer.RULES.stream().map(Rule::name).toList());
    }

    /** Norms on what is written, norms of queries and keys, soft-caps, local layers, rotary neighbours. */
    @Test
    void holdsForFamiliesThatNormaliseElsewhere() {
        assertThat(held("gemma2", "gemma3", "olmo2-grouped", "gptj", "qwen3", "phi3"))
                .isNotEmpty();
    }

    /** The names of the rules that had something to do. */
    private Set<String> held(String... models) {
        Set<String> applied = new HashSet<>();
        for (int seed = 0; seed < SPECS; seed++) {
            String yaml = new DrawnSpec(new Random(seed), models).spec();
            try (Laboratory lab = new Laboratory(folder, yaml)) {
                ExecutionPlan plain = seed % 2 == 0 ? lab.plan() : wasteful(lab.plan());
                Map<String, StepValue> numbers = lab.run(plain);
                PlanOptimizer.Optimized all = PlanOptimizer.optimize(plain);
                all.did().forEach(did -> applied.add(did.substring(0, did.indexOf(':'))));
                same("all rules", seed + "\n" + yaml, numbers, lab.run(all.plan()));
                assertThat(all.plan().flops()).as("all rules\n" + yaml).isLessThanOrEqualTo(plain.flops());
                for (Rule rule : PlanOptimizer.RULES) {
                    Rule.Rewrite rewrite = rule.apply(plain).orElse(null);
                    if (rewrite != null) {
                        applied.add(rule.name());
                        String what = rule.name() + " alone, " + seed + "\n" + yaml;
                        same(what, yaml, numbers, lab.run(rewrite.plan()));
                        assertThat(rewrite.plan().flops()).as(what).isLessThanOrEqualTo(plain.flops());
                    }
                }
            }
        }
        return applied;
    }

    /** The plan with captures and logits that nothing reads, and a run that nothing needs. */
    private static ExecutionPlan wasteful(ExecutionPlan plan) {
        List<PlanStep> steps = new ArrayList<>();
        int next = 1000;
        for (PlanStep step : plan.steps()) {
            if (step instanceof Forward forward && forward.clean()) {
                List<HookPoint> captures = new ArrayList<>(forward.captures());
                HookPoint unread = HookPoint.of(Site.ATTN_OUT, 1);
                if (!captures.contains(unread)) {
                    captures.add(unread);
                }
                Forward fat = forward.with(
                        captures, LogitsRead.EVERYWHERE, forward.model().shape().layers());
                steps.add(fat);
                int id = next++;
                steps.add(forward.renamed(i -> i == forward.id() ? id : i));
            } else {
                steps.add(step);
            }
        }
        return new ExecutionPlan(steps, plan.outputs());
    }

    private static void same(String what, String yaml, Map<String, StepValue> plain, Map<String, StepValue> optimized) {
        assertThat(optimized.keySet()).as(what).isEqualTo(plain.keySet());
        plain.forEach((name, value) -> {
            if (value instanceof StepValue.Sampled) {
                assertThat(optimized.get(name).estimate())
                        .as(what + "\n" + name)
                        .isEqualTo(value.estimate());
            } else if (value instanceof StepValue.Table) {
                String place = what + "\n" + yaml + "\n" + name;
                double[] a = Laboratory.table(value).numerator();
                double[] b = Laboratory.table(optimized.get(name)).numerator();
                assertThat(Laboratory.table(optimized.get(name)).denominator())
                        .as(place)
                        .isEqualTo(Laboratory.table(value).denominator());
                double scale = 0;
                double off = 0;
                for (int i = 0; i < a.length; i++) {
                    assertThat(Double.isNaN(b[i])).as(place).isEqualTo(Double.isNaN(a[i]));
                    scale = Math.max(scale, Math.abs(a[i]));
                    off = Math.max(off, Math.abs(a[i] - b[i]));
                }
                assertThat(off).as(place).isLessThanOrEqualTo(1e-5 * Math.max(scale, 1e-3));
            }
        });
    }

    /** The model of a fixture with some tensors ten thousand times as large. */
    private void scaled(String fixture, String name, String... large) throws IOException {
        Path to = Files.createDirectories(folder.resolve(name));
        Files.copy(PARITY.resolve(fixture).resolve("config.json"), to.resolve("config.json"));
        SafetensorsFile from = SafetensorsFile.open(PARITY.resolve(fixture).resolve("model.safetensors"));
        SafetensorsWriter out = new SafetensorsWriter();
        for (String tensor : from.names()) {
            float[] values = from.tensor(tensor).floats();
            boolean scale = List.of(large).stream().anyMatch(l -> tensor.contains(l));
            for (int i = 0; scale && i < values.length; i++) {
                values[i] *= 1e4f;
            }
            out.floats(tensor, from.tensor(tensor).shape(), values);
        }
        out.write(to.resolve("model.safetensors"));
    }
}
