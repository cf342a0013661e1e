package dev.loupe.model.card;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What determines the weights of one seed: architecture, recipe and seed, without the title, without the other seeds and
 * without the checkpoint schedule. Weights files are named by it, so weights of another recipe are never taken for
 * these.
 *
 * @param canonical the text that is hashed
 * @param hash SHA-256 of the text, 64 hexadecimal digits
 */
public record CardIdentity(String canonical, String hash) {
    /** Raised when the trainer's arithmetic changes, so that equal recipes no longer give equal weights. */
    private static final int TRAINER = 1;

    public static CardIdentity of(TrainedCard card, long seed) {
        Recipe weightsOnly = card.recipe().weightsOnly(seed);
        String canonical = "{\"architecture\":" + CanonicalText.of(card.architecture()) + ",\"recipe\":"
                + CanonicalText.of(weightsOnly) + ",\"trainer\":" + TRAINER + "}";
        return new CardIdentity(canonical, sha256(canonical));
    }

    /** The first 12 digits: enough for a file name. */
    public String brief() {
        return hash.substring(0, 12);
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
