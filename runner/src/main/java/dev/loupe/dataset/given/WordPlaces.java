package dev.loupe.dataset.given;

import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Where the words of a text are in it. */
final class WordPlaces {
    private WordPlaces() {}

    /**
     * The first character of each word and the one after its last, in UTF-16 units.
     *
     * @param words in their order; between them the text has white space or nothing
     * @param fault is given what does not fit
     */
    static List<int[]> of(String text, List<String> words, Consumer<String> fault) {
        List<int[]> places = new ArrayList<>();
        int at = 0;
        for (String word : words) {
            int start = at;
            while (start < text.length()
                    && !text.startsWith(word, start)
                    && Character.isWhitespace(text.charAt(start))) {
                start++;
            }
            if (!text.startsWith(word, start)) {
                fault.accept("has as word " + (places.size() + 1) + " \"" + word
                        + "\", with which the text does not go on after "
                        + Count.of(text.codePointCount(0, at), "character")
                        + ": the words must follow each other in the text");
                return places;
            }
            at = start + word.length();
            places.add(new int[] {start, at});
        }
        return places;
    }
}
