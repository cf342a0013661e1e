package dev.loupe.execute.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.failure.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a training that come back in pieces of any size are the files that were made. */
class ComingFilesTest {
    @TempDir
    Path folder;

    private Path made() throws IOException {
        Path made = Files.createDirectories(folder.resolve("made"));
        Random random = new Random(3);
        for (int size : new int[] {10, 0, 257, 31}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            Files.write(made.resolve("seed" + size + ".safetensors"), bytes);
        }
        Files.writeString(made.resolve("0.resume"), "a snapshot stays where it is");
        return made;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void piecesOfEverySizePutTogether() throws IOException {
        Path made = made();
        for (long most : new long[] {1, 7, 10, 100, 1000}) {
            Path here = folder.resolve("here" + most);
            ComingFiles coming = new ComingFiles();
            int answers = 0;
            TrainedElsewhere.Pieces came = TrainedElsewhere.pieces(made, 0, most);
            while (true) {
                answers++;
                came.pieces().forEach(piece -> coming.take(here, piece, "executor 1"));
                assertThat(came.next() - came.from()).isLessThanOrEqualTo(most);
                if (!came.left()) {
                    break;
                }
                assertThat(names(here)).doesNotContainSequence("0.resume");
                came = TrainedElsewhere.pieces(made, came.next(), most);
            }
            assertThat(answers).as("answers of %s bytes", most).isEqualTo((int) ((298 + most - 1) / most));
            List<String> expected = new ArrayList<>(names(made));
            expected.remove("0.resume");
            expected.remove("seed0.safetensors");
            assertThat(names(here)).as("an empty file is no weights").isEqualTo(expected);
            for (String name : expected) {
                assertThat(here.resolve(name)).hasSameBinaryContentAs(made.resolve(name));
            }
        }
    }

    @Test
    void aFileThatChangedBetweenItsPiecesIsNotTaken() throws IOException {
        Path made = made();
        Path here = folder.resolve("here");
        ComingFiles coming = new ComingFiles();
        TrainedElsewhere.Pieces first = TrainedElsewhere.pieces(made, 0, 100);
        first.pieces().forEach(piece -> coming.take(here, piece, "executor 1"));
        byte[] other = new byte[257];
        Files.write(made.resolve("seed257.safetensors"), other);
        TrainedElsewhere.Pieces second = TrainedElsewhere.pieces(made, first.next(), 1000);
        assertThatThrownBy(() -> second.pieces().forEach(piece -> coming.take(here, piece, "executor 2")))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("executor 2")
                .hasMessageContaining("seed257.safetensors did not arrive as it was sent");
        assertThat(names(here)).containsExactly("seed10.safetensors");
    }
}
