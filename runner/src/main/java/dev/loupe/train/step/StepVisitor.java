package dev.loupe.train.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.Ops;
import dev.loupe.model.recipe.Penalty;
import org.jspecify.annotations.Nullable;

/** Adds noise to the embedding in one step of a training, and keeps the activation that a penalty is on. */
public final class StepVisitor implements HookVisitor {
    private static final HookPoint EMBED = HookPoint.of(Site.EMBED);

    private final StepTerms terms;
    private final long[] seeds;
    private final long step;
    private final NDManager scope;
    private @Nullable NDArray penalised;

    StepVisitor(StepTerms terms, long[] seeds, long step, NDManager scope) {
        this.terms = terms;
        this.seeds = seeds.clone();
        this.step = step;
        this.scope = scope;
    }

    @Override
    public boolean wants(HookPoint point) {
        return noisy(point) || point.equals(penalisedPoint());
    }

    private boolean noisy(HookPoint point) {
        return terms.embeddingNoise() > 0 && point.equals(EMBED);
    }

    private @Nullable HookPoint penalisedPoint() {
        Penalty penalty = terms.penalty();
        return penalty == null ? null : penalty.point();
    }

    /** Of a penalty on the embedding itself, the noise is a part. */
    @Override
    public NDArray visit(HookPoint point, NDArray value) {
        Shape shape = value.getShape();
        NDArray seen = noisy(point) ? value.add(scope.create(noise(shape), shape)) : value;
        if (point.equals(penalisedPoint())) {
            penalised = Ops.alias(seen, scope);
        }
        return seen;
    }

    /** A stream for each row of each instance, so that neither longer rows nor other instances beside it change what is drawn. */
    private float[] noise(Shape shape) {
        int rows = (int) shape.get(1);
        int each = (int) (shape.get(2) * shape.get(3));
        float[] noise = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < seeds.length; i++) {
            long own = Noise.seed(seeds[i], "embedding-noise", step);
            for (int row = 0; row < rows; row++) {
                float[] drawn = Noise.of(own, "row", row).normal(each, terms.embeddingNoise());
                System.arraycopy(drawn, 0, noise, (i * rows + row) * each, each);
            }
        }
        return noise;
    }

    /**
     * The loss with the penalty added.
     *
     * @param loss [instance]
     * @param shares of each position in the mean over those of its instance, [instance, row, pos]; 0 where the row has ended
     */
    public NDArray added(NDArray loss, float[] shares) {
        Penalty penalty = terms.penalty();
        if (penalty == null) {
            return loss;
        }
        NDArray x = penalised;
        if (x == null) {
            throw new IllegalStateException("the pass did not come by " + penalty.site());
        }
        Shape shape = x.getShape();
        NDArray along = x.matMul(scope.create(penalty.unit(), new Shape(shape.get(3), 1)));
        NDArray mean = scope.create(shares, new Shape(shape.get(0), shape.get(1), shape.get(2), 1));
        NDArray term = along.square().mul(mean).reshape(shape.get(0), -1).sum(new int[] {1});
        return loss.add(term.mul(penalty.weight()));
    }
}
