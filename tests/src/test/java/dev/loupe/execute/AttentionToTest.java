package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.analysis.heads.AttentionTo;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

    /**
     * Numbers by hand from {@link WrittenPatterns#A}. Class `late` holds queries 1 and 2 of row 0, and query 2 of row 1;
     * position MID is 1, END is 2.
     */
    @Test
    void attentionIsSummedOverKeysAndCountedByQueries() {
        AttentionTo late = new AttentionTo(List.of("MID", "END", "late"), "late");
        RowValues values = WrittenPatterns.read(late);
        // Layer 0, head 0 of row 0: to MID .75 + .3, to END .2, to both .75 + .3 + .2.
        assertThat(values.numerator()[0]).isEqualTo(1.05, within(1e-6));
        assertThat(values.numerator()[4]).isEqualTo(.2, within(1e-6));
        assertThat(values.numerator()[8]).isEqualTo(1.25, within(1e-6));
        // Layer 1, head 1 of row 1: query 2 alone.
        assertThat(values.numerator()[12 + 3]).isEqualTo(.8, within(1e-6));
        assertThat(values.numerator()[12 + 4 + 3]).isEqualTo(.1, within(1e-6));
        assertThat(values.numerator()[12 + 8 + 3]).isEqualTo(.1, within(1e-6));
        for (int i = 0; i < 24; i++) {
            assertThat(values.denominator()[i]).isEqualTo(i < 12 ? 2 : 1);
        }
        assertThat(late.searches()).isTrue();
    }

    @Test
    void aNameThatTheRowsLackIsRefusedBeforeARun() {
        for (AttentionTo wrong : List.of(
                new AttentionTo(List.of("END"), "NOWHERE"), new AttentionTo(List.of("END", "NOWHERE"), "MID"))) {
            assertThatThrownBy(() -> wrong.check(WrittenPatterns.rows())).hasMessageContaining("`NOWHERE`");
            wrong.check(new TokenRows(new int[0][], new int[0][], Map.of(), Map.of(), Map.of()));
        }
        assertThatThrownBy(() -> new AttentionTo(List.of(), "END")).hasMessageContaining("at least one position");
    }
}
