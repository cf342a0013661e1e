package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.analysis.heads.Roles;
import dev.loupe.plan.ask.Found;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heads found by what they do, in models that differ only in where the heads stand. */
class RolesTest {
    private static final String MODELS = """
            loupe: 1
            model:
              first: {card: toy-ioi-2l, seeds: 0}
              copy: {card: toy-ioi-2l, seeds: 0, processing: rotate-heads}
            dataset: {generator: toy-ioi, split: test, corruption: new-name, rows: 32, seed: 5}
            """;

    @TempDir
    Path folder;

    private RunResult run(String yaml) {
        try (Laboratory lab = new Laboratory(folder, yaml)) {
            return lab.result();
        }
    }

    @Test
    void aRoleIsForHeadsThatPassEveryConditionAndMayBeEmpty() {
        RunResult result = run("""
                loupe: 1
                model: {plant: heads}
                dataset: {generator: repeated-tokens, period: 5..8, length: 20, rows: 16, seed: 1}
                measure:
                  s: {head-scores: [PREV, DUP, IND]}
                  r:
                    roles:
                      previous: [{by: s.PREV, above: 0.9}]
                      induction: [{by: s.IND, above: 0.9}, {by: s.DUP, below: 0.5}]
                      duplicate: [{by: s.DUP, above: 0.9}]
                      nothing: [{by: s.PREV, above: 0.9}, {by: s.IND, above: 0.9}]
                """);
        assertThat(Laboratory.numbers(result, "r.previous").data()).containsExactly(1, 0, 0, 0, 0, 0, 0, 0);
        assertThat(Laboratory.numbers(result, "r.induction").data()).containsExactly(0, 0, 0, 0, 1, 0, 0, 0);
        assertThat(Laboratory.numbers(result, "r.duplicate").data()).containsExactly(0, 1, 0, 0, 0, 0, 0, 0);
        assertThat(Laboratory.numbers(result, "r.nothing").data()).containsOnly(0);
        assertThat(Laboratory.numbers(result, "r.circuit").data()).containsExactly(1, 1, 0, 0, 1, 0, 0, 0);
    }

    @Test
    void rotatedHeadsAnswerAlikeUnderOtherIndices() {
        RunResult result = run(MODELS + """
                metric: {ld: logit-difference}
                measure:
                  ld: {evaluate: ld, model: first}
                  copy-ld: {evaluate: ld, model: copy}
                  writes: {head-attribution: END, model: first}
                  copy-writes: {head-attribution: END, model: copy}
                """);
        assertThat(Laboratory.numbers(result, "copy-ld").data()[0])
                .isEqualTo(Laboratory.numbers(result, "ld").data()[0], within(1e-3));
        double[] first = Laboratory.numbers(result, "writes").data();
        double[] copy = Laboratory.numbers(result, "copy-writes").data();
        for (int layer = 0; layer < 2; layer++) {
            for (int head = 0; head < 4; head++) {
                assertThat(copy[layer * 4 + (head + 1) % 4]).isEqualTo(first[layer * 4 + head], within(1e-3));
            }
        }
    }

    @Test
    void whatHeadsWriteIsWhatDirectAttributionSays() {
        RunResult result = run(MODELS + """
                intervention: {out: {ablate: attn.z, heads: [L1H2]}}
                measure:
                  all: {direct-attribution: END, model: first}
                  heads: {head-attribution: END, model: first}
                  under: {head-attribution: END, under: out, model: first}
                """);
        NamedArray all = Laboratory.numbers(result, "all");
        NamedArray heads = Laboratory.numbers(result, "heads");
        for (int i = 0; i < 8; i++) {
            assertThat(heads.data()[i]).isEqualTo(all.data()[i], within(1e-5));
        }
        assertThat(Laboratory.numbers(result, "under").data()[6]).isEqualTo(0, within(1e-6));
    }

    @Test
    void severalCardsAreOneFamily() {
        RunResult result = run("""
                loupe: 1
                model: {cards: [toy-ioi-2l, toy-ioi-pairs-2l]}
                dataset: {generator: toy-ioi, split: test, rows: 16, seed: 5}
                metric: {ld: logit-difference}
                measure: {ld: {evaluate: ld}}
                """);
        NamedArray ld = Laboratory.numbers(result, "ld");
        assertThat(ld.axes().get(0).name()).isEqualTo("model");
        assertThat(ld.axes().get(0).labels()).containsExactly("toy-ioi-2l", "toy-ioi-pairs-2l");
    }

    @Test
    void conditionsAreSaidInWords() {
        Map<String, List<Found>> both = new LinkedHashMap<>();
        both.put("mover", List.of(new Found("a", .5, null, null, null, false), best(2, null, false)));
        both.put("negative", List.of(new Found("a", null, .25, null, 1, false), best(3, 0, true)));
        Roles roles = new Roles(both);
        assertThat(roles.formula("mover")).isEqualTo("1 where a head passes: `a` above 0.5, `b` best 2");
        assertThat(roles.formula("negative"))
                .isEqualTo("1 where a head passes: `a` below 0.25 in layer 1, `b` lowest 3 in layer 0");
        assertThat(roles.formula("circuit")).isEqualTo("1 where a head has any role.");
    }

    private static Found best(int count, @Nullable Integer layer, boolean lowest) {
        return new Found("b", null, null, count, layer, lowest);
    }
}
