package dev.loupe.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two shards whose names begin with `model.`, seen without it. */
class PrefixedSourceTest {
    @TempDir
    Path folder;

    private Path shard(String file, String tensor) throws IOException {
        Path path = folder.resolve(file);
        new SafetensorsWriter()
                .floats(tensor, new long[] {2}, new float[] {1, 2})
                .write(path);
        return path;
    }

    @Test
    void itIsReadFromAllFilesOfWhatItSees() throws IOException {
        Path index = folder.resolve("index.json");
        Path one = shard("one.safetensors", "model.a");
        Path two = shard("two.safetensors", "model.b");
        ShardedSource shards = new ShardedSource(index, List.of(SafetensorsFile.open(one), SafetensorsFile.open(two)));
        PrefixedSource seen = new PrefixedSource(shards, "model.");
        assertThat(seen.names()).containsExactly("a", "b");
        assertThat(seen.floats("b")).containsExactly(1, 2);
        // Who sends the files elsewhere, or wants to know whether they changed, needs each.
        assertThat(seen.files()).containsExactly(index, one, two);
    }

    @Test
    void aNameWithoutThePrefixIsRefused() throws IOException {
        SafetensorsFile file = SafetensorsFile.open(shard("one.safetensors", "head.a"));
        assertThatThrownBy(() -> new PrefixedSource(file, "model."))
                .hasMessage("'head.a' does not begin with 'model.'");
    }
}
