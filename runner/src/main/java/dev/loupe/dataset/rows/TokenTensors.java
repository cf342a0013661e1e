package dev.loupe.dataset.rows;

import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.Tensor;
import dev.loupe.tensors.TensorFileException;
import java.util.Arrays;

/** Token ids that lie in tensors. */
public final class TokenTensors {

    private TokenTensors() {}

    /** A tensor [row, pos], or [pos] as a single row. */
    public static int[][] table(SafetensorsFile source, String name) {
        Tensor tensor = source.tensor(name);
        long[] shape = tensor.shape();
        if (shape.length < 1 || shape.length > 2) {
            throw wrong(source, tensor, "token ids have the shape [row, pos]");
        }
        int[] flat = ints(source, tensor);
        int width = (int) shape[shape.length - 1];
        int rows = shape.length == 1 ? 1 : (int) shape[0];
        int[][] table = new int[rows][];
        for (int row = 0; row < rows; row++) {
            table[row] = Arrays.copyOfRange(flat, row * width, (row + 1) * width);
        }
        return table;
    }

    /** A tensor [row]. */
    public static int[] column(SafetensorsFile source, String name) {
        Tensor tensor = source.tensor(name);
        if (tensor.shape().length != 1) {
            throw wrong(source, tensor, "one id for each row has the shape [row]");
        }
        return ints(source, tensor);
    }

    private static int[] ints(SafetensorsFile source, Tensor tensor) {
        try {
            return tensor.ints();
        } catch (IllegalStateException e) {
            throw wrong(source, tensor, "token ids are whole numbers");
        } catch (ArithmeticException e) {
            throw wrong(source, tensor, "an id exceeds 32 bits");
        }
    }

    private static TensorFileException wrong(SafetensorsFile source, Tensor tensor, String meant) {
        return new TensorFileException(
                source.file(),
                tensor.name(),
                "is " + tensor.dtype() + Arrays.toString(tensor.shape()) + ", but " + meant);
    }
}
