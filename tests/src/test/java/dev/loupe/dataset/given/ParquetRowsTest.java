package dev.loupe.dataset.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.Datasets;
import dev.loupe.dataset.WordEncoder;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that pyarrow 26 wrote; {@code make.py} beside them says how. Their texts are known from there. */
class ParquetRowsTest {
    @TempDir
    Path folder;

    private final WordEncoder encoder = new WordEncoder();

    private Path given(String name) throws IOException {
        Path there = folder.resolve(name);
        try (InputStream in = ParquetRowsTest.class.getResourceAsStream("/parquet/" + name)) {
            Files.write(there, in.readAllBytes());
        }
        return there;
    }

    private Text text(String options) {
        return Datasets.bind(Text.class, "{generator: text, " + options + "}");
    }

    private Sources sources() {
        return new Sources(folder, 1000, encoder);
    }

    private List<String> documents(String options) {
        return text(options).documents(sources());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"snappy", "zstd", "gzip", "none", "lz4", "v2", "v2-snappy", "delta", "delta-length", "large"})
    void theTextColumnOfEveryEncodingIsReadAndRowsWithoutTextAreCounted(String name) throws IOException {
        given(name + ".parquet");
        // One text is empty and one is null.
        assertThat(documents("file: " + name + ".parquet"))
                .containsExactly("Tim had a boat.", "Ein Vogel \ud83d\udc26 sang.", "Line one\nline two\twith a tab.");
        TokenRows rows = text("bos: none, file: " + name + ".parquet").read(sources());
        assertThat(rows.notes()).containsExactly("1 row of the data without a text (null), left out");
    }

    @Test
    void fieldsOfStructsAreNamedByTheWayToThem() throws IOException {
        given("snappy.parquet");
        assertThat(documents("file: snappy.parquet, column: meta.lang")).containsExactly("en", "en", "de", "en");
        assertThat(documents("file: snappy.parquet, column: meta.title")).containsExactly("a", "d", "e");
        assertThat(documents("file: snappy.parquet, column: a.b")).containsExactly("p", "q", "r", "s", "t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "txt | `snappy.parquet` has no column `txt`; did you mean `text`? Name it with `column`",
                "content | `snappy.parquet` has no column `content`; its columns of text are [text, meta.title, meta.lang, a.b]",
                "id | column `id` of `snappy.parquet` holds int64 values, not text: name another with `column`; its columns of text are [text, meta.title, meta.lang, a.b]",
                "meta | column `meta` of `snappy.parquet` holds several fields, not text: name another with `column`; its columns of text are [text, meta.title, meta.lang, a.b]",
                "messages | column `messages` of `snappy.parquet` is a list, and a document is one text: name another column with `column`; its columns of text are [text, meta.title, meta.lang, a.b]",
                "messages.list.element | column `messages` of `snappy.parquet` is a list, and a document is one text: name another column with `column`; its columns of text are [text, meta.title, meta.lang, a.b]",
                "text.more | `snappy.parquet` has no column `text.more`; its columns of text are [text, meta.title, meta.lang, a.b]",
            })
    void aWrongColumnIsToldWithThoseThatCouldBeMeant(String column, String message) throws IOException {
        given("snappy.parquet");
        assertThatThrownBy(() -> documents("file: snappy.parquet, column: '" + column + "'"))
                .isInstanceOf(DatasetException.class)
                .hasMessage(message);
    }

    @Test
    void whatCannotBeReadIsToldByName() throws IOException {
        given("brotli.parquet");
        assertThatThrownBy(() -> documents("file: brotli.parquet"))
                .hasMessage("`brotli.parquet`, row 0: its pages are compressed with brotli, which Loupe does not read: "
                        + "write the file with snappy, zstd, gzip or lz4_raw");
        given("bytes.parquet");
        assertThatThrownBy(() -> documents("file: bytes.parquet"))
                .hasMessage("`bytes.parquet`, row 2 is not UTF-8 text");
        Files.writeString(folder.resolve("page.parquet"), "<html>not found</html>");
        assertThatThrownBy(() -> documents("file: page.parquet"))
                .hasMessage("`page.parquet` is not a Parquet file: it does not begin with PAR1, or is encrypted");
        // Twelve kilobytes that unpack to 400 million characters in one page.
        given("bomb.parquet");
        assertThatThrownBy(() -> documents("file: bomb.parquet"))
                .hasMessageMatching("`bomb.parquet`, row [0-9]+: a page of the file is said to unpack to [0-9]+ bytes, "
                        + "more than Loupe reads at once");
    }

    @Test
    void aFileThatIsCutOffAnywhereIsAnErrorWithItsName() throws IOException {
        byte[] whole = Files.readAllBytes(given("snappy.parquet"));
        for (int length = 4; length < whole.length; length += 37) {
            Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> documents("file: cut.parquet"))
                    .isInstanceOf(DatasetException.class)
                    .hasMessageStartingWith("`cut.parquet` is a broken Parquet file");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zstd", "gzip", "v2", "delta", "delta-length"})
    void changedBytesEndInTextsOrInAnErrorWithTheName(String name) throws IOException {
        byte[] whole = Files.readAllBytes(given(name + ".parquet"));
        Random random = new Random(7);
        for (int i = 0; i < 120; i++) {
            byte[] changed = whole.clone();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                changed[4 + random.nextInt(changed.length - 4)] = (byte) random.nextInt(256);
            }
            Files.write(folder.resolve("changed.parquet"), changed);
            try {
                assertThat(documents("file: changed.parquet")).hasSizeLessThan(1000);
            } catch (DatasetException e) {
                assertThat(e).hasMessageContaining("changed.parquet");
            }
        }
    }

    @Test
    void noMoreIsReadThanIsAskedFor() throws IOException {
        byte[] whole = Files.readAllBytes(given("none.parquet"));
        // Row groups have two rows; the pages of the last ones are destroyed, the description at the end is not.
        int second = indexOf(whole, "Ein Vogel".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Arrays.fill(whole, second - 8, second + 8, (byte) 0xff);
        Files.write(folder.resolve("half.parquet"), whole);
        assertThat(text("bos: none, rows: 1, file: half.parquet")
                        .read(sources())
                        .rows())
                .isEqualTo(1);
        assertThatThrownBy(() -> documents("file: half.parquet")).isInstanceOf(DatasetException.class);
    }

    private static int indexOf(byte[] all, byte[] part) {
        for (int i = 0; i + part.length <= all.length; i++) {
            if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new IllegalArgumentException("not there");
    }
}
