package dev.loupe.model.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.loupe.tensors.PrefixedSource;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.SafetensorsWriter;
import dev.loupe.tensors.TensorSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hashes are not made twice of the same files, and always of others. */
class KnownHashesTest {
    private static final String FIRST = "a".repeat(64);
    private static final String SECOND = "b".repeat(64);

    @TempDir
    Path folder;

    private final AtomicInteger made = new AtomicInteger();

    @AfterEach
    void inThisProcessAlone() {
        System.clearProperty("loupe.hashes");
    }

    private Path written(String name) throws IOException {
        Path file = folder.resolve(name);
        new SafetensorsWriter()
                .floats("a.w", new long[] {2}, new float[] {1, 2})
                .write(file);
        return settled(file);
    }

    /** As a file lies there that was not changed just now. */
    private static Path settled(Path file) {
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            FileStamp stamp = FileStamp.of(file);
            return stamp != null && stamp.settled(Instant.now());
        });
        return file;
    }

    private String hash(TensorSource source, String hash) {
        return KnownHashes.of(source, () -> {
            made.incrementAndGet();
            return hash;
        });
    }

    @Test
    void whatWasHashedIsKnownWhileTheFileIsTheSame() throws IOException {
        Path file = written("w.safetensors");
        assertThat(hash(SafetensorsFile.open(file), FIRST)).isEqualTo(FIRST);
        assertThat(hash(SafetensorsFile.open(file), SECOND)).isEqualTo(FIRST);
        assertThat(made).hasValue(1);
        // The same bytes under other names are other tensors.
        assertThat(hash(new PrefixedSource(SafetensorsFile.open(file), "a."), SECOND))
                .isEqualTo(SECOND);
        assertThat(made).hasValue(2);
    }

    @Test
    void aChangeIsSeenThoughSizeAndModificationTimeAreAsBefore() throws IOException {
        Path file = written("w.safetensors");
        FileTime modified = Files.getLastModifiedTime(file);
        assertThat(hash(SafetensorsFile.open(file), FIRST)).isEqualTo(FIRST);
        long size = Files.size(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {7}), size - 1);
        }
        Files.setLastModifiedTime(file, modified);
        assertThat(Files.size(file)).isEqualTo(size);
        // Just now changed, it is not remembered at all.
        assertThat(hash(SafetensorsFile.open(file), SECOND)).isEqualTo(SECOND);
        assertThat(hash(SafetensorsFile.open(file), SECOND)).isEqualTo(SECOND);
        assertThat(made).hasValue(3);
        settled(file);
        assertThat(hash(SafetensorsFile.open(file), SECOND)).isEqualTo(SECOND);
        assertThat(hash(SafetensorsFile.open(file), FIRST)).isEqualTo(SECOND);
        assertThat(made).hasValue(4);
    }

    @Test
    void aFolderKeepsThemForOtherProcessesAndWhatIsNoHashThereIsMadeAgain() throws IOException {
        Path kept = folder.resolve("cache/hashes");
        KnownHashes.keepIn(kept);
        assertThat(hash(SafetensorsFile.open(written("w.safetensors")), FIRST)).isEqualTo(FIRST);
        Path one = files(kept).get(0);
        assertThat(files(kept)).hasSize(1);
        assertThat(one).hasContent(FIRST);
        Path other = written("other.safetensors");
        Files.write(one, "half".getBytes(UTF_8));
        assertThat(hash(SafetensorsFile.open(other), SECOND)).isEqualTo(SECOND);
        assertThat(files(kept)).hasSize(2);
        assertThat(made).hasValue(2);
    }

    private static List<Path> files(Path kept) throws IOException {
        try (Stream<Path> all = Files.list(kept)) {
            return all.toList();
        }
    }
}
