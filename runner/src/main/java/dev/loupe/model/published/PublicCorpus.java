package dev.loupe.model.published;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.OneOrMany;
import dev.loupe.spec.RepositoryName;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** One corpus of a card: a data set on the hub, and which of its files are its text. */
public record PublicCorpus(
        @Doc("Owner and name of the data set on the hub") String repository,

        @Doc("Branch, tag or commit") @Default("main") String revision,

        @Doc("Licence of the text, as the repository states it")
        String licence,

        @Doc(
                "Files of the repository with the text, Parquet or JSON lines (.jsonl), read in the order of their names; `*` "
                        + "matches any characters of a name")
        @OneOrMany
        List<String> files,

        @Doc("The column of the text, or its key in JSON lines") @Default("text")
        String column) {
    public PublicCorpus {
        files = List.copyOf(files);
        RepositoryName.owned(repository);
        RepositoryName.revision(revision);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("`files` names no file");
        }
        for (String file : files) {
            if (!file.endsWith(".parquet") && !file.endsWith(".jsonl")) {
                throw new IllegalArgumentException(
                        "`files` are Parquet files or JSON lines (.parquet, .jsonl), which \"" + file + "\" is not");
            }
        }
    }

    /** Those of some names that are its files, in order. */
    public List<String> among(Collection<String> names) {
        TreeSet<String> found = new TreeSet<>();
        for (String file : files) {
            Pattern pattern = Pattern.compile(("\\Q" + file + "\\E").replace("*", "\\E[^/]*\\Q"));
            names.stream().filter(name -> pattern.matcher(name).matches()).forEach(found::add);
        }
        return List.copyOf(found);
    }
}
