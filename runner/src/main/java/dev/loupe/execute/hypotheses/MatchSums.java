package dev.loupe.execute.hypotheses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.loupe.execute.batch.TokenArrays;
import dev.loupe.execute.load.LoadedModel;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.TokenModel;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sums, by group of documents, from which correlations of some neurons follow with every neuron of another model and with mixtures
 * of them. Activations of the other model are less their mean over its first batch, so that large equal parts cost no digits.
 */
final class MatchSums {
    /**
     * Sums of one group of documents.
     *
     * @param own of the asked neurons, their squares behind them [2 asked]
     * @param sum by layer [neuron]
     * @param squares by layer [neuron]
     * @param products by layer [asked, neuron]
     * @param mixed squares of mixtures by layer [rotation, mixture]
     */
    record Group(double[] own, double[][] sum, double[][] squares, double[][] products, double[][] mixed, int[] count) {
        static Group of(int asked, int layers, int width, int rotations) {
            return new Group(
                    new double[2 * asked],
                    new double[layers][width],
                    new double[layers][width],
                    new double[layers][asked * width],
                    new double[layers][rotations * width],
                    new int[1]);
        }
    }

    private final LoadedModel model;
    private final TokenModel running;
    private final Site site;
    private final int asked;
    private final List<NDArray> rotations;
    private final NDManager kept;
    private final Group[] groups;
    private final @Nullable NDArray[] origin;

    /**
     * Sums of nothing yet.
     *
     * @param rotations float32 [mixture, neuron]
     * @param kept owns what is needed until the last batch
     */
    MatchSums(
            LoadedModel model,
            Site site,
            int layers,
            int width,
            int asked,
            int groups,
            List<NDArray> rotations,
            NDManager kept) {
        this.model = model;
        this.running = Objects.requireNonNull(model.tokens());
        this.site = site;
        this.asked = asked;
        this.rotations = List.copyOf(rotations);
        this.kept = kept;
        this.groups = IntStream.range(0, groups)
                .mapToObj(g -> Group.of(asked, layers, width, rotations.size()))
                .toArray(Group[]::new);
        this.origin = new NDArray[layers];
    }

    Group group(int index) {
        return groups[index];
    }

    /**
     * Adds positions of some rows of equal length.
     *
     * @param flat where they are among all positions of the rows
     * @param own activations of the asked neurons there [asked, position]
     */
    void add(int group, int[][] tokens, long[] flat, float[] own) {
        Group to = groups[group];
        to.count()[0] += flat.length;
        for (int k = 0; k < asked; k++) {
            for (int i = 0; i < flat.length; i++) {
                double value = own[k * flat.length + i];
                to.own()[k] += value;
                to.own()[asked + k] += value * value;
            }
        }
        try (NDManager scope = model.manager().newSubManager()) {
            NDArray input = model.onDevice(TokenArrays.array(tokens, scope));
            NDArray places = model.onDevice(scope.create(flat));
            NDArray x = model.onDevice(scope.create(own, new Shape(asked, flat.length)));
            running.forward(ForwardRequest.of(input).withoutLogits(), new Reader(to, places, x), scope);
        }
    }

    /** Adds a layer as soon as it is there, so that a batch holds one at a time. */
    private final class Reader implements HookVisitor {
        private final Group to;
        private final NDArray places;
        private final NDArray x;

        Reader(Group to, NDArray places, NDArray x) {
            this.to = to;
            this.places = places;
            this.x = x;
        }

        @Override
        public boolean wants(HookPoint point) {
            return point.site() == site;
        }

        @Override
        public NDArray visit(HookPoint point, NDArray value) {
            int layer = point.layer();
            try (NDManager own = kept.newSubManager()) {
                NDArray all = value.reshape(-1, value.getShape().get(2));
                all.attach(own);
                NDArray y = all.get(new NDIndex("{}", places)).toType(DataType.FLOAT32, false);
                y.attach(own);
                NDArray from = origin[layer];
                if (from == null) {
                    from = y.mean(new int[] {0}, true);
                    from.attach(kept);
                    origin[layer] = from;
                }
                NDArray less = y.sub(from);
                plus(to.sum()[layer], 0, less.sum(new int[] {0}));
                plus(to.squares()[layer], 0, less.square().sum(new int[] {0}));
                plus(to.products()[layer], 0, x.matMul(less));
                for (int r = 0; r < rotations.size(); r++) {
                    try (NDArray mixed = less.matMul(rotations.get(r).transpose());
                            NDArray squares = mixed.square()) {
                        plus(to.mixed()[layer], r, squares.sum(new int[] {0}));
                    }
                }
            }
            return value;
        }
    }

    /** Adds numbers to the {@code at}-th part of as many. */
    private static void plus(double[] to, int at, NDArray numbers) {
        float[] some = numbers.toFloatArray();
        for (int i = 0; i < some.length; i++) {
            to[at * some.length + i] += some[i];
        }
    }
}
