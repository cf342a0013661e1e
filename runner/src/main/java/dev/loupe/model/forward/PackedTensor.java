package dev.loupe.model.forward;

import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.weights.TlTensors;
import dev.loupe.model.weights.TlWeights;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One parameter as the forward pass reads it: TransformerLens tensors side by side in one matrix, so that queries, keys
 * and values (or gate and linear side) are one product.
 *
 * @param name packed name ({@code blocks.0.attn.W_QKV})
 * @param shape without an instance axis
 * @param parts from left to right
 */
public record PackedTensor(String name, long[] shape, List<Part> parts) {
    /** A TransformerLens tensor [block, row, col], whose blocks lie side by side in the packed matrix. */
    public record Part(String tl, int blocks, int rows, int cols) {
        int width() {
            return blocks * cols;
        }

        int size() {
            return blocks * rows * cols;
        }
    }

    /** Every parameter of a configuration, in the order of computation. */
    public static List<PackedTensor> of(TransformerConfig c) {
        List<PackedTensor> out = new ArrayList<>();
        Map<String, long[]> tensors = TlTensors.of(c);
        int d = c.dModel();
        int dh = c.dHead();
        int shared = c.nKeyValueHeads();
        for (Map.Entry<String, long[]> e : tensors.entrySet()) {
            String name = e.getKey();
            String at = name.substring(0, name.lastIndexOf('.') + 1);
            switch (name.startsWith("blocks.") ? name.substring(name.lastIndexOf('.') + 1) : "") {
                case "W_Q" ->
                    out.add(new PackedTensor(
                            at + "W_QKV",
                            new long[] {d, (long) c.packedHeads() * dh},
                            List.of(
                                    new Part(name, c.nHeads(), d, dh),
                                    new Part(at + "W_K", shared, d, dh),
                                    new Part(at + "W_V", shared, d, dh))));
                case "b_Q" ->
                    out.add(new PackedTensor(
                            at + "b_QKV",
                            new long[] {(long) c.packedHeads() * dh},
                            List.of(
                                    new Part(name, 1, 1, c.nHeads() * dh),
                                    new Part(at + "b_K", 1, 1, shared * dh),
                                    new Part(at + "b_V", 1, 1, shared * dh))));
                case "W_in" ->
                    out.add(
                            c.gatedMlp()
                                    ? new PackedTensor(
                                            at + "W_gate_in",
                                            new long[] {d, 2L * c.dMlp()},
                                            List.of(
                                                    new Part(at + "W_gate", 1, d, c.dMlp()),
                                                    new Part(name, 1, d, c.dMlp())))
                                    : plain(name, e.getValue()));
                case "W_O" ->
                    out.add(new PackedTensor(
                            name,
                            new long[] {(long) c.nHeads() * dh, d},
                            List.of(new Part(name, 1, c.nHeads() * dh, d))));
                case "W_K", "W_V", "b_K", "b_V", "W_gate" -> {}
                default -> out.add(plain(name, e.getValue()));
            }
        }
        return out;
    }

    private static PackedTensor plain(String name, long[] shape) {
        int cols = (int) shape[shape.length - 1];
        int rows = shape.length == 2 ? (int) shape[0] : 1;
        return new PackedTensor(name, shape, List.of(new Part(name, 1, rows, cols)));
    }

    public int size() {
        int n = 0;
        for (Part part : parts) {
            n = Math.addExact(n, part.size());
        }
        return n;
    }

    /** Writes the parts into {@code packed} from {@code offset}. */
    public void pack(TlWeights weights, float[] packed, int offset) {
        int width = size() / parts.get(0).rows();
        int left = 0;
        for (Part part : parts) {
            float[] source = weights.read(part.tl());
            if (source.length != part.size()) {
                throw new IllegalArgumentException(
                        part.tl() + " has " + source.length + " numbers, " + part.size() + " are needed");
            }
            for (int block = 0; block < part.blocks(); block++) {
                for (int row = 0; row < part.rows(); row++) {
                    int to = offset + row * width + left + block * part.cols();
                    System.arraycopy(source, (block * part.rows() + row) * part.cols(), packed, to, part.cols());
                }
            }
            left += part.width();
        }
    }

    /**
     * Writes the parts into {@code packed}, which has exactly their size and zeros in it.
     *
     * @param scratch at least as large as the largest of several parts
     */
    void pack(TlWeights weights, FloatBuffer packed, float[] scratch) {
        if (parts.size() == 1 && parts.get(0).blocks() == 1) {
            weights.read(parts.get(0).tl(), packed);
            return;
        }
        int width = size() / parts.get(0).rows();
        int left = 0;
        for (Part part : parts) {
            java.util.Arrays.fill(scratch, 0, part.size(), 0);
            weights.read(part.tl(), FloatBuffer.wrap(scratch, 0, part.size()).slice());
            for (int block = 0; block < part.blocks(); block++) {
                for (int row = 0; row < part.rows(); row++) {
                    int to = row * width + left + block * part.cols();
                    packed.put(to, scratch, (block * part.rows() + row) * part.cols(), part.cols());
                }
            }
            left += part.width();
        }
    }

    /** Room that {@link #pack} needs beside the packed tensor itself. */
    int scratch() {
        return parts.size() == 1 && parts.get(0).blocks() == 1
                ? 0
                : parts.stream().mapToInt(Part::size).max().orElse(0);
    }

    /** The reverse of {@link #pack}: the parts by TransformerLens' names. */
    public void unpack(float[] packed, int offset, Map<String, float[]> out) {
        int width = size() / parts.get(0).rows();
        int left = 0;
        for (Part part : parts) {
            float[] target = new float[part.size()];
            for (int block = 0; block < part.blocks(); block++) {
                for (int row = 0; row < part.rows(); row++) {
                    int from = offset + row * width + left + block * part.cols();
                    System.arraycopy(packed, from, target, (block * part.rows() + row) * part.cols(), part.cols());
                }
            }
            out.put(part.tl(), target);
            left += part.width();
        }
    }
}
