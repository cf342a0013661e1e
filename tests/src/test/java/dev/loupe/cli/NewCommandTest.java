package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every spec to start from runs as it is written, and its claims hold. */
class NewCommandTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(StartingSpec.class)
    void itIsReadyToRun(StartingSpec kind) throws IOException {
        Path file = folder.resolve("mine.yaml");
        assertThat(Spoken.of("new", kind.word(), file.toString()).exit()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(Files.readString(file)).startsWith("# " + kind.question() + "\nloupe: 1\nquestion: ");
        Spoken run = Spoken.of("run", "--out", folder.resolve("runs").toString(), "--keep", "0", file.toString());
        assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(ExitCode.CLAIMS_HOLD);
    }

    @Test
    void nothingIsWrittenOver() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "mine");
        Spoken spoken = Spoken.of("new", "heads", file.toString());
        assertThat(spoken.exit()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(spoken.err()).contains("exists already");
        assertThat(file).hasContent("mine");
        assertThat(Spoken.of("new", "heads", folder.resolve("none/x.yaml").toString())
                        .exit())
                .isEqualTo(ExitCode.SURROUNDINGS_FAIL);
    }

    @Test
    void theKindsAreListedAndGuessed() throws IOException {
        assertThat(Spoken.of("new").out())
                .contains(StartingSpec.HEADS.word() + "  ")
                .contains("Which neurons tell a label");
        Spoken wrong = Spoken.of("new", "ablat");
        assertThat(wrong.exit()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(wrong.err()).contains("did you mean `ablate`?");
    }
}
