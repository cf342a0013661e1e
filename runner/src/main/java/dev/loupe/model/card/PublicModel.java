package dev.loupe.model.card;

import dev.loupe.model.config.TransformerConfig;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.OneOrMany;
import dev.loupe.spec.RepositoryName;
import java.util.List;

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
    public PublicModel {
        formerly = List.copyOf(formerly);
        aliases = List.copyOf(aliases);
        RepositoryName.owned(repository);
        formerly.forEach(RepositoryName::checked);
        RepositoryName.revision(revision);
    }
}
