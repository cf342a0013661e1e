package dev.loupe.report.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The examples of Newcombe (1998), Statistics in Medicine 17, 857 and 873: three digits are printed there. */
class ShareTest {
    @Test
    void anIntervalOfOneShare() {
        Share.Range range = new Share(81, 263).interval();
        assertThat(range.low()).isEqualTo(.2553, within(5e-5));
        assertThat(range.high()).isEqualTo(.3662, within(5e-5));
        assertThat(new Share(0, 20).interval().low()).isZero();
        assertThat(new Share(0, 20).interval().high()).isEqualTo(.1611, within(5e-5));
    }

    @Test
    void anIntervalOfADifference() {
        Share.Range range = new Share(56, 70).less(new Share(48, 80));
        assertThat(range.low()).isEqualTo(.0524, within(5e-5));
        assertThat(range.high()).isEqualTo(.3339, within(5e-5));
    }
}
