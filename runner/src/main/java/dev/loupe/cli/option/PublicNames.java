package dev.loupe.cli.option;

import dev.loupe.failure.UserInputException;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.card.PublicCard;
import dev.loupe.model.card.PublicChoice;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.schema.problem.DidYouMean;
import java.util.ArrayList;
import java.util.List;

/** Public models by the words that a user types. */
public final class PublicNames {
    private PublicNames() {}

    /** @throws UserInputException with what was probably meant */
    public static PublicChoice find(ModelCatalog catalog, String name) {
        PublicChoice found = catalog.published(name);
        if (found != null) {
            return found;
        }
        for (CardFile file : catalog.publicCards()) {
            PublicCard card = (PublicCard) file.card();
            if (file.name().equals(name)) {
                throw new UserInputException("`" + name + "` is a family; its models are "
                        + String.join(", ", card.models().keySet()));
            }
        }
        if (catalog.own().contains(name)) {
            throw new UserInputException("`" + name + "` is part of this project, not on a hub");
        }
        List<String> known = new ArrayList<>(catalog.names());
        known.addAll(catalog.corpora().keySet());
        known.addAll(catalog.dictionaries().keySet());
        String near = DidYouMean.to(name, known);
        throw new UserInputException("there is no public model, corpus or dictionary `" + name + "`"
                + (near == null ? "; `loupe list` prints all of them" : "; did you mean `" + near + "`?"));
    }
}
