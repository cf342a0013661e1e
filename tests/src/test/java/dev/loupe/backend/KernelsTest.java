package dev.loupe.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What tells apart machines whose last bits differ. */
class KernelsTest {
    /** Two cards of one architecture: 114 and 132 multiprocessors, 80 and 141 GB. */
    @Test
    void gpusOfOneArchitectureDifferByTheirMemory() {
        assertThat(Kernels.gpu("12.8", "90", 85_520_809_984L)).isEqualTo("CUDA 12.8, compute capability 90, 81559 MiB");
        assertThat(Kernels.gpu("12.8", "90", 150_754_820_096L))
                .isEqualTo("CUDA 12.8, compute capability 90, 143771 MiB");
    }
}
