package dev.loupe.model.card;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One public model, at one step of its training.
 *
 * @param name what specs call it
 * @param family the card
 * @param model the model's own lines of the card
 * @param step the training step of a checkpoint, null for the finished model
 */
public record PublicChoice(
        String name,
        PublicCard family,
        PublicModel model,
        @Nullable Integer step) {
    /** The finished model of that name or alias, null where the card has none. */
    public static @Nullable PublicChoice of(PublicCard card, String name) {
        PublicModel own = card.models().get(name);
        if (own != null) {
            return new PublicChoice(name, card, own, null);
        }
        return card.models().entrySet().stream()
                .filter(e -> e.getValue().aliases().contains(name))
                .map(e -> new PublicChoice(e.getKey(), card, e.getValue(), null))
                .findFirst()
                .orElse(null);
    }

    public PublicChoice at(int checkpoint) {
        return new PublicChoice(name, family, model, checkpoint);
    }

    /** The branch, tag or commit that holds it. */
    public String revision() {
        CheckpointNaming naming = family.checkpoints();
        return step != null && naming != null && naming.in() == CheckpointNaming.Place.REVISION
                ? naming.at(step)
                : model.revision();
    }

    /** Its possible files of weights, the preferred first. */
    public List<String> weights() {
        CheckpointNaming naming = family.checkpoints();
        return step != null && naming != null && naming.in() == CheckpointNaming.Place.FILE
                ? List.of(naming.at(step))
                : family.weights();
    }

    /** The repository's names, the present one first. */
    public List<String> repositories() {
        return Stream.concat(Stream.of(model.repository()), model.formerly().stream())
                .toList();
    }

    /** What to type to have it. */
    public String command() {
        return "`./loupe pull " + name + (step == null ? "" : " --checkpoint " + step) + "`";
    }

    /** For people: {@code pythia-70m step 512}. */
    public String label() {
        return step == null ? name : name + " step " + step;
    }
}
