package dev.loupe.cli.run;

import java.io.IOException;
import java.io.Reader;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What documents a text has, as its beginning says.
 *
 * @param splitOn what separates documents, empty for a file in which each line is one
 * @param few whether there are too few of them to make a hypothesis from some and test it on others
 * @param typical the median of their lengths in characters
 */
record TextShape(String splitOn, boolean few, int typical) {
    /** Where pieces of many corpora end, and empty lines. */
    private static final List<String> SEPARATORS = List.of("<|endoftext|>", "\n\n", "\r\n\r\n");

    private static final int LOOKED_AT = 1 << 20;
    private static final int FEW = 20;
    private static final int CHARACTERS_OF_A_TOKEN = 4;

    /** @param splitOn what separates documents; null to find that out */
    static TextShape of(Path text, @Nullable String splitOn) throws IOException {
        String start = start(text);
        boolean lines = text.toString().toLowerCase(Locale.ROOT).endsWith(".jsonl");
        String separator = splitOn != null
                ? splitOn
                : lines
                        ? ""
                        : SEPARATORS.stream()
                                .filter(start::contains)
                                .findFirst()
                                .orElse("\n\n");
        int[] lengths = Arrays.stream(start.split(Pattern.quote(separator.isEmpty() ? "\n" : separator)))
                .map(String::strip)
                .mapToInt(String::length)
                .filter(length -> length > 0)
                .sorted()
                .toArray();
        // The rest is taken to be like the beginning.
        double all = start.length() < LOOKED_AT ? 1 : Math.max(1, (double) Files.size(text) / LOOKED_AT);
        return new TextShape(
                separator, all * lengths.length < FEW, lengths.length == 0 ? 0 : lengths[lengths.length / 2]);
    }

    private static String start(Path text) throws IOException {
        CharBuffer start = CharBuffer.allocate(LOOKED_AT);
        try (Reader in = Files.newBufferedReader(text)) {
            while (start.hasRemaining() && in.read(start) >= 0) {
                // The beginning says how the rest is separated.
            }
        }
        return start.flip().toString();
    }

    /**
     * The window that fits: where most documents are shorter than half of the wanted one, and would give no row, as many tokens
     * as about half of them have.
     */
    int window(int wanted, int least) {
        int tokens = typical / CHARACTERS_OF_A_TOKEN;
        return tokens < (wanted + 1) / 2 ? Math.max(least, tokens) : wanted;
    }
}
