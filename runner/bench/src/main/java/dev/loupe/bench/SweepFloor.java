package dev.loupe.bench;

/**
 * The least work that the exact result of a head sweep takes, in FLOPs: every cell has its own MLP, the blocks after it, and of
 * the last block keys and values of all changed positions, the rest for one row. What one head adds to the residual stream,
 * norms, activations and the two answers' logits are small beside that and left out.
 *
 * @param rows prompts
 * @param length tokens of a prompt
 */
record SweepFloor(SweepModel model, int rows, int length) {
    private double token(double weights) {
        return 2.0 * weights * model.width() * model.width();
    }

    /** One block on one prompt of which {@code run} positions change. */
    private double block(int run) {
        return run * token(12) + 4.0 * run * length * model.width();
    }

    /** The last block, of which one row is read. */
    private double last(int run) {
        return run * token(2) + token(10) + 4.0 * length * model.width();
    }

    /** One cell whose edit in {@code layer} changes {@code own} positions there and {@code run} ones after it. */
    private double cell(int layer, int own, int run) {
        int end = model.layers() - 1;
        if (layer == end) {
            return own == run ? token(8) : 0;
        }
        return own * token(8) + (end - 1 - layer) * block(run) + last(run);
    }

    /** All cells of a sweep whose two halves differ from position {@code from} on. */
    double flops(SweepCase sweep, int from) {
        double sum = 0;
        for (int layer = 0; layer < model.layers(); layer++) {
            if (sweep.positions()) {
                for (int pos = from; pos < length; pos++) {
                    sum += cell(layer, 1, length - pos);
                }
            } else {
                sum += cell(layer, length - from, length - from);
            }
        }
        return sum * model.heads() * rows;
    }

    /** One forward pass over {@code batch} prompts up to the residual stream after the last block. */
    double forward(int batch) {
        return batch * model.layers() * block(length);
    }
}
