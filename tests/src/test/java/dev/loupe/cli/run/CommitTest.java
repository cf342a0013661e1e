package dev.loupe.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commit that a result says it was made by, with the real git. */
class CommitTest {
    @TempDir
    Path repository;

    @BeforeEach
    void commitAFile() throws Exception {
        Files.writeString(repository.resolve("file"), "as committed");
        git("init", "-q");
        git("add", "file");
        git("-c", "user.name=A", "-c", "user.email=a@b.invalid", "commit", "-q", "-m", "A file");
    }

    @Test
    void aCheckoutHasItsCommitAndSaysWhenAFileWasChanged() throws IOException {
        String clean = Commit.of(repository);
        Files.writeString(repository.resolve("file"), "otherwise");

        assertThat(clean).matches("[0-9a-f]{12}");
        assertThat(Commit.of(repository)).isEqualTo(clean + "+dirty");
    }

    @Test
    void aReleaseUnpackedInSomebodysRepositoryHasNotTheirCommit() throws IOException {
        assertThat(Commit.of(Files.createDirectory(repository.resolve("loupe"))))
                .isEmpty();
    }

    private void git(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(words));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
