package dev.loupe.report.rating;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Which card of a form shows what; the form itself does not say.
 *
 * @param form the id of the form
 * @param cards what is on card 1, 2, 3 ...
 */
public record RatingKey(String form, List<Subject> cards) {
    /** Examples of different neurons, which have no meaning in common. */
    public static final String MIXTURE = "mixtures";

    public RatingKey {
        cards = List.copyOf(cards);
    }

    /**
     * What a card shows.
     *
     * @param group the measurement, or {@link #MIXTURE}
     * @param neuron empty for a mixture
     */
    public record Subject(String group, String neuron) {}

    /** @throws IllegalArgumentException where the file is not a key */
    public static RatingKey of(JsonNode file) {
        List<Subject> cards = new ArrayList<>();
        for (JsonNode card : file.path("cards")) {
            if (card.path("group").isTextual()) {
                cards.add(new Subject(
                        card.path("group").asText(), card.path("neuron").asText("")));
            }
        }
        if (!file.path("form").isTextual()
                || cards.isEmpty()
                || cards.size() < file.path("cards").size()) {
            throw new IllegalArgumentException("it is not the key of a form");
        }
        return new RatingKey(file.path("form").asText(), cards);
    }
}
