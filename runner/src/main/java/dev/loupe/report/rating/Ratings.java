package dev.loupe.report.rating;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one person chose on a form.
 *
 * @param form the id of the form
 * @param choices by the number of the card; cards without a choice are absent
 */
public record Ratings(String form, String rater, Map<Integer, Choice> choices) {
    /** What a card can be judged to be. */
    public enum Choice {
        ONE,
        SEVERAL,
        NONE;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Ratings {
        choices = new TreeMap<>(choices);
    }

    /**
     * Reads what the page of a form saves: {@code {"form": ID, "rater": NAME, "ratings": {"1": "one", ...}}}.
     *
     * @throws IllegalArgumentException where it is something else, or of another form than the key
     */
    public static Ratings of(JsonNode file, RatingKey key) {
        if (!file.path("form").isTextual() || !file.path("ratings").isObject()) {
            throw new IllegalArgumentException("it has no `form` or no `ratings`: it is not a file that a form saved");
        }
        if (!file.path("form").asText().equals(key.form())) {
            throw new IllegalArgumentException(
                    "it is of form " + file.path("form").asText() + ", and the key is of form " + key.form());
        }
        Map<Integer, Choice> choices = new TreeMap<>();
        file.path("ratings").properties().forEach(one -> choices.put(card(one.getKey(), key), choice(one.getValue())));
        String rater = file.path("rater").asText("");
        return new Ratings(key.form(), rater.isBlank() ? "without a name" : rater, choices);
    }

    private static int card(String number, RatingKey key) {
        if (!number.matches("[1-9][0-9]{0,5}")
                || Integer.parseInt(number) > key.cards().size()) {
            throw new IllegalArgumentException("it rates card " + number + ", and the form has cards 1 to "
                    + key.cards().size());
        }
        return Integer.parseInt(number);
    }

    private static Choice choice(JsonNode word) {
        return Arrays.stream(Choice.values())
                .filter(choice -> choice.word().equals(word.asText()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("`" + word.asText() + "` is not a choice; choices are "
                        + Arrays.stream(Choice.values()).map(Choice::word).collect(Collectors.joining(", "))));
    }
}
