package dev.loupe.model.identity;

import dev.loupe.model.card.Base;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.card.TrainedCard;
import dev.loupe.tensors.Sha256;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What determines the weights of one seed: architecture, recipe and seed, and the identity of the weights that the training
 * begins with, if it begins with those of another model: of a card its own, of a model of others the hash of its tensors. Title, other seeds, the checkpoint schedule and names of cards are no
 * part of it. Weights files are named by it, so weights of another recipe are never taken for these.
 *
 * @param canonical the text that is hashed
 * @param hash SHA-256 of the text, 64 hexadecimal digits
 */
public record CardIdentity(String canonical, String hash) {
    /** Raised when the trainer's arithmetic changes, so that equal recipes no longer give equal weights. */
    private static final int TRAINER = 1;

    /** @throws IllegalArgumentException where the card is not of a model that is trained here */
    public static CardIdentity of(CardFile file, long seed) {
        if (!(file.card() instanceof TrainedCard card)) {
            throw new IllegalArgumentException(file.name() + " is not trained by Loupe");
        }
        String base = base(file.base(), seed);
        String canonical = "{\"architecture\":" + CanonicalText.of(Objects.requireNonNull(card.architecture()))
                + (base == null ? "" : ",\"from\":\"" + base + "\"")
                + ",\"recipe\":" + CanonicalText.of(card.recipe().weightsOnly(seed)) + ",\"trainer\":" + TRAINER + "}";
        return new CardIdentity(canonical, Sha256.of(canonical));
    }

    /** The identity of the weights that the training begins with, null where they are drawn. */
    private static @Nullable String base(@Nullable Base base, long seed) {
        if (base instanceof Base.Given given) {
            return "tensors-" + given.model().hash();
        }
        if (base instanceof Base.Trained trained) {
            Integer step = trained.from().step();
            String hash = of(trained.card(), trained.from().seedFor(seed)).hash();
            return step == null ? hash : hash + "-step" + step;
        }
        return null;
    }

    /** The first 12 digits: enough for a file name. */
    public String brief() {
        return hash.substring(0, 12);
    }
}
