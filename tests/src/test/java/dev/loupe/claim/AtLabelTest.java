package dev.loupe.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.result.Axis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AtLabelTest {
    private static final Axis OFFSET = new Axis("offset", List.of("-1", "0", "1", "2"));
    private static final Axis HEAD = Axis.counted("head", 2);

    private static double at(Measured measured, Map<String, String> where) {
        return new AtLabel("m", "offset", where).value(GivenFindings.of("m", measured), -1);
    }

    @Test
    void theLabelOfTheLargestNumberIsTheFirstOfSeveral() {
        assertThat(at(GivenFindings.exact(List.of(OFFSET), 1, 4, 5, 2), Map.of()))
                .isEqualTo(1);
        assertThat(at(GivenFindings.exact(List.of(OFFSET), -3, -4, -5, Double.NaN), Map.of()))
                .isEqualTo(-1);
        assertThat(at(GivenFindings.exact(List.of(OFFSET), 0, 7, 7, 1), Map.of()))
                .isZero();
        double no = Double.NaN;
        assertThat(at(GivenFindings.exact(List.of(OFFSET), no, no, no, no), Map.of()))
                .isNaN();
    }

    @Test
    void oneHeadOfSeveralIsNamed() {
        Measured two = GivenFindings.exact(List.of(HEAD, OFFSET), 1, 4, 5, 2, 9, 4, 5, 2);
        assertThat(at(two, Map.of("head", "1"))).isEqualTo(-1);
        assertThatThrownBy(() -> at(two, Map.of())).hasMessageContaining("narrow it with `where`");
        AtLabel named = new AtLabel("m", "offset", Map.of("head", "1"));
        assertThat(named.axes()).containsExactlyInAnyOrder("offset", "head");
        assertThat(named.references()).containsExactly("m");
    }

    @Test
    void anAxisOfOneLabelNeedsNoName() {
        assertThat(at(GivenFindings.exact(List.of(Axis.counted("layer", 1), OFFSET), 1, 4, 5, 2), Map.of()))
                .isEqualTo(1);
    }

    @Test
    void labelsAreNumbers() {
        Measured words = GivenFindings.exact(List.of(new Axis("offset", List.of("near", "far"))), 1, 2);
        assertThatThrownBy(() -> at(words, Map.of())).hasMessageContaining("`near`, which is not a number");
    }
}
