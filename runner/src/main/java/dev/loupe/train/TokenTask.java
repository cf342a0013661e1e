package dev.loupe.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.dataset.RowSource;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.train.step.Classes;
import dev.loupe.train.step.Noise;
import dev.loupe.train.step.StepTerms;
import dev.loupe.train.step.StepVisitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Training of a token network by cross entropy over the positions that the rows ask about, every position of a step
 * counting the same, and by what the recipe adds.
 *
 * @param seeds one per instance
 * @param rows per step and instance
 * @param lossOn the position class that is trained, or null for all that is asked
 * @param terms what the recipe adds to the pass and to the loss
 */
public record TokenTask(
        TokenNetwork network,
        RowSource data,
        long[] seeds,
        int rows,
        @Nullable String lossOn,
        StepTerms terms) implements Trainable {
    /** Training by cross entropy alone. */
    public TokenTask(TokenNetwork network, RowSource data, long[] seeds, int rows, @Nullable String lossOn) {
        this(network, data, seeds, rows, lossOn, StepTerms.NONE);
    }

    @Override
    public int instances() {
        return seeds.length;
    }

    @Override
    public ParameterLayout layout() {
        return network.layout();
    }

    @Override
    public float[] initial(int instance) {
        return network.initial(seeds[instance]);
    }

    @Override
    public NDArray loss(Map<String, NDArray> parameters, long step, NDManager scope) {
        TokenBatch batch = batch(step);
        Shape shape = new Shape(seeds.length, rows, batch.length());
        StepVisitor visitor = terms.visitor(seeds, step, scope);
        NDArray logits = network.logits(parameters, scope.create(batch.tokens(), shape), visitor);
        NDArray weights = scope.create(batch.weights(network.classes()), shape.add(network.classes()));
        return visitor.added(Classes.crossEntropy(logits, weights), batch.shares());
    }

    TokenBatch batch(long step) {
        List<TokenRows> draws = new ArrayList<>();
        for (long seed : seeds) {
            draws.add(data.draw(new Draw(network.vocabulary(), rows, Noise.seed(seed, "data", step))));
        }
        return TokenBatch.of(draws, lossOn);
    }
}
