package dev.loupe.model.optimizer;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import java.util.List;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2): first p *= 1 - rate * decay, then Adam's
 * step. Decay acts on weight matrices only: biases, norm gains and other vectors keep their values.
 */
@Named("adamw")
@Doc("Adam with weight decay applied to the weights themselves, not through the gradient")
@Example("{kind: adamw, learning-rate: 2e-3, weight-decay: 0.01}")
public record AdamW(
        @Doc("Step size before the schedule") double learningRate,

        @Doc("Decay rate of the first moment") @Default("0.9")
        double beta1,

        @Doc("Decay rate of the second moment") @Default("0.999")
        double beta2,

        @Doc("Added to the square root of the second moment") @Default("1e-8")
        double epsilon,

        @Doc("Decay of weight matrices per unit of learning rate") @Default("0.01")
        double weightDecay)
        implements Optimizer {
    @Override
    public List<String> moments() {
        return List.of(Adam.FIRST, Adam.SECOND);
    }

    @Override
    public void apply(Update u) {
        if (weightDecay != 0) {
            double lost = u.rate() * weightDecay;
            u.parameters().muli(u.decayed().mul((float) -lost).addi(1f));
        }
        Adam.move(u, u.gradient(), beta1, beta2, epsilon);
    }
}
