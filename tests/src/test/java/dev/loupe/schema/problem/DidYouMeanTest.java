package dev.loupe.schema.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {

    private static final List<String> KNOWN =
            List.of("rows", "seed", "repeated-tokens", "logit-difference", "attn.z", "resid_post", "on", "at");

    @ParameterizedTest
    @CsvSource({
        "row, rows", "ROWS, rows", "rwos, rows", "logit-diff, logit-difference", "logit_difference, logit-difference",
        "repeat, repeated-tokens", "resid-post, resid_post", "atn.z, attn.z", "sede, seed", "no, on"
    })
    void findsWhatWasMeant(String word, String meant) {
        assertThat(DidYouMean.to(word, KNOWN)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"banana", "x", "''", "zz", "rows"})
    void isSilentWhereNothingIsNear(String word) {
        assertThat(DidYouMean.to(word, KNOWN)).isNull();
    }

    @Test
    void countsEdits() {
        assertThat(DidYouMean.edits("kitten", "sitting")).isEqualTo(3);
        assertThat(DidYouMean.edits("ab", "ba")).isEqualTo(1);
        assertThat(DidYouMean.edits("", "abc")).isEqualTo(3);
        assertThat(DidYouMean.to("x".repeat(1000), KNOWN)).isNull();
    }
}
