package dev.loupe.schema.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.schema.yaml.YamlTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFilesTest {
    @TempDir
    Path folder;

    @Test
    void theFilesInWhichPartsWereWrittenAndThoseThatValuesName() throws IOException {
        Path rows = Files.createFile(folder.resolve("rows.json"));
        Path far =
                Files.createFile(Files.createDirectory(folder.resolve("data")).resolve("far.txt"));
        Files.createFile(folder.resolve("other.json"));
        Path spec = Files.writeString(
                folder.resolve("spec.yaml"), "a: {file: rows.json}\nb: [1, far.txt, data, 'no\\0path', ~]\n");
        assertThat(SourceFiles.of(YamlTree.read(spec), List.of(folder, folder.resolve("data"))))
                .containsExactlyInAnyOrder(rows, far, spec);
    }
}
