package dev.loupe.dataset.given;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.text.Count;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a Parquet file, row by row: at most one row group of these columns is in memory, as it was compressed, and
 * one page of each as values. Files are hostile: what a file says of its sizes is checked before anything is made of that size.
 */
final class ParquetRows implements Closeable {
    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    private final String name;
    private final String option;
    private final ParquetFileReader reader;
    private final List<ParquetColumn> columns;
    private final MessageType projection;
    private final MessageColumnIO assembly;
    private final Map<String, List<String>> names = new HashMap<>();
    private long left;
    private long row;
    private @Nullable RecordReader<Group> rows;

    private ParquetRows(String name, String option, ParquetFileReader reader, List<ParquetColumn> columns) {
        this.name = name;
        this.option = option;
        this.reader = reader;
        this.columns = columns;
        this.projection = projection(columns);
        this.assembly = new ColumnIOFactory(reader.getFileMetaData().getCreatedBy())
                .getColumnIO(projection, reader.getFileMetaData().getSchema());
    }

    private static MessageType projection(List<ParquetColumn> columns) {
        return columns.stream()
                .map(ParquetColumn::projection)
                .reduce(MessageType::union)
                .orElseThrow();
    }

    /**
     * @param name the file as the spec calls it
     * @param option the option that names it
     * @param text the name of the column of text, null where none is read; of a field of a struct the names on the way to it,
     *     joined by dots
     * @param others names of columns of anything
     * @throws DatasetException where it is no such file, or has no such columns
     */
    static ParquetRows open(String name, String option, Path path, @Nullable String text, Set<String> others)
            throws IOException {
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
            MessageType schema = reader.getFileMetaData().getSchema();
            List<ParquetColumn> columns = new ArrayList<>();
            if (text != null) {
                columns.add(ParquetColumn.text(schema, text, "`" + name + "`", option));
            }
            for (String other : others) {
                columns.add(ParquetColumn.any(schema, other, "`" + name + "`", option));
            }
            checkSizes(reader.getRowGroups(), columns, Files.size(path));
            reader.setRequestedSchema(projection(columns));
            return new ParquetRows(name, option, reader, columns);
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

    private static void checkSizes(List<BlockMetaData> groups, List<ParquetColumn> columns, long length) {
        long most = Runtime.getRuntime().maxMemory() / 2;
        for (int i = 0; i < groups.size(); i++) {
            for (ColumnChunkMetaData chunk : groups.get(i).getColumns()) {
                if (columns.stream().noneMatch(column -> column.holds(chunk.getPath()))) {
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
     * The next row: the cell of each column by its whole name, null where it has none.
     *
     * @return null after the last row
     */
    @Nullable
    ObjectNode next() {
        try {
            while (rows == null || left == 0) {
                PageReadStore group = reader.readNextRowGroup();
                if (group == null) {
                    return null;
                }
                left = group.getRowCount();
                rows = assembly.getRecordReader(group, new GroupRecordConverter(projection));
            }
            left--;
            row++;
            Group read = rows.read();
            ObjectNode cells = JsonNodeFactory.instance.objectNode();
            columns.forEach(column -> cells.set(column.name(), column.of(read)));
            return cells;
        } catch (Refused e) {
            throw new DatasetException(option, "`" + name + "`, row " + row + ": " + e.getMessage());
        } catch (ParquetCell.NotText e) {
            throw new DatasetException(option, "`" + name + "`, row " + row + " is not UTF-8 text");
        } catch (RuntimeException | IOException e) {
            throw broken(name, option, "row " + row + " cannot be read");
        }
    }

    /** The number of the row that was read last, from 1. */
    long row() {
        return row;
    }

    /** What the file says that the numbers of a column mean, as the hub's library writes it; none where it does not. */
    List<String> names(String column) {
        return names.computeIfAbsent(
                column,
                asked -> HubFeatures.names(
                        reader.getFileMetaData().getKeyValueMetaData().get("huggingface"), asked));
    }

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
