package dev.loupe.execute.neurons;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Labels that stand at nearly the same positions are one label under several names, and one test. */
final class DistinctLabels {
    /** Labels with a larger share of common positions among all of theirs (Jaccard) are the same. */
    private static final double SAME = 0.9;

    private DistinctLabels() {}

    /** For each label the first one that is the same [label]. */
    static int[] first(boolean[][] labels) {
        int[] first = new int[labels.length];
        for (int l = 0; l < labels.length; l++) {
            first[l] = l;
            for (int other = 0; other < l; other++) {
                if (first[other] == other && jaccard(labels[l], labels[other]) > SAME) {
                    first[l] = other;
                    break;
                }
            }
        }
        return first;
    }

    /** Adjusted p-values where the same labels are one test, with the smallest of their p-values. */
    static double[] adjusted(double[] p, int[] first) {
        double[] least = p.clone();
        for (int l = 0; l < p.length; l++) {
            int own = first[l];
            least[own] = Double.isNaN(least[own]) || p[l] < least[own] ? p[l] : least[own];
        }
        List<Integer> tests = new ArrayList<>();
        for (int l = 0; l < p.length; l++) {
            if (first[l] == l) {
                tests.add(l);
            }
        }
        double[] q = FalseDiscovery.adjusted(
                tests.stream().mapToDouble(l -> least[l]).toArray());
        return Arrays.stream(first).mapToDouble(l -> q[tests.indexOf(l)]).toArray();
    }

    private static double jaccard(boolean[] left, boolean[] right) {
        double both = 0;
        double either = 0;
        for (int i = 0; i < left.length; i++) {
            both += left[i] && right[i] ? 1 : 0;
            either += left[i] || right[i] ? 1 : 0;
        }
        return either == 0 ? 0 : both / either;
    }
}
