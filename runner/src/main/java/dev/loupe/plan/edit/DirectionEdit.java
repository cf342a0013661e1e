package dev.loupe.plan.edit;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ask.ModelShape;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * The activation x changed along a direction d, with u = d / |d|.
 *
 * @param how what is done
 * @param amount times that d is added, or the coordinate x . u that is set; projecting out does not read it
 */
public record DirectionEdit(Direction direction, How how, double amount) implements EditValue {
    /** What is done with a direction. */
    public enum How {
        /** x + amount d. */
        ADD,
        /** x + (amount - x . u) u. */
        CLAMP,
        /** x - (x . u) u. */
        PROJECT_OUT
    }

    @Override
    public List<Integer> summaries() {
        return direction.summaries();
    }

    @Override
    public DirectionEdit renamed(IntUnaryOperator names) {
        return new DirectionEdit(direction.renamed(names), how, amount);
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
        return visitor.direction(this);
    }

    @Override
    public String toString() {
        return switch (how) {
            case ADD -> "itself + " + amount + " " + direction;
            case CLAMP -> "itself with " + amount + " along " + direction;
            case PROJECT_OUT -> "itself without " + direction;
        };
    }
}
