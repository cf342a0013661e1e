package dev.loupe.analysis.neurons;

import dev.loupe.hook.Site;
import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Neurons drawn at random, each at most once, so that nobody picks those that look good. */
@Doc("Neurons drawn at random, each at most once.")
public record RandomNeurons(
        @Doc("Number of neurons.") int count,

        @OneOrMany @Default("[]") @Doc("The layers that are drawn from. Default: all.")
        List<Integer> layers,

        @OneOrMany
        @Default("[]")
        @Doc("Neurons such as `L0N5` that are not drawn: usually those that others are compared with.")
        List<NeuronName> except,

        @Doc("Seed of the draw.") long seed) {
    /** From all layers. */
    RandomNeurons(int count, long seed) {
        this(count, List.of(), List.of(), seed);
    }

    public RandomNeurons {
        layers = List.copyOf(layers);
        except = List.copyOf(except);
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
        NeuronName.at(site, except);
        List<Integer> from = layers.isEmpty()
                ? shape.layersWith(site)
                : layers.stream().distinct().sorted().toList();
        from.forEach(layer -> new NeuronName(ComponentKind.unitsOf(site), layer, 0).in(shape));
        except.forEach(neuron -> neuron.in(shape));
        int width = shape.units(site, from);
        long spared = except.stream()
                .distinct()
                .filter(neuron -> from.contains(neuron.layer()))
                .count();
        long open = (long) width * from.size() - spared;
        if (count > open) {
            throw new IllegalArgumentException((layers.isEmpty() ? "the model has " : "these layers have ") + open
                    + (spared == 0 ? "" : " others") + " at `" + site.canonical() + "`, fewer than " + count);
        }
        return new SplittableRandom(seed)
                .ints(0, width * from.size())
                .distinct()
                .mapToObj(i -> new NeuronName(ComponentKind.unitsOf(site), from.get(i / width), i % width))
                .filter(neuron -> !except.contains(neuron))
                .limit(count)
                .sorted(Comparator.comparing(NeuronName::layer).thenComparing(NeuronName::neuron))
                .toList();
    }
}
