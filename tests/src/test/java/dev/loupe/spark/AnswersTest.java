package dev.loupe.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.failure.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers come back in their order, those beyond a limit from the disk, and no file is left. */
class AnswersTest {
    @TempDir
    Path folder;

    private static byte[] answer(int size, int first) {
        byte[] bytes = new byte[size];
        bytes[0] = (byte) first;
        return bytes;
    }

    private long files() throws IOException {
        if (!Files.exists(folder.resolve("waiting"))) {
            return 0;
        }
        try (Stream<Path> all = Files.list(folder.resolve("waiting"))) {
            return all.count();
        }
    }

    @Test
    void whatDoesNotFitInMemoryWaitsOnTheDisk() throws Exception {
        try (Answers answers = new Answers(folder.resolve("waiting"), 100)) {
            for (int i = 0; i < 5; i++) {
                answers.add(answer(40, i));
            }
            assertThat(files()).as("the first two are in memory").isEqualTo(3);
            for (int i = 0; i < 5; i++) {
                assertThat(answers.poll(0)).isEqualTo(answer(40, i));
            }
            assertThat(answers.poll(0)).isNull();
            assertThat(answers.isEmpty()).isTrue();
            assertThat(files()).isZero();
            answers.add(answer(40, 7));
            assertThat(files()).as("there is room in memory again").isZero();
        }
    }

    @Test
    void oneThatIsLargerThanTheLimitIsTakenAlone() throws Exception {
        try (Answers answers = new Answers(folder.resolve("waiting"), 100)) {
            answers.add(answer(300, 1));
            answers.add(answer(1, 2));
            assertThat(files()).isEqualTo(1);
            assertThat(answers.poll(0)).hasSize(300);
            assertThat(answers.poll(0)).hasSize(1);
        }
    }

    @Test
    void whatNobodyTookLeavesNoFile() throws Exception {
        try (Answers answers = new Answers(folder.resolve("waiting"), 0)) {
            answers.add(answer(1, 1));
            answers.add(answer(1, 2));
            assertThat(files()).isEqualTo(1);
        }
        assertThat(files()).isZero();
    }

    @Test
    void aFolderThatIsNoneIsToldWhereTheAnswerIsTaken() throws Exception {
        Path none = Files.writeString(folder.resolve("file"), "");
        try (Answers answers = new Answers(none, 0)) {
            answers.add(answer(1, 1));
            answers.add(answer(1, 2));
            assertThat(answers.poll(0)).hasSize(1);
            assertThatThrownBy(() -> answers.poll(0))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("is gone")
                    .hasMessageContaining(none.toString());
        }
    }
}
