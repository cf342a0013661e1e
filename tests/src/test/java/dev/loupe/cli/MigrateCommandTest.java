package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrateCommandTest {
    private static final String OLD = """
            loupe: 1
            model: {plant: heads}
            # Rows that repeat.
            dataset: {rows: {generator: repeated-tokens, period: 3, length: 12, bos: 15, rows: 4, seed: 1}}
            measure:
              s: {head-scores: [IND], on: rows, null: {shuffled-tokens: {times: 2, seed: 1}}}
              t: {head-scores: [PREV], on: rows}
            """;

    @TempDir
    Path folder;

    @Test
    void formerKeysAreReadWithAWarning() throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), OLD);
        Spoken said = Spoken.of("validate", file.toString());
        assertThat(said.exit()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(said.err().replace(folder + "/", "").lines())
                .containsExactly(
                        "a.yaml:6:27 warning[old-key] `on` is now called `dataset` (here and in 1 other place); run "
                                + "`loupe migrate a.yaml` to rewrite the file",
                        "a.yaml:6:37 warning[old-key] `null` is now called `chance`; run `loupe migrate a.yaml` to "
                                + "rewrite the file");
    }

    @Test
    void formerKeysOnTheCommandLineAreReadWithAWarning() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.yaml"),
                OLD.replace("on: rows", "dataset: rows").replace("null:", "chance:"));
        Spoken said = Spoken.of("validate", file.toString(), "--set", "measure.s.null.shuffled-tokens.times=1");
        assertThat(said.err())
                .contains(
                        "--set:1:1 warning[old-key] `measure.s.null.shuffled-tokens.times` is now called "
                                + "`measure.s.chance.shuffled-tokens.times`",
                        "a null needs 2 to 1000");
        assertThat(said.exit()).isEqualTo(ExitCode.INPUT_WRONG);
    }

    @Test
    void rewritesInPlace() throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), OLD);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        Path link = Files.createSymbolicLink(folder.resolve("b.yaml"), file);
        Spoken said = Spoken.of("migrate", link.toString());
        assertThat(said.out().strip()).isEqualTo(link + ": 3 keys renamed");
        assertThat(Files.readString(file))
                .isEqualTo(OLD.replace(" on:", " dataset:").replace("null:", "chance:"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw----");
        assertThat(link).isSymbolicLink();
        assertThat(Spoken.of("migrate", file.toString()).out().strip()).isEqualTo(file + ": is up to date");
        assertThat(Spoken.of("validate", file.toString()).err()).isEmpty();
    }

    @Test
    void oneErrorChangesNoFile() throws IOException {
        Path good = Files.writeString(folder.resolve("a.yaml"), OLD);
        Path bad = Files.writeString(folder.resolve("b.yaml"), "measure: [\n");
        Spoken said = Spoken.of("migrate", good.toString(), bad.toString());
        assertThat(said.exit()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(said.err()).contains("b.yaml:2:1 error[syntax]");
        assertThat(Files.readString(good)).isEqualTo(OLD);
    }
}
