package dev.loupe.tensors;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Tensor types of GGUF files that hold weights: how many elements make a block, and how many bytes it has. */
enum GgufType {
    F32(0, 1, 4, (in, at, out, to) -> out[to] = in.getFloat(at)),
    F16(1, 1, 2, (in, at, out, to) -> out[to] = Tensor.half(in.getShort(at))),
    BF16(30, 1, 2, (in, at, out, to) -> out[to] = Float.intBitsToFloat(in.getShort(at) << 16)),
    Q4_0(2, 32, 18, GgufBlocks::q40),
    Q4_1(3, 32, 20, GgufBlocks::q41),
    Q5_0(6, 32, 22, GgufBlocks::q50),
    Q5_1(7, 32, 24, GgufBlocks::q51),
    Q8_0(8, 32, 34, GgufBlocks::q80),
    Q2_K(10, 256, 84, GgufSuperBlocks::q2k),
    Q3_K(11, 256, 110, GgufSuperBlocks::q3k),
    Q4_K(12, 256, 144, GgufSuperBlocks::q4k),
    Q5_K(13, 256, 176, GgufSuperBlocks::q5k),
    Q6_K(14, 256, 210, GgufSuperBlocks::q6k);

    /** Writes one block's elements. */
    interface Block {
        /**
         * @param in little-endian
         * @param at the block's first byte
         * @param to where its first element goes
         */
        void read(ByteBuffer in, int at, float[] out, int to);
    }

    private final int id;
    private final int elements;
    private final int bytes;
    private final Block block;

    GgufType(int id, int elements, int bytes, Block block) {
        this.id = id;
        this.elements = elements;
        this.bytes = bytes;
        this.block = block;
    }

    static @Nullable GgufType of(int id) {
        for (GgufType type : values()) {
            if (type.id == id) {
                return type;
            }
        }
        return null;
    }

    /** Elements of one block. */
    int elements() {
        return elements;
    }

    /** Bytes of one block. */
    int bytes() {
        return bytes;
    }

    Block block() {
        return block;
    }
}
