package dev.loupe.resolve;

import dev.loupe.dataset.TokenRows;
import dev.loupe.plan.Edit;
import dev.loupe.plan.EmbeddingOf;

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
        if (edit.value() instanceof EmbeddingOf other
                && other.from() == EmbeddingOf.From.COLUMN
                && !rows.columns().containsKey(other.name())) {
            throw new IllegalArgumentException("the dataset has no column `" + other.name() + "`; it has "
                    + String.join(", ", rows.columns().keySet()));
        }
    }
}
