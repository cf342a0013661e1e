package dev.loupe.model.recipe;

import dev.loupe.hook.HookPoint;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import java.nio.file.Path;

/**
 * A term of the loss of a training: {@code weight} times the mean of (x . u)^2 over all positions of the rows of a step, where x is
 * the activation at {@code site} and u the direction with length 1.
 */
@Doc(
        "A term that is added to the loss of a training: `weight` times the mean of the squared coordinate of an activation along a "
                + "direction, over all positions of the rows of a step")
@Example("{site: L0.resid_post, direction: {tensor: {file: direction.safetensors, name: direction}}, weight: 1}")
public record Penalty(
        @Doc(
                "The activation: a hook point [batch, pos, d_model] or [batch, pos, d_mlp] of one layer, such as `L0.resid_post` or "
                        + "`blocks.0.hook_resid_post`")
        PenaltySite site,

        @Doc("The direction; it is divided by its length") PenaltyDirection direction,

        @Doc("The factor of the term, above 0; the loss of the answers is in nats")
        double weight) {
    /** The same with the numbers of its direction read, so that no file is needed later. */
    public Penalty read(Path folder) {
        return new Penalty(site, direction.numbers(folder), weight);
    }

    public HookPoint point() {
        return site.point();
    }

    /** The direction [d_model or d_mlp] with length 1, once it was {@link #read}. */
    public float[] unit() {
        if (direction instanceof PenaltyDirection.Numbers numbers) {
            return numbers.unit();
        }
        throw new IllegalStateException("the direction was not read");
    }
}
