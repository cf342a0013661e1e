package dev.loupe.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Seeded mutations of bytes: bits, numbers of four and eight bytes, pieces cut, doubled, moved, and words of the format. */
final class Mutator {
    private static final long[] EXTREMES = {
        0, 1, -1, 7, 255, 65_535, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 32, 1L << 40, 1L << 62, Long.MAX_VALUE
    };
    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "1",
            "3",
            "1e3",
            "0.5",
            "-0.0",
            "1e308",
            "1e999",
            "NaN",
            "2147483647",
            "2147483648",
            "1000000",
            "9223372036854775807",
            "99999999999999999999",
            "null",
            "true",
            "[]",
            "{}",
            "\"x\"");

    private final SplittableRandom random;
    private final List<String> words;

    /** @param words of the format, written over and into the text */
    Mutator(long seed, List<String> words) {
        this.random = new SplittableRandom(seed);
        this.words = words;
    }

    /** Up to four mutations, most of them in the first bytes, where headers are. */
    byte[] mutate(byte[] seed) {
        byte[] bytes = seed.clone();
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times; i++) {
            bytes = once(bytes);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes) {
        if (bytes.length < 2) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        int at = place(bytes.length);
        int length = 1 + random.nextInt(Math.min(32, bytes.length - at));
        switch (random.nextInt(10)) {
            case 0:
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                return bytes;
            case 1:
                bytes[at] = (byte) random.nextInt(256);
                return bytes;
            case 2:
                return joined(bytes, at, new byte[0], at + length);
            case 3:
                return joined(bytes, at, Arrays.copyOfRange(bytes, at, at + length), at);
            case 4:
                int from = place(bytes.length);
                byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length));
                return joined(bytes, at, piece, Math.min(bytes.length, at + piece.length));
            case 5:
                return whole(bytes, at, random.nextBoolean() ? 4 : 8);
            case 6:
                return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : word(bytes, at, length);
            case 7:
                return number(bytes, at);
            default:
                return word(bytes, at, length);
        }
    }

    private int place(int length) {
        return random.nextInt(4) == 0 ? random.nextInt(length) : random.nextInt(Math.min(length, 2048));
    }

    private byte[] whole(byte[] bytes, int at, int size) {
        if (at + size <= bytes.length) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            long value = EXTREMES[random.nextInt(EXTREMES.length)];
            if (size == 4) {
                buffer.putInt(at, (int) value);
            } else {
                buffer.putLong(at, value);
            }
        }
        return bytes;
    }

    /** Another number in place of the next one that is written in digits. */
    private byte[] number(byte[] bytes, int at) {
        int start = at;
        while (start < bytes.length && !digit(bytes[start])) {
            start++;
        }
        int end = start;
        while (end < bytes.length && digit(bytes[end])) {
            end++;
        }
        return joined(bytes, start, text(NUMBERS.get(random.nextInt(NUMBERS.size()))), end);
    }

    private byte[] word(byte[] bytes, int at, int length) {
        byte[] word = text(words.get(random.nextInt(words.size())));
        return joined(bytes, at, word, random.nextBoolean() ? at : at + length);
    }

    private static boolean digit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] bytes, int end, byte[] middle, int from) {
        ByteBuffer out = ByteBuffer.allocate(end + middle.length + bytes.length - from);
        return out.put(bytes, 0, end)
                .put(middle)
                .put(bytes, from, bytes.length - from)
                .array();
    }
}
