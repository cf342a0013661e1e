package dev.loupe.analysis.neurons;

import dev.loupe.hook.Site;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.schema.annotation.Doc;
import java.util.List;
import java.util.SplittableRandom;

/** Neurons drawn at random, each at most once, so that nobody picks those that look good. */
@Doc("Neurons drawn at random, each at most once.")
public record RandomNeurons(
        @Doc("Number of neurons.") int count,
        @Doc("Seed of the draw.") long seed) {
    public RandomNeurons {
        if (count < 1) {
            throw new IllegalArgumentException("`count` must be at least 1, not " + count);
        }
    }

    /**
     * Those of a model, by layer and number.
     *
     * @throws IllegalArgumentException where the model has fewer
     */
    List<NeuronName> of(ModelShape shape, Site site) {
        List<Integer> layers = shape.layersWith(site);
        int width = shape.units(site, layers);
        int all = width * layers.size();
        if (count > all) {
            throw new IllegalArgumentException(
                    "the model has " + all + " at `" + site.canonical() + "`, fewer than " + count);
        }
        return new SplittableRandom(seed)
                .ints(0, all)
                .distinct()
                .limit(count)
                .sorted()
                .mapToObj(i -> new NeuronName(ComponentKind.unitsOf(site), layers.get(i / width), i % width))
                .toList();
    }
}
