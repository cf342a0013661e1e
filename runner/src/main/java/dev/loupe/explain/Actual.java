package dev.loupe.explain;

/**
 * What a step of a plan took when it ran.
 *
 * @param seconds on the clock
 * @param flops of the matrix products that were made, two for a multiply-add
 * @param bytes of the largest batch: what it kept, the products of its widest block and its logits; element-wise results, which
 *     come and go beside them, are not counted
 */
public record Actual(double seconds, long flops, long bytes) {
    public static final Actual NOTHING = new Actual(0, 0, 0);

    /** One run after another: times and work add up, of the bytes the most counts. */
    public Actual plus(Actual other) {
        return new Actual(seconds + other.seconds, flops + other.flops, Math.max(bytes, other.bytes));
    }
}
