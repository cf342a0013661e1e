package dev.loupe.model.derived;

import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.model.card.ToyGrid;
import java.util.List;
import java.util.Map;

/** A network with its hidden neurons in a random order: the same function. */
public record NeuronPermutation(long seed) implements DerivedWeights {
    @Override
    public String label() {
        return "permuted with seed " + seed;
    }

    @Override
    public Map<String, float[]> of(ToyGrid grid, List<Map<String, float[]>> from) {
        Map<String, float[]> out = from.get(0);
        for (int instance = 0; instance < grid.instances(); instance++) {
            HiddenNeurons neurons = new HiddenNeurons(grid, instance);
            out = neurons.ordered(out, order(neurons.count(), instance));
        }
        return out;
    }

    /** Fisher and Yates' shuffle. */
    private int[] order(int count, int instance) {
        RowRandom random = new RowRandom(seed, instance);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }
}
