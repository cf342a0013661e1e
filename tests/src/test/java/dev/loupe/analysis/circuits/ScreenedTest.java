package dev.loupe.analysis.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.analysis.circuits.Screened.Per;
import org.junit.jupiter.api.Test;

class ScreenedTest {
    @Test
    void exactValuesNeedARecheck() {
        assertThatThrownBy(() -> Screened.check(null, Per.ALL, Screened.AGREEMENT))
                .hasMessageContaining("`show: agreement` compares with exact values");
        assertThatThrownBy(() -> Screened.check(null, Per.ROW, Screened.POINTS))
                .hasMessageContaining("`show: points` compares with exact values");
        assertThatThrownBy(() -> Screened.check(5, Per.ALL, Screened.POINTS)).hasMessageContaining("`per: row`");
        assertThatThrownBy(() -> Screened.check(0, Per.ALL, Screened.CELLS)).hasMessageContaining("at least 1");
        assertThatCode(() -> Screened.check(1, Per.ALL, Screened.AGREEMENT)).doesNotThrowAnyException();
        assertThatCode(() -> Screened.check(1, Per.ROW, Screened.POINTS)).doesNotThrowAnyException();
        assertThatCode(() -> Screened.check(null, Per.ALL, Screened.CELLS)).doesNotThrowAnyException();
    }

    @Test
    void theFormulaSaysWhatIsRun() {
        assertThat(Screened.formula(null, Per.ALL, Screened.CELLS)).isEmpty();
        assertThat(Screened.formula(4, Per.ALL, Screened.CELLS)).endsWith("for the 4 cells of largest estimate");
        assertThat(Screened.formula(4, Per.ROW, Screened.CELLS))
                .contains("the best of each row, 4 by its estimates; mean over the rows in which it was made");
        assertThat(Screened.formula(4, Per.ROW, Screened.POINTS)).contains("A point is one cell in one row");
        assertThat(Screened.formula(4, Per.ROW, Screened.AGREEMENT)).contains("computed for each row");
        assertThat(Screened.formula(4, Per.ALL, Screened.AGREEMENT)).doesNotContain("computed for each row");
    }
}
