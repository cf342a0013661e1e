package dev.loupe.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps that differ in their numbers alone are told once. */
class RepeatedStepsTest {
    @Test
    void oneStepForEachLayer() {
        assertThat(RepeatedSteps.grouped(List.of(
                        "  #0 model m\n",
                        "  #1 edit layer 0  <- #0\n",
                        "  #2 edit layer 1  <- #0\n",
                        "  #3 edit layer 2  <- #0\n",
                        "  #4 read  <- #3\n")))
                .containsExactly(
                        "  #0 model m\n",
                        "  x 3:\n",
                        "  #1..3 edit layer 0..2  <- #0\n",
                        "  (end of the repeated steps)\n",
                        "  #4 read  <- #3\n");
    }

    @Test
    void aSequenceForEachSeed() {
        assertThat(RepeatedSteps.grouped(List.of(
                        "model seed 7\n",
                        "run layers 0..1, 1.5 GB\n",
                        "model seed 8\n",
                        "run layers 0..2, 1.2 GB\n",
                        "model seed 9\n",
                        "run layers 0..3, 1.9 GB\n",
                        "end\n")))
                .containsExactly(
                        "  x 3, 2 steps each:\n",
                        "model seed 7..9\n",
                        "run layers 0..1 to 0..3, 1.2..1.9 GB\n",
                        "  (end of the repeated steps)\n",
                        "end\n");
    }

    @Test
    void twoAlikeStayTwo() {
        List<String> steps = List.of("a 1\n", "a 2\n", "b\n");
        assertThat(RepeatedSteps.grouped(steps)).isEqualTo(steps);
    }
}
