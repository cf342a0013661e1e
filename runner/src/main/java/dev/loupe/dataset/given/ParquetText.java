package dev.loupe.dataset.given;

import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.text.Count;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/**
 * The text column of a Parquet file, row by row: at most one row group of this one column is in memory, as it was compressed, and
 * one page of it as text. Files are hostile: what a file says of its sizes is checked before anything is made of that size.
 */
final class ParquetText implements Closeable {
    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    private final String name;
    private final String option;
    private final ParquetFileReader reader;
    private final TextColumn column;
    private final MessageColumnIO assembly;
    private long left;
    private long row;
    private @Nullable RecordReader<Group> rows;

    private ParquetText(String name, String option, ParquetFileReader reader, TextColumn column) {
        this.name = name;
        this.option = option;
        this.reader = reader;
        this.column = column;
        this.assembly = new ColumnIOFactory(reader.getFileMetaData().getCreatedBy())
                .getColumnIO(column.projection(), reader.getFileMetaData().getSchema());
    }

    /**
     * @param name the file as the spec calls it
     * @param option the option that names it
     * @param wanted the column's name; of a field of a struct the names on the way to it, joined by dots
     * @throws DatasetException where it is no such file, or has no such column of text
     */
    static ParquetText open(String name, String option, Path path, String wanted) throws IOException {
        if (!begins(path)) {
            throw new DatasetException(
                    option, "`" + name + "` is not a Parquet file: it does not begin with PAR1, or is encrypted");
        }
        ParquetFileReader reader = null;
        try {
            ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                    .withCodecFactory(new PageCompression())
                    .withUseHadoopVectoredIo(false)
                    .build();
            reader = ParquetFileReader.open(new LocalInputFile(path), options);
            TextColumn column = TextColumn.of(reader.getFileMetaData().getSchema(), wanted, "`" + name + "`", option);
            checkSizes(reader.getRowGroups(), column, Files.size(path));
            reader.setRequestedSchema(column.projection());
            return new ParquetText(name, option, reader, column);
        } catch (DatasetException e) {
            close(reader);
            throw e;
        } catch (Refused e) {
            close(reader);
            throw new DatasetException(option, "`" + name + "` " + e.getMessage());
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // A footer that lies about lengths and depths ends in any of these.
            close(reader);
            throw broken(name, option, "the description of its columns, at its end, cannot be read");
        }
    }

    private static boolean begins(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        }
    }

    private static void close(@Nullable ParquetFileReader reader) throws IOException {
        if (reader != null) {
            reader.close();
        }
    }

    private static DatasetException broken(String name, String option, String what) {
        return new DatasetException(
                option, "`" + name + "` is a broken Parquet file: " + what + "; it may be incomplete, fetch it again");
    }

    private static void checkSizes(List<BlockMetaData> groups, TextColumn column, long length) {
        long most = Runtime.getRuntime().maxMemory() / 2;
        for (int i = 0; i < groups.size(); i++) {
            for (ColumnChunkMetaData chunk : groups.get(i).getColumns()) {
                if (!chunk.getPath().equals(column.path())) {
                    continue;
                }
                long size = chunk.getTotalSize();
                if (size < 0 || chunk.getStartingPos() < 0 || size > length - chunk.getStartingPos()) {
                    throw new Refused("is a broken Parquet file: row group " + (i + 1)
                            + " is said to go on after the end of the file; it may be incomplete, fetch it again");
                }
                if (size > most) {
                    throw new Refused("has " + Count.of(size, "byte") + " of text in row group " + (i + 1)
                            + ", and one row group must fit into half of the memory: give more with "
                            + "LOUPE_JAVA_OPTS=-Xmx8g, or write the file with smaller row groups");
                }
            }
        }
    }

    /**
     * The next row's text.
     *
     * @return null after the last row
     */
    @Nullable
    Cell next() {
        byte @Nullable [] bytes;
        try {
            while (rows == null || left == 0) {
                PageReadStore group = reader.readNextRowGroup();
                if (group == null) {
                    return null;
                }
                left = group.getRowCount();
                rows = assembly.getRecordReader(group, new GroupRecordConverter(column.projection()));
            }
            left--;
            row++;
            bytes = bytes(column.of(rows.read()));
        } catch (Refused e) {
            throw new DatasetException(option, "`" + name + "`, row " + row + ": " + e.getMessage());
        } catch (RuntimeException | IOException e) {
            throw broken(name, option, "row " + row + " cannot be read");
        }
        return new Cell(bytes == null ? null : text(bytes));
    }

    private static byte @Nullable [] bytes(@Nullable Binary value) {
        if (value != null && (value.length() < 0 || value.length() > PageCompression.LARGEST)) {
            throw new IllegalArgumentException("a text that is longer than any page");
        }
        return value == null ? null : value.getBytes();
    }

    private String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new DatasetException(option, "`" + name + "`, row " + row + " is not UTF-8 text");
        }
    }

    /** One row. */
    record Cell(@Nullable String text) {}

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /** What a file asks for and is not done, in words that follow its name. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }
}
