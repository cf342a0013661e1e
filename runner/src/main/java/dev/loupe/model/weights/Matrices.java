package dev.loupe.model.weights;

/** Row-major float arithmetic for weight processing; sums in double. */
final class Matrices {
    private Matrices() {}

    /** Row r of {@code matrix} [block, row, col] times {@code gains[r]}, in every block. */
    static void scaleRows(float[] matrix, float[] gains, int cols) {
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] *= gains[i / cols % gains.length];
        }
    }

    /** Adds {@code vector} [row] @ {@code matrix} [block, row, col] to {@code target} [block, col]. */
    static void addProduct(float[] target, float[] vector, float[] matrix, int cols) {
        int rows = vector.length;
        for (int t = 0; t < target.length; t++) {
            int base = t / cols * rows * cols + t % cols;
            double sum = target[t];
            for (int r = 0; r < rows; r++) {
                sum += (double) vector[r] * matrix[base + r * cols];
            }
            target[t] = (float) sum;
        }
    }

    /** Subtracts from every column of every block its mean over the rows. */
    static void centreColumns(float[] matrix, int rows, int cols) {
        for (int block = 0; block < matrix.length; block += rows * cols) {
            for (int c = 0; c < cols; c++) {
                double sum = 0;
                for (int r = 0; r < rows; r++) {
                    sum += matrix[block + r * cols + c];
                }
                float mean = (float) (sum / rows);
                for (int r = 0; r < rows; r++) {
                    matrix[block + r * cols + c] -= mean;
                }
            }
        }
    }

    /** Subtracts from every row its mean. */
    static void centreRows(float[] matrix, int cols) {
        for (int row = 0; row < matrix.length; row += cols) {
            double sum = 0;
            for (int c = 0; c < cols; c++) {
                sum += matrix[row + c];
            }
            float mean = (float) (sum / cols);
            for (int c = 0; c < cols; c++) {
                matrix[row + c] -= mean;
            }
        }
    }
}
