package dev.loupe.model.card;

import dev.loupe.dataset.features.FeatureDataset;
import dev.loupe.model.toy.InstanceActivations;
import dev.loupe.model.toy.ToyActivation;
import dev.loupe.model.toy.ToyConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The networks that lie side by side on the instance axis of one weights file: every combination of what is varied, for each of
 * these every sparsity of the data, for each of these several copies.
 *
 * @param widest the shape of the file: that of the network with the most hidden neurons
 * @param each the shape of every instance
 * @param sparsity of each instance's inputs; empty where inputs have none
 * @param axes what the instances stand for, outermost first, by name
 */
public record ToyGrid(ToyConfig widest, List<ToyConfig> each, List<Double> sparsity, Map<String, List<String>> axes) {
    public ToyGrid {
        each = List.copyOf(each);
        sparsity = List.copyOf(sparsity);
        axes = Collections.unmodifiableMap(new LinkedHashMap<>(axes));
    }

    /** One network alone. */
    public static ToyGrid single(ToyConfig config) {
        return copies(config, List.of(), 1);
    }

    /** So many networks of one shape for each sparsity. */
    public static ToyGrid copies(ToyConfig config, List<Double> sparsities, int copies) {
        return of(config, sparsities, Vary.NOTHING, copies);
    }

    /** The grid of a recipe. */
    public static ToyGrid of(ToyConfig config, FeatureDataset data, Recipe recipe) {
        return of(config, data.sparsity(), recipe.vary(), recipe.instances());
    }

    private static ToyGrid of(ToyConfig config, List<Double> sparsities, Vary vary, int copies) {
        List<ToyConfig> each = new ArrayList<>();
        List<Double> sparsity = new ArrayList<>();
        for (ToyActivation activation : or(vary.activation(), config.activation())) {
            for (double dropout : or(vary.dropout(), config.dropout())) {
                for (int hidden : or(vary.hidden(), config.hidden())) {
                    ToyConfig point = config.at(activation, dropout, hidden);
                    for (int i = 0; i < Math.max(1, sparsities.size()) * copies; i++) {
                        each.add(point);
                        if (!sparsities.isEmpty()) {
                            sparsity.add(sparsities.get(i / copies));
                        }
                    }
                }
            }
        }
        int most = or(vary.hidden(), config.hidden()).stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElseThrow();
        ToyConfig widest = config.at(config.activation(), config.dropout(), most);
        return new ToyGrid(widest, each, sparsity, axes(vary, sparsities, copies));
    }

    private static <T> List<T> or(List<T> varied, T own) {
        return varied.isEmpty() ? List.of(own) : varied;
    }

    private static Map<String, List<String>> axes(Vary vary, List<Double> sparsities, int copies) {
        Map<String, List<String>> axes = new LinkedHashMap<>();
        put(axes, "activation", vary.activation().stream().map(ToyGrid::word).toList());
        put(axes, "dropout", vary.dropout().stream().map(ToyGrid::plain).toList());
        put(axes, "hidden", vary.hidden().stream().map(String::valueOf).toList());
        put(axes, "sparsity", sparsities.stream().map(ToyGrid::plain).toList());
        List<String> counted = new ArrayList<>();
        for (int copy = 0; copy < copies; copy++) {
            counted.add(Integer.toString(copy));
        }
        axes.put("copy", counted);
        return axes;
    }

    private static void put(Map<String, List<String>> axes, String name, List<String> labels) {
        if (!labels.isEmpty()) {
            axes.put(name, labels);
        }
    }

    private static String word(ToyActivation activation) {
        return activation == ToyActivation.GELU_NEW
                ? "gelu_new"
                : activation.name().toLowerCase(Locale.ROOT);
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString(Math.round(number)) : Double.toString(number);
    }

    public int instances() {
        return each.size();
    }

    /** How many instances share their initial weights and data with others: all those of one point of the grid. */
    public int perPoint() {
        return Math.max(1, axes.getOrDefault("sparsity", List.of()).size())
                * axes.getOrDefault("copy", List.of("0")).size();
    }

    public boolean drops() {
        return each.stream().anyMatch(config -> config.dropout() > 0);
    }

    /** The activations of so many whole grids one after another. */
    public InstanceActivations activations(int grids) {
        List<ToyActivation> all = new ArrayList<>();
        for (int grid = 0; grid < grids; grid++) {
            each.forEach(config -> all.add(config.activation()));
        }
        return new InstanceActivations(all);
    }
}
