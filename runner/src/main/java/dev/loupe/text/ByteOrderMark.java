package dev.loupe.text;

/** The mark that some editors put before text in UTF-8, which is no part of it. */
public final class ByteOrderMark {
    private static final String MARK = "\uFEFF";

    private ByteOrderMark() {}

    public static boolean begins(String text) {
        return text.startsWith(MARK);
    }

    public static String without(String text) {
        return begins(text) ? text.substring(MARK.length()) : text;
    }
}
