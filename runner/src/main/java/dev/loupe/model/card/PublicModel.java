package dev.loupe.model.card;

import dev.loupe.model.config.TransformerConfig;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;
import java.util.stream.Stream;

/** One model of a public card: where it lies, and its shape. */
public record PublicModel(
        @Doc("Owner and name on the hub") String repository,
        @Doc("Branch, tag or commit") @Default("main") String revision,

        @Doc("Former names of the repository; downloads under these names are found too") @Default("[]") @OneOrMany
        List<String> formerly,

        @Doc("Other names of the model") @Default("[]") @OneOrMany
        List<String> aliases,

        @Doc("The configuration in TransformerLens field names, used to plan before weights are downloaded. The "
                + "config.json of the repository takes precedence and must have this shape.")
        TransformerConfig config) {
    private static final String REPOSITORY = "[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)?";

    public PublicModel {
        formerly = List.copyOf(formerly);
        aliases = List.copyOf(aliases);
        if (!repository.contains("/")) {
            throw new IllegalArgumentException("`repository` is owner/name, not \"" + repository + "\"");
        }
        Stream.concat(Stream.of(repository), formerly.stream()).forEach(PublicModel::checked);
        checkedRevision(revision);
    }

    static void checkedRevision(String revision) {
        if (!revision.matches("[A-Za-z0-9][A-Za-z0-9._/-]*") || revision.contains("..")) {
            throw new IllegalArgumentException("\"" + revision + "\" is not a branch, tag or commit");
        }
    }

    /** The name of a repository, or a refusal. */
    static String checked(String repository) {
        if (!repository.matches(REPOSITORY) || repository.contains("..") || repository.contains("--")) {
            throw new IllegalArgumentException("`repository` is owner/name, not \"" + repository + "\"");
        }
        return repository;
    }
}
