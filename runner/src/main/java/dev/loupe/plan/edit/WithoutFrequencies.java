package dev.loupe.plan.edit;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ask.ModelShape;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * The embeddings of tokens that are numbers, without some frequencies over the numbers; other tokens keep their embedding.
 *
 * @param frequencies from 1 to (modulus - 1) / 2
 * @param modulus odd; number n is token n
 */
public record WithoutFrequencies(List<Integer> frequencies, int modulus) implements EditValue {
    public WithoutFrequencies {
        frequencies = List.copyOf(frequencies);
    }

    @Override
    public WithoutFrequencies renamed(IntUnaryOperator names) {
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
        return visitor.frequencies(this);
    }

    @Override
    public String toString() {
        return "numbers without frequencies " + frequencies + " of " + modulus;
    }
}
