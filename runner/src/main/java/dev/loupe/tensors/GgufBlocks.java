package dev.loupe.tensors;

import java.nio.ByteBuffer;

/**
 * Blocks of 32 elements with one scale d, some with a minimum m (ggml-common.h): {@code d q} or {@code d q + m}. Low
 * halves of the bytes are elements 0 to 15, high halves 16 to 31; a fifth bit lies in a word of 32 bits.
 */
final class GgufBlocks {
    private GgufBlocks() {}

    static void q80(ByteBuffer in, int at, float[] out, int to) {
        float d = Tensor.half(in.getShort(at));
        for (int i = 0; i < 32; i++) {
            out[to + i] = d * in.get(at + 2 + i);
        }
    }

    static void q40(ByteBuffer in, int at, float[] out, int to) {
        float d = Tensor.half(in.getShort(at));
        for (int i = 0; i < 16; i++) {
            int q = in.get(at + 2 + i);
            out[to + i] = d * ((q & 15) - 8);
            out[to + i + 16] = d * ((q >> 4 & 15) - 8);
        }
    }

    static void q41(ByteBuffer in, int at, float[] out, int to) {
        float d = Tensor.half(in.getShort(at));
        float m = Tensor.half(in.getShort(at + 2));
        for (int i = 0; i < 16; i++) {
            int q = in.get(at + 4 + i);
            out[to + i] = d * (q & 15) + m;
            out[to + i + 16] = d * (q >> 4 & 15) + m;
        }
    }

    static void q50(ByteBuffer in, int at, float[] out, int to) {
        float d = Tensor.half(in.getShort(at));
        int high = in.getInt(at + 2);
        for (int i = 0; i < 16; i++) {
            int q = in.get(at + 6 + i);
            out[to + i] = d * ((q & 15 | (high >>> i & 1) << 4) - 16);
            out[to + i + 16] = d * ((q >> 4 & 15 | (high >>> i + 16 & 1) << 4) - 16);
        }
    }

    static void q51(ByteBuffer in, int at, float[] out, int to) {
        float d = Tensor.half(in.getShort(at));
        float m = Tensor.half(in.getShort(at + 2));
        int high = in.getInt(at + 4);
        for (int i = 0; i < 16; i++) {
            int q = in.get(at + 8 + i);
            out[to + i] = d * (q & 15 | (high >>> i & 1) << 4) + m;
            out[to + i + 16] = d * (q >> 4 & 15 | (high >>> i + 16 & 1) << 4) + m;
        }
    }
}
