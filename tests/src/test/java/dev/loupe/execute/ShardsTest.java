package dev.loupe.execute;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.execute.keep.ValueStore;
import dev.loupe.execute.pass.Schedule;
import dev.loupe.execute.pass.StepNames;
import dev.loupe.metric.reading.Part;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.optimize.PlanOptimizer;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.resolve.Specs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that ends after any number of shards, and is taken up, makes the others alone and ends with the same bits. */
class ShardsTest {
    private static final Path GPT2 = Specs.HOME.resolve("tests/src/test/resources/parity/gpt2");

    @TempDir
    Path folder;

    /** Keeps parts in memory and ends the run after some. */
    private static final class Cut implements ValueStore {
        final Map<String, Part> parts = new HashMap<>();
        final List<String> made = new ArrayList<>();
        int most = Integer.MAX_VALUE;

        @Override
        public Optional<StepValue> find(String key) {
            return Optional.empty();
        }

        @Override
        public void store(String key, StepValue value) {}

        @Override
        public Optional<Part> part(String key, String shard) {
            return Optional.ofNullable(parts.get(key + " " + shard));
        }

        @Override
        public void keep(String key, String shard, Part part) {
            parts.put(key + " " + shard, part);
            made.add(shard);
            if (made.size() == most) {
                throw new IllegalStateException("power cut");
            }
        }
    }

    private static String spec(String measure) {
        List<String> ids = new ArrayList<>();
        List<String> corrupted = new ArrayList<>();
        for (int row = 0; row < 2600; row++) {
            String tail = row % 3 == 0 ? "" : ", 7";
            ids.add("[1, %d, %d, 5%s]".formatted(row % 7, row % 11, tail));
            corrupted.add("[2, %d, %d, 5%s]".formatted(row % 5, row % 13, tail));
        }
        String answers = "[1" + ", 1".repeat(2599) + "]";
        return """
                loupe: 1
                model: {folder: "%s"}
                dataset: {generator: tokens, ids: %s, corrupted: %s, answer: %s, wrong: %s}
                intervention:
                  patched: {patch: attn.z, over: [layer, head], from: clean}
                  ablated: {ablate: attn.z, over: [layer, head], with: {mean: {of: default}}}
                  sent: {path-patch: attn.z, over: [layer, head], to: L1H1.v, from: clean}
                metric: logit-difference
                measure: {%s}
                """.formatted(GPT2, ids, corrupted, answers, answers.replace('1', '3'), measure);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "m: {apply: patched, read: default}, e: {evaluate: [default]}",
                "m: {apply: ablated, read: default}",
                "m: {apply: sent, read: default}",
                "m: {attribution-patching: attn.z, over: [layer, head], from: clean}"
            })
    void cutAfterEachOfAFewShards(String measure) {
        try (Laboratory lab = new Laboratory(folder, spec(measure))) {
            ExecutionPlan plan = PlanOptimizer.optimize(lab.plan()).plan();
            Cut whole = new Cut();
            Map<String, StepValue> expected = lab.run(plan, whole);
            int all = whole.made.size();
            assertThat(all).as("shards of %s", measure).isGreaterThan(1);
            for (int cut : new int[] {1, all / 2, all - 1}) {
                Cut store = new Cut();
                store.most = cut;
                assertThatThrownBy(() -> lab.run(plan, store)).hasMessage("power cut");
                store.most = Integer.MAX_VALUE;
                store.made.clear();
                Map<String, StepValue> after = lab.run(plan, store);
                assertThat(store.made).as("made after %d of %d", cut, all).hasSize(all - cut);
                expected.forEach((name, value) -> assertThat(Laboratory.table(requireNonNull(after.get(name))))
                        .as(name)
                        .isEqualTo(Laboratory.table(value)));
            }
        }
    }

    static Stream<Path> shipped() throws IOException {
        return Specs.shipped().stream();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyStepOfAShippedSpecHasAName(Path spec) {
        ExecutionPlan plan = PlanOptimizer.optimize(
                        Specs.checkedIfItsModelIsHere(spec, null).whole().plan())
                .plan();
        Map<Integer, String> names = StepNames.of(plan);
        assertThat(names).hasSameSizeAs(plan.steps());
        assertThat(names.values()).allMatch(name -> name.matches("[0-9a-f]{64}(-[0-9]+)?"));
        assertThat(StepNames.of(PlanOptimizer.optimize(
                                Specs.file(spec, null).check().whole().plan())
                        .plan()))
                .isEqualTo(names);
    }

    /** Names hold everything a step is made of, whoever plans it; an unlike step has another. */
    @Test
    void equalStepsHaveOneNameInTwoPlans() {
        try (Laboratory one = new Laboratory(folder, spec("m: {apply: patched, read: default}"));
                Laboratory other = new Laboratory(
                        folder, spec("m: {apply: patched, read: default}, n: {apply: ablated, read: default}"))) {
            List<String> names = names(one.plan());
            assertThat(names).doesNotHaveDuplicates();
            assertThat(names(other.plan()))
                    .containsAll(names)
                    .doesNotHaveDuplicates()
                    .hasSizeGreaterThan(names.size());
        }
    }

    private static List<String> names(ExecutionPlan plan) {
        Map<Integer, String> names = StepNames.of(plan);
        return Schedule.valued(plan).stream()
                .map(step -> requireNonNull(names.get(step.id())))
                .toList();
    }
}
