package dev.loupe.dataset.language;

import dev.loupe.dataset.rows.Label;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * 8 names, each with a token of its own and a spelling in two pieces (4 stems, 2 endings). The first mention of a name in a row
 * is followed by one of 8 tokens at random, every later mention, in either spelling, by the same one: two steps of attention.
 */
final class Bindings implements Construct {
    private static final int STEMS = 4;
    private static final int ENDINGS = 2;
    private static final int NAMES = STEMS * ENDINGS;
    private static final int VALUES = 8;
    private static final double WEIGHT = 0.09;
    /** The share of mentions that are of names with a value, once there are any. */
    private static final double AGAIN = 0.6;

    private final int first;
    private final double splits;

    /** @param splits the share of mentions that are written in two pieces */
    Bindings(int first, double splits) {
        this.first = first;
        this.splits = splits;
    }

    private int merged(int name) {
        return first + STEMS + ENDINGS + name;
    }

    private int value(int value) {
        return first + STEMS + ENDINGS + NAMES + value;
    }

    @Override
    public int size() {
        return STEMS + ENDINGS + NAMES + VALUES;
    }

    @Override
    public List<String> decisions() {
        return List.of("binding");
    }

    @Override
    public List<Kind> labels() {
        return List.of(
                new Kind(
                        "name",
                        Label.Kind.CATEGORY,
                        IntStream.range(0, NAMES).mapToObj(n -> "n" + n).toList()),
                Kind.of("bound-at", Label.Kind.POINTER));
    }

    @Override
    public Reading begin() {
        return new Reading() {
            /** By name: the value that it has in this row and where it got it. */
            private final int[] values = new int[NAMES];

            private final int[] places = new int[NAMES];
            private int stem = -1;
            private int name = Label.NONE;

            {
                Arrays.fill(values, -1);
                Arrays.fill(places, Label.NONE);
            }

            @Override
            public void read(int token, int pos) {
                int given = token - value(0);
                if (name >= 0 && values[name] < 0 && given >= 0 && given < VALUES) {
                    values[name] = given;
                    places[name] = pos;
                }
                int own = token - first;
                int ending = own - STEMS;
                int whole = own - STEMS - ENDINGS;
                name = stem >= 0 && ending >= 0 && ending < ENDINGS
                        ? stem * ENDINGS + ending
                        : whole >= 0 && whole < NAMES ? whole : Label.NONE;
                stem = own >= 0 && own < STEMS ? own : -1;
            }

            @Override
            public @Nullable Decision decides(int register) {
                if (stem >= 0) {
                    return new Decision(Choice.range(first + STEMS, ENDINGS), null);
                }
                if (name < 0) {
                    return null;
                }
                return values[name] < 0
                        ? new Decision(Choice.range(value(0), VALUES), null)
                        : new Decision(Choice.only(value(values[name])), "binding");
            }

            @Override
            public void begins(Mixture open) {
                int[] bound =
                        IntStream.range(0, NAMES).filter(n -> values[n] >= 0).toArray();
                double again = bound.length == 0 ? 0 : AGAIN;
                mention(open, WEIGHT * (1 - again), IntStream.range(0, NAMES).toArray());
                if (again > 0) {
                    mention(open, WEIGHT * again, bound);
                }
            }

            private void mention(Mixture open, double weight, int[] names) {
                // A stem is as likely as the names that begin with it.
                double[] stems = new double[STEMS];
                Arrays.stream(names).forEach(n -> stems[n / ENDINGS] += 1.0 / names.length);
                int[] tokens = IntStream.range(first, first + STEMS).toArray();
                open.add(weight * splits, new Choice(tokens, stems));
                open.add(
                        weight * (1 - splits),
                        Choice.uniform(
                                Arrays.stream(names).map(Bindings.this::merged).toArray()));
            }

            @Override
            public int[] labels() {
                return new int[] {name, name < 0 ? Label.NONE : places[name]};
            }
        };
    }
}
