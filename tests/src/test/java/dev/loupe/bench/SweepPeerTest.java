package dev.loupe.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.loupe.failure.EnvironmentException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The other libraries' side of a sweep, run by a Python as it is found. */
class SweepPeerTest {
    private static final SweepSpec SPEC = new SweepSpec(11, 2, 3);

    @TempDir
    Path folder;

    /** A Python that sees some packages only. */
    private Path python(String packages) throws IOException {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(at -> Files.isExecutable(Path.of(at, "python3")));
        assumeTrue(there, "skipped: there is no python3 on the PATH");
        Path script = folder.resolve("python");
        Files.writeString(script, "#!/bin/sh\nPYTHONPATH=" + packages + " exec python3 -S \"$@\"\n");
        assumeTrue(script.toFile().setExecutable(true), "skipped: scripts cannot be run here");
        return script;
    }

    @Test
    void aPythonWithoutAnyOfTheLibrariesIsToldSo() throws IOException {
        Path bare = python("");
        assertThatThrownBy(() -> SweepPeer.start(bare, folder, folder, SPEC, 1, Set.of()))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("has none of the libraries")
                .hasMessageContaining("No module named 'torch'");
    }

    @Test
    void aPythonThatDoesNotStartIsToldSo() {
        assertThatThrownBy(() -> SweepPeer.start(folder.resolve("none"), folder, folder, SPEC, 1, Set.of()))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("--peer")
                .hasMessageContaining("cannot be started");
    }

    @Test
    void hooksOnModulesSeeWhatEntersTheOutputProjectionOnly() {
        SweepCase heads = SweepCase.ALL.get(0);
        assertThat(SweepPeer.of(heads)).isEqualTo(SweepPeer.ALL);
        assertThat(SweepPeer.of(new SweepCase("q", "attn.q", SweepCase.EVERYWHERE, false, 1)))
                .isEqualTo(List.of(SweepPeer.LENS));
    }
}
