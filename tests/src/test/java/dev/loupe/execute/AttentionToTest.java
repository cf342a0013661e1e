package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attention between named positions where it is known on paper: heads planted by hand. */
class AttentionToTest {
    @TempDir
    Path folder;

    @Test
    void plantedHeadsLookWhereTheyWerePlantedToLook() {
        String yaml = """
                loupe: 1
                model: {plant: heads, vocabulary: 16, context: 32}
                dataset: {generator: toy-ioi, names: 9, fillers: 4, rows: 32, seed: 3}
                measure:
                  subject: {attention-to: [S1, S1+1, S2, IO], from: S2}
                  end: {attention-to: [IO, S1, S2, END], from: END}
                """;
        try (Laboratory lab = new Laboratory(folder, yaml)) {
            RunResult r = lab.result();
            // The duplicate-token head looks from S2 to S1, the induction head to the token after it.
            assertThat(at(r, "subject.S1", 0, 1)).isGreaterThan(0.99);
            assertThat(at(r, "subject.S1+1", 1, 0)).isGreaterThan(0.9);
            assertThat(at(r, "subject.S2", 0, 1)).isLessThan(0.01);
            // A head without a plan spreads its attention evenly over the 13 positions up to END.
            for (String key : new String[] {"IO", "S1", "S2", "END"}) {
                assertThat(at(r, "end." + key, 0, 3)).as(key).isEqualTo(1.0 / 13, within(1e-3));
            }
        }
    }

    private static double at(RunResult result, String name, int layer, int head) {
        NamedArray all = Laboratory.numbers(result, name);
        return all.at("layer", layer).at("head", head).value();
    }
}
