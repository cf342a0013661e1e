package dev.loupe.dataset;

import dev.loupe.dataset.rows.TextEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A tokenizer that gives each word with the space before it the next free id; a word of more than seven letters is several,
 * and digits go by two. */
public final class WordEncoder implements TextEncoder {

    private static final Pattern TOKEN = Pattern.compile(" ?[A-Za-z]{1,7}| ?\\d{2}|.", Pattern.DOTALL);

    private final Map<String, Integer> ids = new LinkedHashMap<>();

    @Override
    public Encoded encode(String text) {
        List<String> tokens = new ArrayList<>();
        List<Span> spans = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group());
            spans.add(new Span(text.codePointCount(0, matcher.start()), text.codePointCount(0, matcher.end())));
        }
        return new Encoded(
                tokens.stream()
                        .mapToInt(token -> ids.computeIfAbsent(token, any -> ids.size()))
                        .toArray(),
                tokens,
                spans);
    }

    @Override
    public String decode(int[] tokens, boolean skipSpecials) {
        return Arrays.stream(tokens).mapToObj(this::display).collect(Collectors.joining());
    }

    @Override
    public String display(int id) {
        return List.copyOf(ids.keySet()).get(id);
    }

    @Override
    public int vocabulary() {
        return 1000;
    }

    @Override
    public Set<Integer> specials() {
        return Set.of();
    }

    @Override
    public @Nullable Integer ownBos() {
        return null;
    }
}
