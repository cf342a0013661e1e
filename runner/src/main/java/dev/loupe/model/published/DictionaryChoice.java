package dev.loupe.model.published;

import dev.loupe.spec.DictionaryPlace;
import dev.loupe.spec.ModelChoice;
import dev.loupe.spec.RepositoryName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One dictionary of features on a hub.
 *
 * @param name what specs call it; of one without a card, repository and folder
 * @param card whether a card describes it
 * @param folder its folder in the repository, empty for the repository itself
 * @param licence as the card has it, empty without one
 * @param reads the hook point that it reads, as the card or the spec has it; empty where neither says
 * @param writes the hook point that a transcoder writes, as the card or the spec has it; empty where neither says
 * @param processing of the model that it was made for, null where the card does not say
 */
public record DictionaryChoice(
        String name,
        boolean card,
        String repository,
        String revision,
        String folder,
        String licence,
        String reads,
        String writes,
        @Nullable List<ModelChoice.Processing> processing) {
    public DictionaryChoice {
        processing = processing == null ? null : List.copyOf(processing);
        RepositoryName.owned(repository);
        RepositoryName.revision(revision);
        RepositoryName.folder(folder);
    }

    /**
     * One without a card.
     *
     * @throws IllegalArgumentException where its words are none that a hub has
     */
    public static DictionaryChoice of(DictionaryPlace.OnHub place) {
        return new DictionaryChoice(
                place.shown(),
                false,
                place.repository(),
                place.revision(),
                place.folder(),
                "",
                place.reads(),
                place.writes(),
                null);
    }

    /** What to type to have it. */
    public String command() {
        return card ? "`./loupe pull " + name + "`" : "`./loupe run` of the spec fetches it";
    }

    /** The path of one of its files in the repository. */
    public String path(String file) {
        return folder.isEmpty() ? file : folder + "/" + file;
    }

    /** Its licence in words. */
    public String licensed() {
        return licence.isEmpty() ? "not stated in the spec: see the repository" : licence;
    }
}
