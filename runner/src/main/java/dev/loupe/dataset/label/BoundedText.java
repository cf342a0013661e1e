package dev.loupe.dataset.label;

/**
 * A text that may be looked at only so often: a regular expression that goes back over the same characters again and again
 * ends here, after the same number of looks on every machine.
 */
final class BoundedText implements CharSequence {
    /** Looks that any text may take, and further ones for each of its characters. */
    private static final long ALWAYS = 1_000_000;

    private static final long PER_CHARACTER = 1_000;

    private final CharSequence text;
    private final long[] left;

    BoundedText(String text) {
        this(text, new long[] {ALWAYS + PER_CHARACTER * text.length()});
    }

    private BoundedText(CharSequence text, long[] left) {
        this.text = text;
        this.left = left;
    }

    @Override
    public char charAt(int index) {
        if (left[0]-- <= 0) {
            throw new TooLong();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new BoundedText(text.subSequence(start, end), left);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** The text was looked at too often. */
    static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("looked at too often", null, false, false);
        }
    }
}
