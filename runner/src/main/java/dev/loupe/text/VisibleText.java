package dev.loupe.text;

/** Text of others, made safe to show. Letters of every script, accents and pictures stay as they are. */
public final class VisibleText {
    private static final String NEWLINE = HiddenCharacters.written('\n');
    private static final String TAB = HiddenCharacters.written('\t');

    private VisibleText() {}

    /** Text of one or more lines: newlines and tabs stay, all else that hides is written as {@code <U+001B>}. */
    public static String of(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        Escaper escaper = new Escaper(out);
        text.codePoints().forEach(escaper::accept);
        escaper.end();
        return out.toString();
    }

    /** Text that must not begin a line of its own: newlines and tabs are written out too. */
    public static String line(String text) {
        return of(text).replace("\r\n", "\n").replace("\n", NEWLINE).replace("\t", TAB);
    }
}
