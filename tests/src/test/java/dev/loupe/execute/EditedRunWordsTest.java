package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.report.ReportPage;
import dev.loupe.result.Artifact;
import dev.loupe.result.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The words about edits in a stored result and on its page, with what an earlier measurement chose. */
class EditedRunWordsTest {
    @TempDir
    Path folder;

    private RunResult run() {
        String spec = """
                loupe: 1
                model: {plant: heads}
                dataset: {repeats: {generator: repeated-tokens, period: 4..7, length: 16, rows: 8, seed: 1}}
                metric: {loss: loss}
                intervention:
                  best-one: {ablate: attn.z, heads-from: {by: scores.IND, best: 1}}
                  none: {freeze: attn.pattern, at: END, after: best-one}
                measure:
                  scores: {head-scores: [IND, DUP]}
                  alone: {apply: best-one, read: loss}
                  both: {apply: none, read: loss}
                """;
        try (Laboratory lab = new Laboratory(folder, spec)) {
            return lab.result();
        }
    }

    @Test
    void headsThatAResultChoseAreNamedAndEarlierEditsTold() throws IOException {
        RunResult result = run();
        // L1H0 is the induction head that was planted.
        String first =
                "`best-one`: `attn.z` of the head with the highest `scores.IND` (L1H0) at all positions replaced by zeros";
        assertThat(doc(result, "alone")).contains("Intervention, in every row of `repeats`. " + first + ".");
        assertThat(doc(result, "both"))
                .contains("Interventions of one run, in this order, in every row of `repeats`. " + first
                        + "; then `none`: `attn.pattern` of every layer at position END frozen at the "
                        + "values of the unedited run.");
        Path page = folder.resolve("page.html");
        new ReportPage().write(result, page);
        assertThat(Files.readString(page)).contains("(L1H0) at all positions replaced by zeros");
    }

    private static String doc(RunResult result, String name) {
        return result.artifacts().stream()
                .filter(artifact -> artifact.name().equals(name))
                .map(Artifact::doc)
                .findFirst()
                .orElseThrow();
    }
}
