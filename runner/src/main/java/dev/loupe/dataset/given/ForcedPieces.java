package dev.loupe.dataset.given;

import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.TextEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A tokenizer that writes some words in other pieces than its own: wherever such a word occurs, each of its pieces is encoded by
 * itself, and so is the text on either side. Of several words that begin at one place the longest is taken.
 */
final class ForcedPieces implements TextEncoder {
    private static final String OPTION = "encode-as";

    private final TextEncoder encoder;
    private final Map<String, List<String>> pieces = new HashMap<>();
    private final Set<String> met = new HashSet<>();
    private final Pattern words;

    /**
     * @param spellings the pieces of each word
     * @throws DatasetException where the tokens of the pieces are another text than the word
     */
    ForcedPieces(TextEncoder encoder, List<List<String>> spellings) {
        this.encoder = encoder;
        for (List<String> spelling : spellings) {
            String word = String.join("", spelling);
            int[] ids = spelling.stream()
                    .flatMapToInt(piece -> Arrays.stream(encoder.encode(piece).ids()))
                    .toArray();
            String read = encoder.decode(ids, false);
            if (!read.equals(word)
                    && !read.equals(encoder.decode(encoder.encode(word).ids(), false))) {
                throw new DatasetException(
                        OPTION,
                        "with this tokenizer the pieces " + quoted(spelling) + " are the text \"" + read + "\", not \""
                                + word + "\"");
            }
            pieces.put(word, spelling);
        }
        this.words = Pattern.compile(pieces.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(word -> word))
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
    }

    private static String quoted(List<String> texts) {
        return texts.stream().map(text -> "\"" + text + "\"").collect(Collectors.joining(", "));
    }

    @Override
    public Encoded encode(String text) {
        List<String> parts = new ArrayList<>();
        Matcher word = words.matcher(text);
        int done = 0;
        while (word.find()) {
            met.add(word.group());
            parts.add(text.substring(done, word.start()));
            parts.addAll(pieces.getOrDefault(word.group(), List.of()));
            done = word.end();
        }
        parts.add(text.substring(done));
        return joined(parts);
    }

    private Encoded joined(List<String> parts) {
        List<Encoded> each = new ArrayList<>();
        List<Span> spans = new ArrayList<>();
        int before = 0;
        for (String part : parts) {
            if (!part.isEmpty()) {
                Encoded own = encoder.encode(part);
                each.add(own);
                for (Span span : own.spans()) {
                    spans.add(new Span(before + span.start(), before + span.end()));
                }
                before += part.codePointCount(0, part.length());
            }
        }
        return new Encoded(
                each.stream().flatMapToInt(one -> Arrays.stream(one.ids())).toArray(),
                each.stream().flatMap(one -> one.tokens().stream()).toList(),
                spans);
    }

    /** @throws DatasetException where a word was in no text, so that its pieces had no effect */
    void requireMet() {
        for (String word : pieces.keySet()) {
            if (!met.contains(word)) {
                throw new DatasetException(OPTION, "\"" + word + "\" is in none of the texts that were read");
            }
        }
    }

    @Override
    public String decode(int[] ids, boolean skipSpecials) {
        return encoder.decode(ids, skipSpecials);
    }

    @Override
    public String display(int id) {
        return encoder.display(id);
    }

    @Override
    public int vocabulary() {
        return encoder.vocabulary();
    }

    @Override
    public Set<Integer> specials() {
        return encoder.specials();
    }

    @Override
    public @Nullable Integer ownBos() {
        return encoder.ownBos();
    }
}
