package dev.loupe.model.optimizer;

import ai.djl.ndarray.NDArray;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import java.util.List;

/**
 * Adam (Kingma and Ba 2015, algorithm 1, with bias correction). Weight decay is L2: it enters the gradient and is
 * rescaled with it; {@link AdamW} keeps it apart.
 */
@Named("adam")
@Doc("Adam with bias correction; weight decay, if any, enters the gradient")
@Example("{kind: adam, learning-rate: 1e-3}")
public record Adam(
        @Doc("Step size before the schedule") double learningRate,

        @Doc("Decay rate of the first moment") @Default("0.9")
        double beta1,

        @Doc("Decay rate of the second moment") @Default("0.999")
        double beta2,

        @Doc("Added to the square root of the second moment") @Default("1e-8")
        double epsilon,

        @Doc("L2 penalty added to the gradient of weight matrices") @Default("0")
        double weightDecay)
        implements Optimizer {
    static final String FIRST = "first";
    static final String SECOND = "second";

    @Override
    public List<String> moments() {
        return List.of(FIRST, SECOND);
    }

    @Override
    public void apply(Update u) {
        NDArray g = u.gradient();
        if (weightDecay != 0) {
            g = g.add(u.decayed().mul((float) weightDecay).mul(u.parameters()));
        }
        move(u, g, beta1, beta2, epsilon);
    }

    /** p -= rate / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + epsilon), after both moments took in {@code g}. */
    static void move(Update u, NDArray g, double beta1, double beta2, double epsilon) {
        NDArray m = u.moment(FIRST);
        NDArray v = u.moment(SECOND);
        m.muli((float) beta1).addi(g.mul((float) (1 - beta1)));
        v.muli((float) beta2).addi(g.mul(g).muli((float) (1 - beta2)));
        double first = 1 - Math.pow(beta1, u.step());
        double second = 1 - Math.pow(beta2, u.step());
        NDArray scale = v.sqrt().muli((float) (1 / Math.sqrt(second))).addi((float) epsilon);
        u.parameters().subi(m.div(scale).muli((float) (u.rate() / first)));
    }
}
