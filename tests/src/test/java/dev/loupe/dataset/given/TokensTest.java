package dev.loupe.dataset.given;

import static dev.loupe.dataset.Datasets.bind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.PairedRows;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {

    @TempDir
    private Path folder;

    private Tokens tokens(String options) {
        return bind(Tokens.class, "{generator: tokens, " + options + "}");
    }

    private Sources sources() {
        return new Sources(folder, 10);
    }

    @Test
    void rowsAreReadAsWritten() {
        PairedRows pairs = tokens(
                        "ids: [[1, 2, 3], [4, 5]], corrupted: [[1, 7, 3], [4, 5]], answer: [8, 9], wrong: [9, 8]")
                .pairs(sources());
        assertThat(pairs.clean().tokens()).isDeepEqualTo(new int[][] {{1, 2, 3}, {4, 5}});
        assertThat(pairs.corrupted().tokens()[0]).containsExactly(1, 7, 3);
        assertThat(pairs.clean().columns().get("answer")).containsExactly(8, 9);
        assertThat(pairs.clean().positions().get("END")).containsExactly(2, 1);
        assertThat(pairs.firstDifference(0)).isEqualTo(1);
        assertThat(pairs.firstDifference(1)).isEqualTo(2);
        TokenRows one =
                tokens("ids: [[1, 2, 3], [4, 5]], answer: [8, 9], rows: 1").read(sources());
        assertThat(one.rows()).isEqualTo(1);
        assertThat(one.columns().get("answer")).containsExactly(8);
    }

    @Test
    void theAnswerIsAskedForAtTheEnd() {
        TokenRows asked = tokens("ids: [[1, 2, 3], [4, 5]], answer: [8, 9]").read(sources());
        assertThat(asked.classes().get("answer")).isDeepEqualTo(new boolean[][] {{false, false, true}, {false, true}});
        assertThat(asked.targets()).isDeepEqualTo(new int[][] {{2, 3, 8}, {5, 9}});
        TokenRows plain = tokens("ids: [[1, 2, 3], [4, 5]]").read(sources());
        assertThat(plain.classes()).isEmpty();
        assertThat(plain.target(0, 2)).isEqualTo(-1);
    }

    @Test
    void whatIsWrongIsLocated() {
        assertThatThrownBy(() -> tokens("ids: [[1, 2], [4, 10]]").read(sources()))
                .isInstanceOfSatisfying(
                        DatasetException.class, e -> assertThat(e.option()).isEqualTo("ids[1][1]"))
                .hasMessageContaining("is 10, but the vocabulary of the model is 0..9");
        assertThatThrownBy(() -> tokens("ids: [[1], []]").read(sources())).hasMessageContaining("ids[1] is empty");
        assertThatThrownBy(() -> tokens("ids: [[1]], answer: [1, 2]").read(sources()))
                .hasMessageContaining("answer has 2 ids for 1 rows");
        assertThatThrownBy(() -> tokens("ids: [[1, 2]], corrupted: [[1]]").pairs(sources()))
                .hasMessageContaining("row 0 has 2 tokens, but its corrupted counterpart 1");
        assertThatThrownBy(() -> tokens("ids: [[1, 2]]").pairs(sources()))
                .hasMessageContaining("no corrupted counterparts");
        assertThatThrownBy(() -> tokens("rows: 3")).hasMessageContaining("`ids`) or as a file");
        assertThatThrownBy(() -> tokens("file: a, answer: [1]")).hasMessageContaining("a file contains its own");
    }

    @Test
    void filesOutsideTheFolderAreRefused() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Files.writeString(folder.resolve("secret"), "x");
        Files.createSymbolicLink(inner.resolve("link"), folder.resolve("secret"));
        Sources sources = new Sources(inner, 10);
        for (String name : new String[] {"../secret", "a/../../secret", "/etc/passwd", "link"}) {
            assertThatThrownBy(() -> tokens("file: " + name).read(sources))
                    .as(name)
                    .isInstanceOf(DatasetException.class)
                    .hasMessageContaining(
                            name.equals("link") ? "is a link that points outside" : "the folder of the spec");
        }
        assertThatThrownBy(() -> tokens("file: absent").read(sources)).hasMessageContaining("is not a file in");
    }

    @Test
    void theLayoutOfPairsIsReadFromAFile() throws IOException {
        write(
                "{\"clean_tokens\":{\"dtype\":\"I64\",\"shape\":[2,3],\"data_offsets\":[0,48]},"
                        + "\"corrupted_tokens\":{\"dtype\":\"I64\",\"shape\":[2,3],\"data_offsets\":[48,96]},"
                        + "\"answer\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[96,112]}}",
                1,
                2,
                3,
                4,
                5,
                6,
                1,
                2,
                7,
                4,
                5,
                8,
                3,
                9);
        PairedRows pairs = tokens("file: pairs.safetensors").pairs(sources());
        assertThat(pairs.clean().tokens()).isDeepEqualTo(new int[][] {{1, 2, 3}, {4, 5, 6}});
        assertThat(pairs.corrupted().tokens()).isDeepEqualTo(new int[][] {{1, 2, 7}, {4, 5, 8}});
        assertThat(pairs.clean().columns()).containsOnlyKeys("answer");
        assertThat(tokens("file: pairs.safetensors, tensor: corrupted_tokens, rows: 1")
                        .read(sources())
                        .tokens())
                .isDeepEqualTo(new int[][] {{1, 2, 7}});
        assertThatThrownBy(
                        () -> tokens("file: pairs.safetensors, tensor: nothing").read(sources()))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("nothing");
        assertThatThrownBy(() -> tokens("file: pairs.safetensors").read(new Sources(folder, 6)))
                .hasMessageContaining("clean_tokens[1][2] is 6");
        assertThat(SafetensorsFile.open(folder.resolve("pairs.safetensors")).names())
                .hasSize(3);
    }

    private void write(String header, long... values) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        java.nio.ByteBuffer out = java.nio.ByteBuffer.allocate(8 + json.length + 8 * values.length)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN);
        out.putLong(json.length).put(json);
        for (long value : values) {
            out.putLong(value);
        }
        Files.write(folder.resolve("pairs.safetensors"), out.array());
    }

    /** A file with two rows of three ids and one tensor more. */
    private void marked(String name, long[] shape, long... values) throws IOException {
        new SafetensorsWriter()
                .longs("clean_tokens", new long[] {2, 3}, new long[] {1, 2, 3, 4, 5, 6})
                .longs(name, shape, values)
                .write(folder.resolve("marked.safetensors"));
    }

    private TokenRows read(String more) {
        return tokens("file: marked.safetensors" + more).read(sources());
    }

    @Test
    void aFileSaysWhatItsTokensAre() throws IOException {
        marked("label.noun", new long[] {2, 3}, 0, 1, 1, -1, 0, 1);
        Label noun = Objects.requireNonNull(read("").labels().get("noun"));
        assertThat(noun.kind()).isEqualTo(Label.Kind.BOOLEAN);
        assertThat(noun.values()).isDeepEqualTo(new int[][] {{0, 1, 1}, {Label.LEFT_OUT, 0, 1}});
        assertThat(read("").place("noun").has(1, 2)).isTrue();
        marked("label.state", new long[] {2, 3}, 0, 1, 2, 2, -1, 0);
        assertThat(Objects.requireNonNull(read("").labels().get("state")).values()[1])
                .containsExactly(2, Label.LEFT_OUT, 0);
        Label state = Objects.requireNonNull(read(", rows: 1").labels().get("state"));
        assertThat(state.kind()).isEqualTo(Label.Kind.CATEGORY);
        assertThat(state.names()).containsExactly("0", "1", "2");
        assertThat(state.values()).isDeepEqualTo(new int[][] {{0, 1, 2}});
        marked("pointer.source", new long[] {2, 3}, -1, 0, 1, -1, 0, 0);
        assertThat(Objects.requireNonNull(read("").labels().get("source")).kind())
                .isEqualTo(Label.Kind.POINTER);
        marked("position.SUBJECT", new long[] {2}, 2, 0);
        assertThat(read("").positions()).containsOnlyKeys("SUBJECT", "END");
        assertThat(read("").positions().get("SUBJECT")).containsExactly(2, 0);
    }

    @Test
    void whatAFileSaysOfItsTokensHasTheirShapeAndExists() throws IOException {
        marked("label.noun", new long[] {3, 2}, 0, 1, 1, 1, 0, 1);
        assertThatThrownBy(() -> read(""))
                .hasMessage("`label.noun` does not have the shape [row, pos] of the token ids");
        marked("label.noun", new long[] {2, 3}, 0, 1, 1000, 1, 0, 1);
        assertThatThrownBy(() -> read("")).hasMessage("`label.noun` has 1000 in row 0, but its numbers are -1 to 999");
        marked("pointer.source", new long[] {2, 3}, 0, 1, 0, 1, 0, 3);
        assertThatThrownBy(() -> read("")).hasMessage("`pointer.source` has 3 in row 1, but its numbers are -1 to 2");
        marked("position.SUBJECT", new long[] {2}, 2, -1);
        assertThatThrownBy(() -> read("")).hasMessage("`position.SUBJECT` has -1 in row 1, but its numbers are 0 to 2");
        marked("position.SUBJECT", new long[] {3}, 2, 0, 0);
        assertThatThrownBy(() -> read("")).hasMessage("`position.SUBJECT` has 3 positions for 2 rows");
        marked("label.answer", new long[] {2, 3}, 0, 1, 1, 1, 0, 1);
        assertThatThrownBy(() -> read("")).hasMessage("the name `answer` of a label in the file is taken");
        marked("label.", new long[] {2, 3}, 0, 1, 1, 1, 0, 1);
        assertThatThrownBy(() -> read("")).hasMessage("the tensor `label.` has no name after `label.`");
    }
}
