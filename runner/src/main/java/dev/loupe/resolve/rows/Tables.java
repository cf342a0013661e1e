package dev.loupe.resolve.rows;

import dev.loupe.dataset.Dataset;
import dev.loupe.dataset.language.KnownLanguage;
import dev.loupe.dataset.rows.NextTokens;
import dev.loupe.model.table.Ngram;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.resolve.model.ModelFamily;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.model.ModelSource;
import dev.loupe.resolve.model.TableFamilies;
import dev.loupe.resolve.model.UnknownName;
import dev.loupe.result.Coordinates;
import dev.loupe.spec.ModelChoice;
import dev.loupe.spec.NamedDataset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Models that are tables of probabilities of the spec's datasets. */
public record Tables(Rows rows, Map<String, NamedDataset> datasets) implements TableFamilies {
    @Override
    public ModelFamily ngram(String name, ModelChoice.NgramOf choice, ModelFamily like) {
        ModelInstance first = like.first();
        dataset(choice.ngram());
        RowSet counted = rows.of(choice.ngram(), first);
        int vocabulary = first.ref().shape().outputs();
        NextTokens table = new Ngram(counted.rows(), vocabulary, choice.order(), choice.add(), choice.backoff());
        String label = choice.order() + "-gram of " + choice.ngram();
        String identity = "ngram-" + choice.order() + "-" + choice.add() + (choice.backoff() ? "" : "-flat") + "-"
                + counted.ref().identity();
        ModelRef ref = new ModelRef(label, identity, shape(vocabulary));
        return family(name, ref, table, first.tokenizer());
    }

    @Override
    public ModelFamily truth(String name, ModelChoice.Truth choice) {
        if (!(dataset(choice.truth()) instanceof KnownLanguage language)) {
            throw new IllegalArgumentException("the probabilities of dataset `" + choice.truth()
                    + "` are not known: `truth` needs a `planted-language` or `planted-documents`");
        }
        NextTokens table = language.truth();
        ModelRef ref = new ModelRef(
                "truth of " + choice.truth(), "truth-" + language.withRows(1, 0L), shape(table.vocabulary()));
        return family(name, ref, table, null);
    }

    private Dataset dataset(String name) {
        NamedDataset found = datasets.get(name);
        if (found == null) {
            throw UnknownName.of("dataset", name, datasets.keySet());
        }
        return found.source();
    }

    private static ModelFamily family(String name, ModelRef ref, NextTokens table, @Nullable Path tokenizer) {
        return ModelFamily.of(
                name,
                List.of(new ModelInstance(
                        name, Coordinates.NONE, ref, new ModelSource.Table(table), null, tokenizer, null)));
    }

    /** Nothing but logits. */
    private static ModelShape shape(int vocabulary) {
        return new ModelShape(
                ModelShape.TABLE, 0, 1, 1, 1, 1, 0, vocabulary, vocabulary, 0, true, false, false, 0, List.of());
    }
}
