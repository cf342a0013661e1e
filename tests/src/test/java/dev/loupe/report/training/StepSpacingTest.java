package dev.loupe.report.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepSpacingTest {
    @Test
    void runsOfEqualDistancesAndOfEqualFactorsAreOnePhrase() {
        assertThat(StepSpacing.words(new double[] {0, 1, 2, 4, 8, 16, 24, 300, 350, 400, 450}))
                .isEqualTo("0, 1 to 16, each 2 times the one before, 24, every 50 from 300 to 450");
        assertThat(StepSpacing.words(new double[] {0, 1000, 2000, 3000})).isEqualTo("every 1,000 from 0 to 3,000");
    }

    @Test
    void fewStepsAreNamedOneByOne() {
        assertThat(StepSpacing.words(new double[] {0, 1, 2, 64})).isEqualTo("0, 1, 2, 64");
        assertThat(StepSpacing.words(new double[0])).isEmpty();
    }
}
