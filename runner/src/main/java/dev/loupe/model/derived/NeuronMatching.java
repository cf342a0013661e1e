package dev.loupe.model.derived;

import dev.loupe.matching.Assignment;
import dev.loupe.model.card.ToyGrid;
import java.util.List;
import java.util.Map;

/**
 * The first network with its hidden neurons in the order in which they are most like those of the second (weight matching,
 * Ainsworth et al. 2022, "Git Re-Basin"): the assignment with the largest sum of inner products of what paired neurons read and
 * write, both as long as each other where a factor passes from one to the other. One hidden layer needs one assignment and no
 * rounds.
 */
public record NeuronMatching() implements DerivedWeights {
    @Override
    public String label() {
        return "matched";
    }

    @Override
    public Map<String, float[]> of(ToyGrid grid, List<Map<String, float[]>> from) {
        Map<String, float[]> out = from.get(0);
        for (int instance = 0; instance < grid.instances(); instance++) {
            HiddenNeurons neurons = new HiddenNeurons(grid, instance);
            double[][] own = neurons.vectors(from.get(0));
            double[][] wanted = neurons.vectors(from.get(1));
            double[][] cost = new double[own.length][own.length];
            for (int place = 0; place < own.length; place++) {
                for (int n = 0; n < own.length; n++) {
                    cost[place][n] = -dot(wanted[place], own[n]);
                }
            }
            out = neurons.ordered(out, Assignment.cheapest(cost));
        }
        return out;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
