package dev.loupe.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.schema.problem.SpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of variants that nobody named. */
class VariantsCheckTest {
    @TempDir
    Path folder;

    private SpecFile spec(@Nullable String variant, String variants) throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), """
                loupe: 1
                model: {plant: heads}
                dataset: {generator: repeated-tokens, period: 4..7, length: 16, rows: 8, seed: 1}
                metric: loss
                claims:
                  - {say: it is small, that: {value: result}, below: 9}
                variants:
                """ + variants);
        return new SpecFile(file, folder, variant, List.of(), Specs.catalog());
    }

    @Test
    void keysAndValuesOfEveryVariantAreLookedAt() throws IOException {
        SpecFile spec = spec(null, """
                  short: {dataset: {rows: 2}}
                  wrong: {dataset: {lenght: 20}}
                  worse: {metric: los}
                """.indent(2));
        spec.check();
        assertThatThrownBy(spec::checkVariants)
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(
                        "a.yaml:9:23 error[unknown-key] unknown key `lenght` in `repeated-tokens`; did you mean `length`?")
                .hasMessageContaining("`los` is not a valid metric; did you mean `loss`?");
    }

    private static final String TWO = """
            loupe: 1
            model: {small: {plant: heads}, two: {plant: heads, vocabulary: 32}}
            dataset:
              a: {generator: repeated-tokens, period: 4..7, length: 16, rows: 8, seed: 1}
              b: {generator: repeated-tokens, period: 6, length: 16, rows: 8, seed: 1}
            intervention:
              off: {ablate: attn.z, over: [layer, head], with: {mean: {of: b, per: position}}}
            metric: {l: {loss: {at: second-half}}}
            measure:
              s: {head-scores: [IND], model: two, dataset: a}
              first: {head-scores: [IND]}
              damage: {apply: off, read: l, dataset: a}
              weights: {composition: [K]}
              l: {evaluate: l, dataset: a}
            claims:
              - {say: it scores, that: {max: s}, above: 0}
              - {say: it loses, that: {value: l}, above: 0}
              - {say: more, that: {difference: [{value: l}, {max: damage}]}, below: 0}
            variants:
            """;

    private SpecFile two(@Nullable String variant, String variants) throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), TWO + variants.indent(2));
        return new SpecFile(file, folder, variant, List.of(), Specs.catalog());
    }

    private static List<String> notes(SpecFile spec) {
        return spec.notices().stream().map(notice -> notice.message()).toList();
    }

    @Test
    void whatUsesAPartThatGoesGoesAlong() throws IOException {
        SpecFile model = two("v", "v: {model: {two: ~}}");
        assertThat(model.check().experiment().measure()).containsOnlyKeys("first", "damage", "weights", "l");
        assertThat(model.check().experiment().spec().claims())
                .extracting(claim -> claim.say())
                .containsExactly("it loses", "more");
        assertThat(notes(model))
                .containsExactly("variant `v` leaves out model `two`, and with it measurement `s` and claim 1");

        SpecFile dataset = two("v", "v: {keep: {dataset: [a]}}");
        assertThat(dataset.check().experiment().measure()).containsOnlyKeys("s", "first", "weights", "l");
        assertThat(dataset.check().experiment().spec().intervention()).isEmpty();
        assertThat(notes(dataset))
                .containsExactly("variant `v` leaves out dataset `b`, and with it intervention `off`, measurement "
                        + "`damage` and claim 3; no intervention is left");
    }

    /** Otherwise the question would silently be asked of the second model. */
    @Test
    void whatNamesNoModelIsAboutTheFirstOne() throws IOException {
        SpecFile spec = two("v", "v: {keep: {model: [two]}, claims: inherit}");
        assertThat(spec.check().experiment().measure()).containsOnlyKeys("s");
        SpecFile rows = two("v", "v: {dataset: {a: ~}, measure: {l: {dataset: b}}, claims: []}");
        assertThat(rows.check().experiment().measure()).containsOnlyKeys("weights", "l");
    }

    @Test
    void whatTheVariantStatesStays() throws IOException {
        SpecFile spec = two("v", "v: {model: {two: ~}, measure: {s: {model: small, title: S}}, claims: inherit}");
        assertThat(spec.check().experiment().measure()).containsKey("s");
        assertThat(notes(spec)).isEmpty();
        // It still names what is gone: that is a mistake of the variant, in a line of its base.
        SpecFile faulty = two(null, "v: {model: {two: ~}, measure: {s: {title: S}}, claims: []}");
        assertThatThrownBy(faulty::checkVariants)
                .isInstanceOf(SpecException.class)
                .hasMessage(folder.resolve("a.yaml")
                        + ":10:34 error[unknown-model] there is no model `two`; known: small" + " (in variant `v`)");
    }

    @Test
    void keepNamesWhatIsThere() throws IOException {
        SpecFile spec = two("v", "v: {keep: {measure: [l, dammage], metrics: [l], claims: [1]}, claims: []}");
        assertThatThrownBy(spec::check)
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("a.yaml:20:27 error[unknown-name] what variant `v` builds on has no `dammage` in "
                        + "`measure`; did you mean `damage`?")
                .hasMessageContaining(
                        "a.yaml:20:37 error[unknown-key] `metrics` has no named parts to keep; those that "
                                + "have: model, dataset, intervention, metric, measure; did you mean `metric`?")
                .hasMessageContaining("a.yaml:20:51 error[unknown-key] `claims` has no named parts to keep");
        assertThat(two("v", "v: {keep: {measure: [l]}, claims: []}")
                        .check()
                        .experiment()
                        .measure())
                .containsOnlyKeys("l");
    }

    /** Of another kind, a block inherits nothing; of the same kind, all that it does not state. */
    @Test
    void aBlockWhoseKindChangesIsReplaced() throws IOException {
        SpecFile spec = two("v", """
                v:
                  model: {two: {card: induction-2l}}
                  dataset: {b: {generator: no-repeat-tokens, length: 12, bos: 0, rows: 4, seed: 2}}
                  intervention: {off: {with: {resample: {of: a, seed: 1}}}}
                  measure: {s: {evaluate: l, model: two}, damage: {title: D}, l: {interval: {level: 0.9}}}
                  claims: []
                """);
        SpecFile.Checked checked = spec.check();
        assertThat(checked.experiment().spec().toString())
                .contains("Card[card=induction-2l, seeds=[]", "NoRepeatTokens[length=12", "Resample[of=a, seed=1]")
                .contains("Ablate[")
                .contains("Measurement[analysis=Evaluate[evaluate=[l]], dataset=default, model=[two]")
                .contains("level=0.9");
        SpecFile card = two("w", """
                v: {model: {two: {card: induction-2l, seeds: [0, 1]}}, claims: []}
                """);
        assertThat(card.in("v").check().experiment().spec().toString()).contains("seeds=[0, 1]");
    }

    @Test
    void anotherCardIsAnotherModel() throws IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"), """
                loupe: 1
                model: {subject: {card: induction-2l, seeds: [0, 1]}}
                dataset: {generator: repeated-tokens, period: 5..12, bos: 31, length: 32, rows: 8, seed: 1}
                metric: loss
                variants:
                  one: {model: {subject: {card: induction-1l}}}
                  seed: {model: {subject: {seeds: [2]}}}
                """);
        SpecFile spec = new SpecFile(file, folder, "one", List.of(), Specs.catalog());
        assertThat(spec.check().experiment().spec().model().toString()).contains("induction-1l, seeds=[]");
        assertThat(spec.in("seed").check().experiment().spec().model().toString())
                .contains("induction-2l, seeds=[2]");
    }

    @Test
    void aVariantWithAnotherModelStatesItsClaims() throws IOException {
        String silent = "  toy: {model: {card: induction-2l, plant: ~}}\n";
        String message = "variant `toy` is about another model, induction-2l: give it separate `claims`";
        assertThatThrownBy(() -> spec(null, silent).checkVariants()).hasMessageContaining(message);
        assertThatThrownBy(() -> spec("toy", silent).check()).hasMessageContaining(message);
        assertThat(spec(null, "  toy: {model: induction-2l, claims: inherit}\n").checkVariants())
                .containsExactly("toy");
        spec("toy", "  toy: {model: induction-2l, claims: inherit}\n").check();
        assertThat(spec(null, "  short: {dataset: {rows: 2}}\n").checkVariants())
                .containsExactly("short");
    }
}
