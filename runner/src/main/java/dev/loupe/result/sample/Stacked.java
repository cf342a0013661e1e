package dev.loupe.result.sample;

import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.List;

/**
 * The samples of several models side by side. Each is resampled by the same draws, so that models that read the same rows
 * stay paired.
 *
 * @param leading the axes that the models form
 * @param parts one for each combination of their labels, the last axis fastest; all with the same axes
 */
public record Stacked(List<Axis> leading, List<Sample> parts) implements Sample {
    public Stacked {
        leading = List.copyOf(leading);
        parts = List.copyOf(parts);
        if (parts.size() != NamedArray.sizeOf(leading)) {
            throw new IllegalArgumentException(NamedArray.describe(leading) + " need " + NamedArray.sizeOf(leading)
                    + " parts, not " + parts.size());
        }
    }

    @Override
    public List<Axis> axes() {
        List<Axis> all = new ArrayList<>(leading);
        all.addAll(parts.get(0).axes());
        return all;
    }

    @Override
    public int rows() {
        return parts.stream().mapToInt(Sample::rows).min().orElse(0);
    }

    @Override
    public NamedArray estimate() {
        return NamedArray.stack(leading, parts.stream().map(Sample::estimate).toList());
    }

    @Override
    public NamedArray replicate(Resampling resampling, int b) {
        return NamedArray.stack(
                leading,
                parts.stream().map(part -> part.replicate(resampling, b)).toList());
    }

    @Override
    public Sample at(String axis, int index) {
        List<String> names = leading.stream().map(Axis::name).toList();
        int k = names.indexOf(axis);
        if (k < 0) {
            return new Stacked(
                    leading, parts.stream().map(part -> part.at(axis, index)).toList());
        }
        List<Axis> rest = new ArrayList<>(leading);
        rest.remove(k);
        int inner = NamedArray.sizeOf(leading.subList(k + 1, leading.size()));
        int size = leading.get(k).size();
        List<Sample> kept = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (i / inner % size == index) {
                kept.add(parts.get(i));
            }
        }
        return rest.isEmpty() ? kept.get(0) : new Stacked(rest, kept);
    }
}
