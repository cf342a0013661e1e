package dev.loupe.execute.step;

import dev.loupe.plan.ask.ShapePart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** The means of a few classes as points around their common mean: {@link ShapePart} says what is told of them. */
final class ClassShape {
    /** Of more classes there are too many orders to try them all. */
    private static final int ALL_ORDERS = 8;

    private static final int RANDOM_ORDERS = 2000;
    private static final double EQUAL = 1e-9;

    private final int classes;
    private final double[][] gram;
    private final double[] eigenvalues;
    /** [component][class], the largest component first. */
    private final double[][] components;

    private final int[] plane;

    /**
     * @param means [class, dimension]
     * @param plane two principal components, from 1
     */
    ClassShape(double[] means, int classes, List<Integer> plane) {
        this.classes = classes;
        this.plane = plane.stream().mapToInt(c -> c - 1).toArray();
        this.gram = gram(means, classes);
        this.eigenvalues = new double[classes];
        this.components = new double[classes][classes];
        decompose();
    }

    private static double[][] gram(double[] means, int classes) {
        int width = means.length / classes;
        double[] centre = new double[width];
        for (int i = 0; i < means.length; i++) {
            centre[i % width] += means[i] / classes;
        }
        double[][] gram = new double[classes][classes];
        for (int a = 0; a < classes; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0;
                for (int i = 0; i < width; i++) {
                    sum += (means[a * width + i] - centre[i]) * (means[b * width + i] - centre[i]);
                }
                gram[a][b] = gram[b][a] = sum;
            }
        }
        return gram;
    }

    private void decompose() {
        Arrays.fill(eigenvalues, Double.NaN);
        if (Arrays.stream(gram).flatMapToDouble(Arrays::stream).anyMatch(Double::isNaN)) {
            return;
        }
        EigenDecomposition_F64<DMatrixRMaj> found = DecompositionFactory_DDRM.eig(classes, true, true);
        found.decompose(new DMatrixRMaj(gram));
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            order.add(i);
        }
        order.sort((a, b) -> Double.compare(
                found.getEigenvalue(b).getReal(), found.getEigenvalue(a).getReal()));
        for (int c = 0; c < classes; c++) {
            eigenvalues[c] = Math.max(0, found.getEigenvalue(order.get(c)).getReal());
            components[c] = found.getEigenVector(order.get(c)).getData();
        }
    }

    /** In the order of {@link ShapePart}. */
    double[] parts() {
        ShapePart[] all = ShapePart.values();
        double[] out = new double[all.length];
        Orders orders = orders();
        double sum = Arrays.stream(eigenvalues).sum();
        for (int i = 0; i < all.length; i++) {
            out[i] = switch (all[i]) {
                case POLYGON -> orders.given();
                case ANY_ORDER -> orders.smallest();
                case ORDER_RANK -> orders.rank();
                case PLANE_SHARE -> (eigenvalues[plane[0]] + eigenvalues[plane[1]]) / sum;
                case SIMPLEX -> distance(scaled(gram), simplex());
                case EFFECTIVE_DIMENSION ->
                    sum * sum / Arrays.stream(eigenvalues).map(e -> e * e).sum();
                case ANTIPODAL -> smallestCosine();
            };
        }
        return out;
    }

    /** Where the classes lie in the plane [class, component], at a mean squared distance of 1. */
    double[] coordinates() {
        double[] out = new double[2 * classes];
        double size = Math.sqrt((eigenvalues[plane[0]] + eigenvalues[plane[1]]) / classes);
        for (int c = 0; c < classes; c++) {
            for (int k = 0; k < 2; k++) {
                out[2 * c + k] = components[plane[k]][c] * Math.sqrt(eigenvalues[plane[k]]) / size;
            }
        }
        return out;
    }

    /**
     * @param given distance of the given order
     * @param smallest over all orders, NaN where not all were tried
     * @param rank share of the orders that are as near as the given one
     */
    private record Orders(double given, double smallest, double rank) {}

    private Orders orders() {
        double[][] inPlane = new double[classes][classes];
        for (int a = 0; a < classes; a++) {
            for (int b = 0; b < classes; b++) {
                for (int component : plane) {
                    inPlane[a][b] += eigenvalues[component] * components[component][a] * components[component][b];
                }
            }
        }
        double[][] scaled = scaled(inPlane);
        double[][] polygon = polygon();
        int[] order = new int[classes];
        Arrays.setAll(order, i -> i);
        double given = distance(scaled, polygon);
        if (Double.isNaN(given)) {
            return new Orders(given, given, given);
        }
        Tried tried = new Tried(given);
        if (classes <= ALL_ORDERS) {
            // A polygon may be turned: the first class keeps its corner.
            permute(order, 1, () -> tried.add(distance(scaled, polygon, order)));
            return new Orders(given, tried.smallest, tried.near / (double) tried.all);
        }
        Random random = new Random(classes);
        List<Integer> shuffled = new ArrayList<>(Arrays.stream(order).boxed().toList());
        tried.add(given);
        for (int i = 0; i < RANDOM_ORDERS; i++) {
            Collections.shuffle(shuffled, random);
            tried.add(distance(
                    scaled,
                    polygon,
                    shuffled.stream().mapToInt(Integer::intValue).toArray()));
        }
        return new Orders(given, Double.NaN, tried.near / (double) tried.all);
    }

    private static final class Tried {
        private final double given;
        private double smallest = Double.POSITIVE_INFINITY;
        private int near;
        private int all;

        Tried(double given) {
            this.given = given;
        }

        void add(double distance) {
            smallest = Math.min(smallest, distance);
            near += distance <= given + EQUAL ? 1 : 0;
            all++;
        }
    }

    private static void permute(int[] order, int from, Runnable then) {
        if (from == order.length) {
            then.run();
            return;
        }
        for (int i = from; i < order.length; i++) {
            swap(order, from, i);
            permute(order, from + 1, then);
            swap(order, from, i);
        }
    }

    private static void swap(int[] order, int a, int b) {
        int kept = order[a];
        order[a] = order[b];
        order[b] = kept;
    }

    private double[][] scaled(double[][] of) {
        double trace = 0;
        for (int c = 0; c < classes; c++) {
            trace += of[c][c] / classes;
        }
        double size = trace;
        return Arrays.stream(of)
                .map(row -> Arrays.stream(row).map(x -> x / size).toArray())
                .toArray(double[][]::new);
    }

    private double[][] polygon() {
        double[][] out = new double[classes][classes];
        for (int a = 0; a < classes; a++) {
            for (int b = 0; b < classes; b++) {
                out[a][b] = Math.cos(2 * Math.PI * (a - b) / classes);
            }
        }
        return out;
    }

    private double[][] simplex() {
        double[][] out = new double[classes][classes];
        for (int a = 0; a < classes; a++) {
            for (int b = 0; b < classes; b++) {
                out[a][b] = a == b ? 1 : -1.0 / (classes - 1);
            }
        }
        return out;
    }

    private double distance(double[][] of, double[][] wanted) {
        int[] order = new int[classes];
        Arrays.setAll(order, i -> i);
        return distance(of, wanted, order);
    }

    /** @param order the corner of each class */
    private double distance(double[][] of, double[][] wanted, int[] order) {
        double apart = 0;
        double size = 0;
        for (int a = 0; a < classes; a++) {
            for (int b = 0; b < classes; b++) {
                double corner = wanted[order[a]][order[b]];
                apart += (of[a][b] - corner) * (of[a][b] - corner);
                size += corner * corner;
            }
        }
        return Math.sqrt(apart / size);
    }

    private double smallestCosine() {
        double smallest = Double.POSITIVE_INFINITY;
        for (int a = 0; a < classes; a++) {
            for (int b = 0; b < a; b++) {
                smallest = Math.min(smallest, gram[a][b] / Math.sqrt(gram[a][a] * gram[b][b]));
            }
        }
        return smallest;
    }
}
