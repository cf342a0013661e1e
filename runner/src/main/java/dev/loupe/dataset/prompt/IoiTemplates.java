package dev.loupe.dataset.prompt;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sentences for indirect-object identification, with slots for names, places and objects. */
final class IoiTemplates {

    private static final List<String> OWN = List.of(
            "Then, {A} and {B} went to the {place}, {S} gave a {object} to",
            "When {A} and {B} went to the {place}, {S} gave a {object} to",
            "When {A} and {B} got a {object} at the {place}, {S} decided to give it to",
            "After {A} and {B} met at the {place}, {S} handed a {object} to",
            "While {A} and {B} were working at the {place}, {S} passed a {object} to",
            "Then, {A} and {B} had a long talk at the {place}. Afterwards {S} offered a {object} to",
            "The day {A} and {B} visited the {place}, {S} bought a {object} for",
            "Because {A} and {B} were friends at the {place}, {S} brought a {object} to",
            "Once {A} and {B} arrived at the {place}, {S} showed a {object} to",
            "Before {A} and {B} left the {place}, {S} lent a {object} to",
            "Yesterday {A} and {B} walked to the {place}, where {S} threw a {object} to",
            "As soon as {A} and {B} entered the {place}, {S} sold a {object} to",
            "In the morning {A} and {B} sat in the {place}, and {S} sent a {object} to",
            "Last week {A} and {B} were seen at the {place}, and {S} promised a {object} to",
            "Friends of {A} and {B} say that at the {place} {S} gave a {object} to");
    private static final List<String> PLACES =
            List.of("store", "garden", "restaurant", "school", "hospital", "office", "house", "station");
    private static final List<String> OBJECTS =
            List.of("drink", "ring", "book", "ball", "bone", "basket", "computer", "necklace");

    private IoiTemplates() {}

    /** A template names each slot for a person once, after a space, A before B before S. */
    static void check(String template) {
        int last = -1;
        for (String slot : List.of("{A}", "{B}", "{S}")) {
            int at = template.indexOf(" " + slot);
            if (at < 0 || at != template.lastIndexOf(" " + slot) || at <= last) {
                throw new IllegalArgumentException("\"" + template + "\" must contain " + slot
                        + " once, preceded by a space, and in the order {A}, {B}, {S}");
            }
            last = at;
        }
        if (!template.equals(template.strip())) {
            throw new IllegalArgumentException(
                    "\"" + template + "\" must not begin or end with a space: the answer " + "has a leading space");
        }
    }

    /** All sentences with place and object filled in and the slots for persons left. */
    static List<String> filled(@Nullable List<String> templates) {
        List<String> sentences = new ArrayList<>();
        for (String template : templates == null ? OWN : templates) {
            for (String place : template.contains("{place}") ? PLACES : List.of("")) {
                for (String object : template.contains("{object}") ? OBJECTS : List.of("")) {
                    sentences.add(template.replace("{place}", place).replace("{object}", object));
                }
            }
        }
        return sentences;
    }
}
