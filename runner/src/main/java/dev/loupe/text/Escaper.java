package dev.loupe.text;

/**
 * Writes out what hides, one code point after another: {@code ESC} becomes {@code <U+001B>}. Newlines and tabs pass; a
 * carriage return passes before a newline alone, a zero width joiner between two pictures alone, and of many marks on one
 * letter the first ones. Not for several threads.
 */
public final class Escaper {
    private static final int NOTHING = -1;

    private final StringBuilder out;
    private int before = NOTHING;
    private int held = NOTHING;
    private int marks;

    /** @param out what is visible is appended here */
    public Escaper(StringBuilder out) {
        this.out = out;
    }

    /** Takes the next code point. */
    public void accept(int c) {
        if (held != NOTHING) {
            boolean fits = held == '\r' ? c == '\n' : HiddenCharacters.isPictograph(c);
            release(fits);
        }
        if (c == '\r' || c == HiddenCharacters.ZERO_WIDTH_JOINER && HiddenCharacters.isPictograph(before)) {
            held = c;
            return;
        }
        marks = HiddenCharacters.isMark(c) ? marks + 1 : 0;
        boolean passes = c == '\n' || c == '\t' || !HiddenCharacters.hides(c) && marks <= HiddenCharacters.MOST_MARKS;
        write(c, passes);
    }

    /** The text is over: what waited for its neighbour had none. */
    public void end() {
        if (held != NOTHING) {
            release(false);
        }
    }

    private void release(boolean fits) {
        int c = held;
        held = NOTHING;
        write(c, fits);
    }

    private void write(int c, boolean asItIs) {
        if (asItIs) {
            out.appendCodePoint(c);
        } else {
            out.append(HiddenCharacters.written(c));
        }
        before = c;
    }
}
