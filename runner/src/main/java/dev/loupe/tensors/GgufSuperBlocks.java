package dev.loupe.tensors;

import java.nio.ByteBuffer;

/** Blocks of 256 elements ("K" types, ggml-common.h): small scales of their own within a block, under one or two of float16. */
final class GgufSuperBlocks {
    private GgufSuperBlocks() {}

    /** 16 scales and minima of 4 bits, 2-bit elements. */
    static void q2k(ByteBuffer in, int at, float[] out, int to) {
        float d = Tensor.half(in.getShort(at + 80));
        float min = Tensor.half(in.getShort(at + 82));
        for (int part = 0; part < 16; part++) {
            int scale = in.get(at + part);
            float step = d * (scale & 15);
            float base = min * (scale >> 4 & 15);
            for (int i = 0; i < 16; i++) {
                int q = in.get(at + 16 + part / 8 * 32 + part % 2 * 16 + i) >> part % 8 / 2 * 2 & 3;
                out[to + 16 * part + i] = step * q - base;
            }
        }
    }

    /** 16 signed scales of 6 bits, elements of 2 bits and a third one in a mask. */
    static void q3k(ByteBuffer in, int at, float[] out, int to) {
        float d = Tensor.half(in.getShort(at + 108));
        for (int part = 0; part < 16; part++) {
            int low = in.get(at + 96 + part % 8) >> part / 8 * 4 & 15;
            int high = in.get(at + 104 + part % 4) >> part / 4 * 2 & 3;
            float step = d * ((low | high << 4) - 32);
            for (int i = 0; i < 16; i++) {
                int column = part % 2 * 16 + i;
                int q = in.get(at + 32 + part / 8 * 32 + column) >> part % 8 / 2 * 2 & 3;
                int third = in.get(at + column) >> part / 2 & 1;
                out[to + 16 * part + i] = step * (q - 4 + 4 * third);
            }
        }
    }

    /** 8 scales and minima of 6 bits, 4-bit elements. */
    static void q4k(ByteBuffer in, int at, float[] out, int to) {
        float d = Tensor.half(in.getShort(at));
        float min = Tensor.half(in.getShort(at + 2));
        for (int part = 0; part < 8; part++) {
            float step = d * scale(in, at + 4, part);
            float base = min * minimum(in, at + 4, part);
            for (int i = 0; i < 32; i++) {
                int q = in.get(at + 16 + part / 2 * 32 + i) >> part % 2 * 4 & 15;
                out[to + 32 * part + i] = step * q - base;
            }
        }
    }

    /** As {@link #q4k}, with a fifth bit in a mask. */
    static void q5k(ByteBuffer in, int at, float[] out, int to) {
        float d = Tensor.half(in.getShort(at));
        float min = Tensor.half(in.getShort(at + 2));
        for (int part = 0; part < 8; part++) {
            float step = d * scale(in, at + 4, part);
            float base = min * minimum(in, at + 4, part);
            for (int i = 0; i < 32; i++) {
                int q = in.get(at + 48 + part / 2 * 32 + i) >> part % 2 * 4 & 15;
                int fifth = in.get(at + 16 + i) >> part & 1;
                out[to + 32 * part + i] = step * (q | fifth << 4) - base;
            }
        }
    }

    /** 16 signed scales of 8 bits, elements of 4 and 2 bits. */
    static void q6k(ByteBuffer in, int at, float[] out, int to) {
        float d = Tensor.half(in.getShort(at + 208));
        for (int half = 0; half < 2; half++) {
            for (int i = 0; i < 128; i++) {
                int quarter = i / 32;
                int low = in.get(at + half * 64 + i % 64) >> quarter / 2 * 4 & 15;
                int high = in.get(at + 128 + half * 32 + i % 32) >> quarter * 2 & 3;
                float step = d * in.get(at + 192 + half * 8 + i / 16);
                out[to + half * 128 + i] = step * ((low | high << 4) - 32);
            }
        }
    }

    private static int scale(ByteBuffer in, int at, int part) {
        return part < 4 ? in.get(at + part) & 63 : in.get(at + part + 4) & 15 | (in.get(at + part - 4) >> 6 & 3) << 4;
    }

    private static int minimum(ByteBuffer in, int at, int part) {
        return part < 4
                ? in.get(at + part + 4) & 63
                : in.get(at + part + 4) >> 4 & 15 | (in.get(at + part) >> 6 & 3) << 4;
    }
}
