package dev.loupe.plan.edit;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ask.ModelShape;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * The embedding of another token, which at {@code embed} is the same as that token in its place.
 *
 * @param from where the token comes from
 * @param name the named position or the column, empty for an id
 * @param id the token, -1 where it is another
 */
public record EmbeddingOf(From from, String name, int id) implements EditValue {
    /** Where a token comes from. */
    public enum From {
        ID,
        POSITION,
        COLUMN
    }

    @Override
    public List<String> names() {
        return from == From.POSITION ? List.of(name) : List.of();
    }

    @Override
    public EmbeddingOf renamed(IntUnaryOperator names) {
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
        return visitor.embedding(this);
    }

    @Override
    public String toString() {
        return switch (from) {
            case ID -> "token " + id;
            case POSITION -> "the token at " + name;
            case COLUMN -> "the token of column " + name;
        };
    }
}
