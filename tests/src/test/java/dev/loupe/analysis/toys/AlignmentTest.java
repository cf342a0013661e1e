package dev.loupe.analysis.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.rows.RowRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlignmentTest {
    /** Of the columns (3, 4), (.5, 0) and (-2, 0) the second is not longer than one half: (4/5 + 1) / 2. */
    @Test
    void theLargestPartOfALongColumnCounts() {
        assertThat(Alignment.of(new double[][] {{3, .5, -2}, {4, 0, 0}})).isEqualTo(.9, within(1e-12));
        assertThat(Alignment.of(new double[][] {{.5}, {0}})).isNaN();
    }

    @Test
    void zIsCountedInDeviationsFromChance() {
        assertThat(new Alignment(.9, .7, .1).z()).isEqualTo(2, within(1e-12));
    }

    /** Four draws, in each of which each model has a rotation of its own. */
    @Test
    void chanceIsTheMeanOfItsDraws() {
        List<double[][]> models =
                List.of(new double[][] {{1, .2, -.7}, {.4, 1, .9}}, new double[][] {{2, 0, .6}, {0, 1, -.8}});
        double[] draws = new double[4];
        double sum = 0;
        for (int draw = 0; draw < 4; draw++) {
            for (int m = 0; m < 2; m++) {
                HaarRotation turn = HaarRotation.draw(2, new RowRandom(RowRandom.mix(9) + draw, m));
                draws[draw] += Alignment.of(turn.times(models.get(m))) / 2;
            }
            sum += draws[draw];
        }
        double squares = 0;
        for (double draw : draws) {
            squares += (draw - sum / 4) * (draw - sum / 4);
        }
        Alignment found = Alignment.of(models, 4, 9);
        assertThat(found.align())
                .isEqualTo((Alignment.of(models.get(0)) + Alignment.of(models.get(1))) / 2, within(1e-12));
        assertThat(found.chance()).isEqualTo(sum / 4, within(1e-12));
        assertThat(found.deviation()).isEqualTo(Math.sqrt(squares / 3), within(1e-9));
    }
}
