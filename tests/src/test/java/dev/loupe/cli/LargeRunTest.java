package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is too large is told before its rows are drawn: as many as these, 16 GB of tokens and more, fill the memory of any test. */
class LargeRunTest {
    @TempDir
    Path folder;

    private Spoken run(String spec, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("large.yaml"), spec);
        String[] words = new String[4 + more.length];
        System.arraycopy(
                new String[] {
                    "run", file.toString(), "--out", folder.resolve("runs").toString()
                },
                0,
                words,
                0,
                4);
        System.arraycopy(more, 0, words, 4, more.length);
        return Spoken.of(words);
    }

    /** The planted model has 2 layers of 4 heads: every row runs once clean and once for each of 8 heads. */
    @Test
    void aSweepOverMoreRowsThanTheMemoryTakes() throws IOException {
        Spoken said = run("""
                loupe: 1
                model: {plant: heads}
                dataset: {generator: repeated-tokens, period: 4..9, length: 30, rows: 100000000, seed: 3}
                intervention: {ablate: attn.z, over: [layer, head], with: zero}
                metric: loss
                measure: {swept: {apply: default, read: default}}
                """);
        assertThat(said.exit()).as(said.err()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(said.err()).contains("100000000 rows of default times 4 cells", "--most-runs 900000000");
    }

    /** Clean rows, their counterparts, and patches at 2 layers times 12 positions: 26 runs of each row, with the rows of its dataset. */
    @Test
    void pairsOfADatasetWithAName() throws IOException {
        Spoken said = run("""
                loupe: 1
                model: {plant: heads}
                dataset:
                  few: {generator: random-tokens, length: 12, rows: 10, seed: 3}
                  pairs: {generator: random-tokens, length: 12, rows: 4000000, seed: 3}
                intervention: {patch: resid_pre, over: [layer, pos], from: clean}
                metric: loss
                measure:
                  narrow: {apply: default, read: default, dataset: few}
                  wide: {apply: default, read: default, dataset: pairs}
                """, "--most-runs", "99000000");
        assertThat(said.exit()).as(said.err()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(said.err()).contains("4000000 rows of pairs/corrupted times 12 cells", "--most-runs 104000260");
    }

    /** What is below the limit runs, and a spec that is wrong is told as always. */
    @Test
    void othersAreAsBefore() throws IOException {
        String scores = """
                loupe: 1
                model: {plant: heads}
                dataset: {generator: repeated-tokens, period: 4..9, length: 18, rows: 11000, seed: 3}
                measure: {scores: {head-scores: [IND], interval: {resamples: 100}}}
                """;
        Spoken sound = run(scores);
        assertThat(sound.exit()).as(sound.err()).isEqualTo(ExitCode.CLAIMS_HOLD);
        Spoken wrong = run(scores.replace("period: 4..9", "period: 4..99"));
        assertThat(wrong.exit()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(wrong.err()).contains("large.yaml:3").doesNotContain("--set");
    }
}
