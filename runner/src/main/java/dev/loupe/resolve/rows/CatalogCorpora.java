package dev.loupe.resolve.rows;

import dev.loupe.dataset.rows.Corpora;
import dev.loupe.dataset.rows.Corpus;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.hub.CorpusSnapshot;
import dev.loupe.model.published.CorpusChoice;
import dev.loupe.resolve.model.AbsentCorpus;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.schema.problem.DidYouMean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Corpora by their cards, as they lie in the hub's cache; it remembers which were read. Not for several threads. */
final class CatalogCorpora implements Corpora {
    private final ModelCatalog catalog;
    private final Map<String, CorpusSnapshot> read = new LinkedHashMap<>();

    CatalogCorpora(ModelCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Corpus of(String name) {
        CorpusChoice choice = catalog.corpus(name);
        if (choice == null) {
            String near = DidYouMean.to(name, catalog.corpora().keySet());
            throw new DatasetException(
                    "corpus",
                    "there is no corpus `" + name + "`"
                            + (near == null
                                    ? "; `loupe list` prints all corpora, and a card describes another"
                                    : "; did you mean `" + near + "`?"));
        }
        CorpusSnapshot found = catalog.downloaded(choice);
        if (found == null) {
            throw new AbsentCorpus(choice);
        }
        read.put(name, found);
        return new Corpus(found.paths(), choice.corpus().column());
    }

    /** The SHA-256 of every file that was read, by corpus and file. */
    Map<String, String> hashes() {
        Map<String, String> hashes = new LinkedHashMap<>();
        read.forEach((name, found) -> {
            try {
                found.hashes().forEach((file, hash) -> hashes.put(name + "/" + file, hash));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return hashes;
    }

    /** What was read, in words: where it is from, and its licence. */
    List<String> described() {
        List<String> lines = new ArrayList<>();
        read.forEach((name, found) -> lines.add(name + " (" + found.origin() + "), licence: "
                + found.choice().corpus().licence()));
        return lines;
    }
}
