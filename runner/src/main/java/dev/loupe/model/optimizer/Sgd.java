package dev.loupe.model.optimizer;

import ai.djl.ndarray.NDArray;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import java.util.List;

/**
 * Gradient descent with heavy-ball momentum: v = momentum v + (g + decay p), p = p - rate v (Sutskever et al. 2013,
 * without dampening). Weight decay is L2: it enters the gradient.
 */
@Named("sgd")
@Doc("Gradient descent with momentum; unlike Adam, equivariant under rotations of the parameters")
@Example("{kind: sgd, learning-rate: 0.05, momentum: 0.9}")
public record Sgd(
        @Doc("Step size before the schedule") double learningRate,

        @Doc("Momentum: the share of the previous update that is kept") @Default("0.9")
        double momentum,

        @Doc("L2 penalty added to the gradient of weight matrices") @Default("0")
        double weightDecay)
        implements Optimizer {
    private static final String VELOCITY = "velocity";

    @Override
    public List<String> moments() {
        return momentum == 0 ? List.of() : List.of(VELOCITY);
    }

    @Override
    public void apply(Update u) {
        NDArray g = u.gradient();
        if (weightDecay != 0) {
            g = g.add(u.decayed().mul((float) weightDecay).mul(u.parameters()));
        }
        if (momentum != 0) {
            NDArray v = u.moment(VELOCITY);
            v.muli((float) momentum).addi(g);
            g = v;
        }
        u.parameters().subi(g.mul((float) u.rate()));
    }
}
