package dev.loupe.dataset.given;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A row of a file with columns: a line of JSON, or a row of a Parquet file. It remembers whether something is wrong with it. */
final class DataRow {
    private final JsonNode cells;
    private final Function<String, List<String>> names;
    private final Consumer<String> faults;
    private boolean faulty;

    /**
     * @param cells an object
     * @param names what the file itself calls the numbers of a column, none where it does not say
     * @param faults takes what is wrong, as it follows the name of the place
     */
    DataRow(JsonNode cells, Function<String, List<String>> names, Consumer<String> faults) {
        this.cells = cells;
        this.names = names;
        this.faults = faults;
    }

    /** The cell of a column; missing where there is none. */
    JsonNode cell(String column) {
        return JsonColumn.of(cells, column);
    }

    /** The names of all columns of text. */
    List<String> texts() {
        return JsonColumn.texts(cells);
    }

    /** What the file itself calls the numbers of a column. */
    List<String> names(String column) {
        return names.apply(column);
    }

    /** Takes what is wrong with the row. */
    void fault(String what) {
        faulty = true;
        faults.accept(what);
    }

    boolean faulty() {
        return faulty;
    }
}
