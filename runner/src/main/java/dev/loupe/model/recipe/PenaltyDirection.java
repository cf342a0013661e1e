package dev.loupe.model.recipe;

import dev.loupe.dataset.rows.Sources;
import dev.loupe.schema.DataFile;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import dev.loupe.tensors.FileDirection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A direction of an activation's space, as a recipe writes it; its length does not matter. */
@Doc("A direction of an activation's space; its length does not matter")
public sealed interface PenaltyDirection {
    /**
     * The direction as numbers: what decides on the weights, wherever it was written.
     *
     * @param folder of the card, in which or below which files lie
     * @throws IllegalArgumentException where there is no such file, tensor or place
     */
    Numbers numbers(Path folder);

    /** A tensor of a file. */
    @Named("tensor")
    @Doc("A named tensor [d_model] (or [d_mlp]) of a safetensors file in the folder of the card or below it")
    @Example("tensor: {file: direction.safetensors, name: direction}")
    record FromFile(
            @Doc("The file") DataFile file,
            @Doc("The tensor") String name,

            @OneOrMany @Default("[]") @Doc("Places, counted from 0, on the tensor's other axes, which come first")
            List<Integer> at)
            implements PenaltyDirection {
        public FromFile {
            at = List.copyOf(at);
        }

        @Override
        public Numbers numbers(Path folder) {
            Path found = new Sources(List.of(folder), 0, Set.of(), null, null).file("file", file);
            List<Double> numbers = new ArrayList<>();
            for (float number : FileDirection.of(found, file.toString(), name, at)) {
                numbers.add((double) number);
            }
            return new Numbers(numbers);
        }
    }

    /** Numbers in the card itself. */
    @Named("numbers")
    @Doc("The numbers themselves, one for each dimension")
    @Example("numbers: [0, 0.6, 0.8, 0]")
    record Numbers(@Doc("One number for each dimension") List<Double> numbers) implements PenaltyDirection {
        public Numbers {
            numbers = List.copyOf(numbers);
        }

        @Override
        public Numbers numbers(Path folder) {
            return this;
        }

        boolean pointsNowhere() {
            return numbers.stream().allMatch(x -> x == 0);
        }

        /** The same direction with length 1. The largest number is taken out first, whose square may be no finite number. */
        float[] unit() {
            double largest = numbers.stream().mapToDouble(Math::abs).max().orElse(0);
            double length = Math.sqrt(
                    numbers.stream().mapToDouble(x -> Math.pow(x / largest, 2)).sum());
            float[] unit = new float[numbers.size()];
            for (int i = 0; i < unit.length; i++) {
                unit[i] = (float) (numbers.get(i) / largest / length);
            }
            return unit;
        }
    }
}
