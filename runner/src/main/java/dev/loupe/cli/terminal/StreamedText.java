package dev.loupe.cli.terminal;

import java.io.PrintStream;
import java.util.function.Function;

/**
 * Tokens written as text while they come. Bytes of a character that is not whole yet wait for the rest; the terminal shows
 * what could move the cursor or turn the text around as {@code <U+001B>}.
 */
public final class StreamedText {
    private static final char REPLACEMENT = '\uFFFD';

    private final Function<int[], String> decode;
    private final PrintStream out;
    private int[] ids;
    private int written;

    /** @param before ids whose text is not written, but decides about spaces */
    public StreamedText(Function<int[], String> decode, int[] before, PrintStream out) {
        this.decode = decode;
        this.ids = before.clone();
        this.out = out;
        this.written = decode.apply(before).length();
    }

    public void add(int id) {
        ids = java.util.Arrays.copyOf(ids, ids.length + 1);
        ids[ids.length - 1] = id;
        write(false);
    }

    /** Writes what waited. */
    public void end() {
        write(true);
        out.println();
        out.flush();
    }

    private void write(boolean all) {
        String text = decode.apply(ids);
        int to = text.length();
        while (!all && to > written && text.charAt(to - 1) == REPLACEMENT) {
            to--;
        }
        if (to > written) {
            out.print(text.substring(written, to));
            out.flush();
            written = to;
        }
    }
}
