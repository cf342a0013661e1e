package dev.loupe.execute.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalTest {
    @Test
    void valuesOfTables() {
        assertThat(Normal.cdf(0)).isEqualTo(.5);
        assertThat(Normal.cdf(1.959963984540054)).isEqualTo(.975, within(1e-14));
        assertThat(Normal.cdf(-1)).isEqualTo(.15865525393145707, within(1e-14));
        assertThat(Normal.cdf(-6)).isEqualTo(9.865876450376946e-10, within(1e-14));
        assertThat(Normal.quantile(.975)).isEqualTo(1.959963984540054, within(1e-12));
        assertThat(Normal.quantile(.5)).isEqualTo(0, within(1e-12));
    }
}
