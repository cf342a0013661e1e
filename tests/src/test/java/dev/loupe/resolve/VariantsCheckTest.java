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
                .hasMessageContaining("`los` is not a valid metric; known: probability, logit-difference");
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
