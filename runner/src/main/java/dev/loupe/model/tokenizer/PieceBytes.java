package dev.loupe.model.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How the pieces of a tokenizer stand for bytes of text. */
public enum PieceBytes {
    /** Every character of a piece is one byte, in the table of GPT-2's encoder: {@code Ġ} is a space. */
    BYTE_LEVEL {
        @Override
        byte[] of(String piece) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            piece.codePoints().forEach(c -> {
                if (c < TABLE.length && TABLE[c] >= 0) {
                    out.write(TABLE[c]);
                } else {
                    out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                }
            });
            return out.toByteArray();
        }
    },
    /** {@code ▁} is a space, {@code <0x0A>} is a byte, all else is itself. */
    SENTENCE_PIECE {
        @Override
        byte[] of(String piece) {
            Matcher fallback = BYTE.matcher(piece);
            return fallback.matches()
                    ? new byte[] {(byte) Integer.parseInt(fallback.group(1), 16)}
                    : piece.replace('\u2581', ' ').getBytes(StandardCharsets.UTF_8);
        }
    };

    private static final Pattern BYTE = Pattern.compile("<0x([0-9A-Fa-f]{2})>");
    private static final int[] TABLE = table();

    abstract byte[] of(String piece);

    /** Printable bytes of Latin-1 stand for themselves; the other 68 are numbered from U+0100 in order. */
    private static int[] table() {
        int[] table = new int[256 + 68];
        Arrays.fill(table, -1);
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            table[printable ? b : next++] = b;
        }
        return table;
    }
}
