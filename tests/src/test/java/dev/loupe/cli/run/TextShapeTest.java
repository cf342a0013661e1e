package dev.loupe.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextShapeTest {
    @TempDir
    Path folder;

    private TextShape shape(String name, String text) throws IOException {
        return TextShape.of(Files.writeString(folder.resolve(name), text), null);
    }

    @Test
    void whatSeparatesDocumentsIsFound() throws IOException {
        assertThat(shape("a.txt", "one\n\ntwo<|endoftext|>three").splitOn()).isEqualTo("<|endoftext|>");
        assertThat(shape("b.txt", "one\n\ntwo").splitOn()).isEqualTo("\n\n");
        assertThat(shape("c.txt", "one\r\n\r\ntwo").splitOn()).isEqualTo("\r\n\r\n");
        assertThat(shape("d.txt", "one\ntwo").splitOn()).isEqualTo("\n\n");
        assertThat(shape("e.JSONL", "{\"text\": \"one\\n\\ntwo\"}").splitOn()).isEmpty();
        assertThat(TextShape.of(folder.resolve("b.txt"), "w").splitOn()).isEqualTo("w");
    }

    /** Nineteen are too few for two sides of a split; of a long text the beginning is seen. */
    @Test
    void whetherDocumentsAreFew() throws IOException {
        assertThat(shape("few.txt", "some words\n\n".repeat(19)).few()).isTrue();
        assertThat(shape("enough.txt", "some words\n\n".repeat(20)).few()).isFalse();
        assertThat(shape("whole.txt", "some words ".repeat(500)).few()).isTrue();
        assertThat(shape("long.txt", "some words ".repeat(200_000)).few()).isTrue();
        assertThat(shape("books.txt", ("some words ".repeat(10_000) + "\n\n").repeat(25))
                        .few())
                .isFalse();
        assertThat(shape("lines.jsonl", "{\"text\": \"a\"}\n".repeat(20)).few()).isFalse();
    }

    /** Four characters are about a token: documents of 40 are ten. */
    @Test
    void aWindowIsNoLongerThanMostDocuments() throws IOException {
        TextShape tiny = shape("tiny.txt", ("x".repeat(40) + "\n\n").repeat(30));
        assertThat(tiny.typical()).isEqualTo(40);
        assertThat(tiny.window(128, 8)).isEqualTo(10);
        assertThat(tiny.window(128, 12)).isEqualTo(12);
        assertThat(tiny.window(20, 8)).isEqualTo(20);
        assertThat(shape("long.txt", "word ".repeat(5000)).window(128, 8)).isEqualTo(128);
    }
}
