package dev.loupe.report.draw;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PolylineTest {
    @Test
    void pointsAreSaidByHowFarTheyAreFromTheOneBefore() {
        assertThat(new Polyline().to(10, 20).to(12.5, 20).to(13, 19.7).path()).isEqualTo("M10 20h2.5l.5-.3");
    }

    @Test
    void aGapBeginsANewPiece() {
        assertThat(new Polyline().to(1, 1).gap().to(2, 2).to(3, 3).path()).isEqualTo("M1 1M2 2l1 1");
    }

    /** The second point is 0.1 beside the line from the first to the third, the fourth 0.2. */
    @Test
    void whatNoEyeCanTellIsNotSaid() {
        assertThat(new Polyline().to(0, 0).to(10, 0.1).to(20, 0).path()).isEqualTo("M0 0h20");
        assertThat(new Polyline().to(0, 0).to(10, 0.2).to(20, 0).path()).isEqualTo("M0 0l10 .2l10-.2");
    }

    /** A thousand steps of 0.04 end where they should to within half a tenth, though each alone is less than a tenth. */
    @Test
    void roundingDoesNotAddUp() {
        Polyline line = new Polyline();
        for (int i = 0; i <= 1000; i++) {
            line.to(i * 0.04, 0);
        }
        double end = 0;
        for (String step : line.path().substring("M0 0".length()).split("h")) {
            end += step.isEmpty() ? 0 : Double.parseDouble(step);
        }
        assertThat(end).isBetween(39.95, 40.05);
    }
}
