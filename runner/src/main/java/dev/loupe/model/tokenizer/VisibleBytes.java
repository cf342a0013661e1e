package dev.loupe.model.tokenizer;

import dev.loupe.text.HiddenCharacters;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes of one token made visible: nothing in the result is invisible, moves the cursor or turns the text around. */
public final class VisibleBytes {

    private VisibleBytes() {}

    public static String of(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer chars = CharBuffer.allocate(bytes.length + 1);
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        while (true) {
            CoderResult result = decoder.decode(in, chars, true);
            chars.flip().codePoints().forEach(c -> append(out, c));
            chars.clear();
            decoder.reset();
            if (!result.isError()) {
                return out.toString();
            }
            for (int i = 0; i < result.length(); i++) {
                out.append(String.format("<0x%02X>", in.get()));
            }
        }
    }

    private static void append(StringBuilder out, int c) {
        switch (c) {
            case ' ' -> out.append('\u00B7');
            case '\n' -> out.append('\u23CE');
            case '\t' -> out.append('\u21E5');
            default -> {
                if (hidden(c)) {
                    out.append(String.format("<U+%04X>", c));
                } else {
                    out.appendCodePoint(c);
                }
            }
        }
    }

    /** Controls, format characters (zero width, direction), other spaces and line ends, and what is not assigned. */
    private static boolean hidden(int c) {
        int type = Character.getType(c);
        return HiddenCharacters.hides(c)
                || type == Character.SPACE_SEPARATOR
                || type == Character.PRIVATE_USE
                || type == Character.UNASSIGNED;
    }
}
