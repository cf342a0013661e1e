package dev.loupe.tensors;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A direction that a safetensors file holds: a tensor of one axis, or a place of one with more. */
public final class FileDirection {
    private FileDirection() {}

    /**
     * The numbers [n] of a tensor's last axis.
     *
     * @param name of the file, for messages
     * @param at places on its other axes, which come first
     * @throws IllegalArgumentException where there is no such file, tensor, place or number
     */
    public static float[] of(Path file, String name, String tensor, List<Integer> at) {
        Tensor found;
        try {
            found = SafetensorsFile.open(file).tensor(tensor);
        } catch (TensorFileException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
        long[] shape = found.shape();
        if (shape.length != at.size() + 1) {
            throw new IllegalArgumentException("tensor `" + tensor + "` of " + name + " has the shape "
                    + Arrays.toString(shape) + ", but a direction has one axis: "
                    + (shape.length == 1
                            ? "leave `at` out"
                            : "`at` needs " + (shape.length - 1) + " places, not " + at.size()));
        }
        int from = 0;
        for (int i = 0; i < at.size(); i++) {
            if (at.get(i) < 0 || at.get(i) >= shape[i]) {
                throw new IllegalArgumentException("tensor `" + tensor + "` of " + name + " has places 0 to "
                        + (shape[i] - 1) + " on axis " + i + ", not " + at.get(i));
            }
            from = from * (int) shape[i] + at.get(i);
        }
        int width = (int) shape[shape.length - 1];
        float[] values = Arrays.copyOfRange(found.floats(), from * width, (from + 1) * width);
        boolean none = true;
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("tensor `" + tensor + "` of " + name + " has the number " + value);
            }
            none &= value == 0;
        }
        if (none) {
            throw new IllegalArgumentException(
                    "tensor `" + tensor + "` of " + name + " is zero everywhere, which gives no direction");
        }
        return values;
    }
}
