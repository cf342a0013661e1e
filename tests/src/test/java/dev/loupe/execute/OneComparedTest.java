package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.metric.reading.StepValue;
import dev.loupe.optimize.CompareTogether;
import dev.loupe.optimize.Rule;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.values.AgreeModels;
import dev.loupe.result.sample.Resampling;
import dev.loupe.result.sample.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparisons of several models with the same others, one by one and in one step. */
class OneComparedTest {
    private static final String SPEC = """
            loupe: 1
            model:
              twins: {card: lang-gelu-1l, seeds: [0, 1, 2]}
              solu: {card: lang-solu-1l, seeds: [0, 1]}
            dataset: {generator: planted-language, rows: 12, seed: 5}
            measure:
              seeds: {agreement: twins, model: twins}
              solu: {agreement: solu, model: twins}
            """;

    @TempDir
    Path folder;

    @Test
    void eachModelRunsOnceAndAllBytesAreTheSame() {
        try (Laboratory lab = new Laboratory(folder, SPEC)) {
            ExecutionPlan plain = lab.plan();
            Rule.Rewrite rewrite = new CompareTogether().apply(plain).orElseThrow();
            assertThat(rewrite.did()).isEqualTo("3 models in one step, 3 models in one step");
            List<AgreeModels> before = comparisons(plain);
            List<AgreeModels> after = comparisons(rewrite.plan());
            assertThat(before).hasSize(6);
            // Three models beside themselves, then the same beside two others.
            assertThat(after).extracting(step -> step.models().size()).containsExactly(3, 5);
            long one = before.get(0).flops() / before.get(0).models().size();
            assertThat(plain.flops()).isEqualTo((3 * 3 + 3 * 3) * one);
            assertThat(rewrite.plan().flops()).isEqualTo((3 + 5) * one);
            assertThat(after.get(0).bytes())
                    .as("no more memory than one comparison has")
                    .isEqualTo(before.get(0).bytes());

            Map<String, StepValue> apart = lab.run(plain);
            Map<String, StepValue> together = lab.run(rewrite.plan());
            assertThat(together.keySet()).isEqualTo(apart.keySet()).isNotEmpty();
            Resampling resampling = new Resampling(100, .95, 1);
            apart.forEach((name, value) -> {
                Sample alone = ((StepValue.Sampled) value).sample();
                Sample other = ((StepValue.Sampled) together.get(name)).sample();
                assertThat(other.axes()).isEqualTo(alone.axes());
                assertThat(other.estimate()).as(name).isEqualTo(alone.estimate());
                assertThat(other.replicate(resampling, 3)).as(name).isEqualTo(alone.replicate(resampling, 3));
            });
        }
    }

    @Test
    void oneModelBesideOthersIsLeftAsItIs() {
        try (Laboratory lab = new Laboratory(folder, SPEC.replace("seeds: [0, 1, 2]", "seeds: [0]"))) {
            assertThat(new CompareTogether().apply(lab.plan())).isEmpty();
        }
    }

    private static List<AgreeModels> comparisons(ExecutionPlan plan) {
        return plan.steps().stream()
                .filter(AgreeModels.class::isInstance)
                .map(AgreeModels.class::cast)
                .toList();
    }
}
