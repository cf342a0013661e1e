package dev.loupe.tensors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    private static final String ID = "0d0a3f9c-1b2c-4d5e-8f90-0123456789ab";

    @TempDir
    Path folder;

    private Path file(String name, Duration age) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "half");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
        return file;
    }

    @Test
    void whatADeadProcessLeftGoesAndNothingElse() throws Exception {
        Process ended = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(ended.waitFor()).isZero();
        Duration old = Duration.ofHours(2);
        Path dead = file("0-abc.safetensors." + ended.pid() + "-" + ID + ".part", old);
        Path unnamed = file("0-abc.safetensors." + ID + ".part", old);
        Path living = file("0-abc.safetensors." + ProcessHandle.current().pid() + "-" + ID + ".part", old);
        Path fresh = file("1-abc.safetensors." + ended.pid() + "-" + ID + ".part", Duration.ZERO);
        Path others = file("notes.part", old);
        Path weights = file("0-abc.safetensors", old);

        Leftovers.remove(folder);

        assertThat(dead).doesNotExist();
        assertThat(unnamed).doesNotExist();
        assertThat(living).exists();
        assertThat(fresh).exists();
        assertThat(others).exists();
        assertThat(weights).exists();
    }

    @Test
    void aFolderThatIsNotThereHasNone() throws IOException {
        Leftovers.remove(folder.resolve("none"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void filesAreWrittenUnderSuchAName() {
        assertThat(Leftovers.beside(folder, folder.resolve("x.safetensors"))
                        .getFileName()
                        .toString())
                .matches("x\\.safetensors\\." + ProcessHandle.current().pid() + "-[-0-9a-f]{36}\\.part");
    }
}
