package dev.loupe.execute.keep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One has a folder at a time, and leaves nothing. */
class SharedFolderTest {
    @TempDir
    Path folder;

    @Test
    void whoComesSecondGetsNothingUntilTheFirstIsThrough() throws IOException {
        Path work = folder.resolve("runs/.heads.work");
        try (SharedFolder first = Objects.requireNonNull(SharedFolder.take(work))) {
            assertThat(first.folder()).isEqualTo(work);
            assertThat(SharedFolder.take(work)).isNull();
            assertThat(folder.resolve("runs/.heads.work.lock")).exists();
        }
        try (SharedFolder second = SharedFolder.take(work)) {
            assertThat(second).isNotNull();
        }
        assertThat(folder.resolve("runs")).isEmptyDirectory();
    }
}
