package dev.loupe.result.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.result.RandomRuns;
import dev.loupe.result.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedRunTest {
    private final ResultStore store = new ResultStore();

    @TempDir
    Path folder;

    @Test
    void givesBackTheRunThatWasPacked() throws IOException {
        for (long seed = 0; seed < 40; seed++) {
            RunResult run = new RandomRuns(seed).next();
            store.write(folder, run);
            PackedRun.pack(folder);
            assertThat(folder.resolve(ResultStore.JSON)).doesNotExist();
            assertThat(folder.resolve(ResultStore.TENSORS)).doesNotExist();
            assertThat(ResultStore.isComplete(folder)).isTrue();
            assertThat(store.read(folder)).as("seed %s", seed).isEqualTo(run);
        }
    }

    @Test
    void holdsBothFilesByteForByteAndEqualRunsGiveEqualBytes() throws IOException {
        Path other = folder.resolve("other");
        store.write(folder, new RandomRuns(3).next());
        store.write(other, new RandomRuns(3).next());
        byte[] json = Files.readAllBytes(folder.resolve(ResultStore.JSON));
        byte[] tensors = Files.readAllBytes(folder.resolve(ResultStore.TENSORS));
        PackedRun.pack(folder);
        PackedRun.pack(other);
        Path archive = folder.resolve(PackedRun.FILE);
        assertThat(archive).hasSameBinaryContentAs(other.resolve(PackedRun.FILE));
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            assertThat(zip.getInputStream(zip.getEntry(ResultStore.JSON)).readAllBytes())
                    .isEqualTo(json);
            assertThat(zip.getInputStream(zip.getEntry(ResultStore.TENSORS)).readAllBytes())
                    .isEqualTo(tensors);
        }
    }

    @Test
    void whatIsPackedAlreadyStaysAndANewRunTakesItsPlace() throws IOException {
        store.write(folder, new RandomRuns(1).next());
        PackedRun.pack(folder);
        PackedRun.pack(folder);
        assertThat(store.read(folder)).isEqualTo(new RandomRuns(1).next());

        store.write(folder, new RandomRuns(2).next());
        assertThat(folder.resolve(PackedRun.FILE)).doesNotExist();
        assertThat(store.read(folder)).isEqualTo(new RandomRuns(2).next());
    }

    @Test
    void aDamagedArchiveIsRefusedByName() throws IOException {
        Path archive = folder.resolve(PackedRun.FILE);
        Files.writeString(archive, "not an archive");
        assertThatThrownBy(() -> store.read(folder))
                .isInstanceOf(ResultFormatException.class)
                .hasMessageContaining(PackedRun.FILE)
                .hasMessageContaining("is not a ZIP archive");

        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("other.json"));
        }
        assertThatThrownBy(() -> store.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not contain " + ResultStore.JSON);
    }
}
