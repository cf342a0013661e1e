package dev.loupe.plan.edit;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ask.ModelShape;
import java.util.function.IntUnaryOperator;

/**
 * The activation plus Gaussian noise. A draw depends on seed, sample, row and position only, so every cell of a sweep sees
 * the same.
 *
 * @param times standard deviation of the noise in units of the token embedding's, taken over all entries of W_E
 * @param sample which draw
 */
public record AddedNoise(double times, long seed, int sample) implements EditValue {
    @Override
    public AddedNoise renamed(IntUnaryOperator names) {
        return this;
    }

    @Override
    public boolean local() {
        return true;
    }

    @Override
    public long flops(HookPoint at, ModelShape shape, long length) {
        return 0;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.noise(this);
    }

    @Override
    public String toString() {
        return "itself + " + times + " sd(W_E) noise (seed " + seed + ", sample " + sample + ")";
    }
}
