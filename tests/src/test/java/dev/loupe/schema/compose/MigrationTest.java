package dev.loupe.schema.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.schema.problem.Problems;
import dev.loupe.spec.ExperimentSpec;
import org.junit.jupiter.api.Test;

class MigrationTest {
    private static final FormerKeys FORMER = FormerKeys.of(ExperimentSpec.class);

    private final Problems problems = new Problems();

    private String migrated(String text) {
        Migration migration = Migration.of(text, "a.yaml", FORMER, problems);
        assertThat(problems.toString()).isEmpty();
        assertThat(migration).isNotNull();
        return migration.text();
    }

    @Test
    void renamesKeysAndNothingElse() {
        String before = """
                # on: and null: in a comment stay
                loupe: 1
                title: "on: the null: of it"
                measure:
                  # a measurement may be called on
                  on: {head-scores: [IND],   on : "on", null: {untrained: {instances: 2}} , null-side:  both}
                  null:
                    apply: x   # on: rows
                    on:   rows
                    'null': ~
                    "on-purpose": 1
                variants:
                  small:
                    measure: {on: {on: b, null: ~}}
                report:
                  notes: |
                    on: this line is text
                """;
        assertThat(migrated(before)).isEqualTo("""
                # on: and null: in a comment stay
                loupe: 1
                title: "on: the null: of it"
                measure:
                  # a measurement may be called on
                  on: {head-scores: [IND],   dataset : "on", chance: {untrained: {instances: 2}} , chance-side:  both}
                  null:
                    apply: x   # on: rows
                    dataset:   rows
                    chance: ~
                    "on-purpose": 1
                variants:
                  small:
                    measure: {on: {dataset: b, chance: ~}}
                report:
                  notes: |
                    on: this line is text
                """);
    }

    @Test
    void keepsLineEndsAndByteOrderMark() {
        assertThat(migrated("\uFEFFmeasure:\r\n  \uD83D\uDE00: {on: a}\r\n  b: {on: c}\r\n\r\n"))
                .isEqualTo("\uFEFFmeasure:\r\n  \uD83D\uDE00: {dataset: a}\r\n  b: {dataset: c}\r\n\r\n");
    }

    @Test
    void aPartThatIsUsedTwiceIsWrittenOnce() {
        assertThat(migrated("measure: {a: &a {on: x}, b: *a}\n")).isEqualTo("measure: {a: &a {dataset: x}, b: *a}\n");
    }

    @Test
    void whatIsUpToDateStays() {
        String text = "measure: {a: {dataset: x, chance: {untrained: {seed: 1}}}}\n";
        assertThat(migrated(text)).isEqualTo(text);
    }

    @Test
    void sayWhereAKeyCannotBeRewritten() {
        // The same mapping is a measurement and a model, whose keys are others.
        assertThat(Migration.of("measure: {a: &a {on: x}}\nmodel: *a\n", "a.yaml", FORMER, problems))
                .isNull();
        assertThat(problems.toString())
                .isEqualTo("a.yaml:1:18 error[old-key] `on` cannot be rewritten as `dataset` "
                        + "here; rename it by hand");
    }

    @Test
    void formerAndNewKeyTogetherStay() {
        assertThat(migrated("measure: {a: {on: x, dataset: y}}\n")).isEqualTo("measure: {a: {on: x, dataset: y}}\n");
    }
}
