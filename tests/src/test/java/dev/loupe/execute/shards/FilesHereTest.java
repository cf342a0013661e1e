package dev.loupe.execute.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.failure.EnvironmentException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An executor takes a model's files from its own folders, or from the driver, and takes none with other bytes. */
class FilesHereTest {
    @TempDir
    Path folder;

    private Path there;
    private SentFile weights;

    /** A file on the machine that starts the run, which this one does not see. */
    @BeforeEach
    void aModelOverThere() throws IOException {
        Path real = folder.resolve("driver/models/small/model.safetensors");
        Files.createDirectories(real.getParent());
        Files.writeString(real, "the weights");
        SentFile known = SentFile.of(real);
        there = Path.of("/nowhere/models/small/model.safetensors");
        weights = new SentFile(there, known.bytes(), known.hash());
    }

    private FilesHere.Found found(Map<String, String> shared) throws IOException {
        ExecutorPlace place = new ExecutorPlace(
                "executor 1", folder.resolve("scratch"), List.of(folder.resolve("mine")), 1, 0, 1000, false);
        return new FilesHere(place).of(List.of(weights), new Shared(shared));
    }

    private record Shared(Map<String, String> all) implements Blobs {
        @Override
        public boolean has(String hash) {
            return all.containsKey(hash);
        }

        @Override
        public byte[] bytes(String hash) {
            return all.getOrDefault(hash, "").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }

        @Override
        public void copy(String hash, OutputStream to) throws IOException {
            to.write(bytes(hash));
        }
    }

    private Path mine(String content) throws IOException {
        Path file = folder.resolve("mine/small/model.safetensors");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    @Test
    void whatLiesInAFolderOfItsOwnIsTaken() throws IOException {
        Path mine = mine("the weights");
        FilesHere.Found found = found(Map.of());
        assertThat(found.lacks()).isEmpty();
        Path here = found.paths().get(there);
        assertThat(here).isNotNull().hasFileName("model.safetensors");
        assertThat(here.toRealPath()).isEqualTo(mine.toRealPath());
        assertThat(found.paths().get(there.getParent()))
                .isEqualTo(here.getParent())
                .hasFileName("small");
    }

    @Test
    void otherBytesUnderThatNameAreToldNotReplaced() throws IOException {
        mine("the weightz");
        assertThatThrownBy(() -> found(Map.of(weights.hash(), "the weights")))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("mine/small/model.safetensors")
                .hasMessageContaining(weights.hash());
    }

    @Test
    void whatLiesNowhereIsAskedForAndTakenOnceItIsShared() throws IOException {
        assertThat(found(Map.of()).lacks()).containsExactly(weights.hash());
        Path here = found(Map.of(weights.hash(), "the weights")).paths().get(there);
        assertThat(here).hasContent("the weights");
        // Once it is here it is not asked for again.
        assertThat(found(Map.of()).lacks()).isEmpty();
    }

    @Test
    void whatArrivesWithOtherBytesIsNotTaken() {
        assertThatThrownBy(() -> found(Map.of(weights.hash(), "the weighty")))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("did not arrive as it was sent");
    }
}
