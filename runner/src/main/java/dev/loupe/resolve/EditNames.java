package dev.loupe.resolve;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.EmbeddingOf;

/** What an edit asks of a dataset by name must be there, before anything runs. */
final class EditNames {
    private EditNames() {}

    /** @throws IllegalArgumentException where the rows lack a position, a class or a column that the edit names */
    static void check(Edit edit, TokenRows rows) {
        edit.positions().names().forEach(name -> rows.belongs(name, 0, 0));
        edit.keys().names().forEach(name -> rows.belongs(name, 0, 0));
        for (String name : edit.value().names()) {
            if (!rows.positions().containsKey(name)) {
                throw new IllegalArgumentException("the dataset has no named position `" + name + "`; it has "
                        + String.join(", ", rows.positions().keySet()));
            }
        }
        if (edit.value() instanceof EmbeddingOf other && other.from() == EmbeddingOf.From.COLUMN) {
            oneId(other.name(), rows);
        }
    }

    private static void oneId(String column, TokenRows rows) {
        if (!rows.columns().containsKey(column)) {
            throw new IllegalArgumentException("the dataset has no column `" + column + "`; it has "
                    + String.join(", ", rows.columns().keySet()));
        }
        for (int row = 0; row < rows.rows(); row++) {
            int count = rows.ids(column, row).length;
            if (count > 1) {
                throw new IllegalArgumentException("`by-column: " + column + "` needs one token for each row, but row "
                        + row + " has " + count + " in that column: use `by-token` or `by-position`");
            }
        }
    }
}
