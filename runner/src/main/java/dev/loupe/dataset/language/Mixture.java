package dev.loupe.dataset.language;

import dev.loupe.dataset.rows.RowRandom;
import java.util.ArrayList;
import java.util.List;

/** Choices with weights that add up to 1: how the next token of a row is drawn, and how probable each token is. */
final class Mixture {
    private final List<Choice> choices = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();

    Mixture add(double weight, Choice choice) {
        choices.add(choice);
        weights.add(weight);
        return this;
    }

    /** All of another mixture, scaled. */
    Mixture add(double weight, Mixture other) {
        for (int i = 0; i < other.choices.size(); i++) {
            add(weight * other.weights.get(i), other.choices.get(i));
        }
        return this;
    }

    double total() {
        return weights.stream().mapToDouble(Double::doubleValue).sum();
    }

    int draw(RowRandom random) {
        double left = random.nextDouble();
        for (int i = 0; i < choices.size() - 1; i++) {
            left -= weights.get(i);
            if (left < 0) {
                return choices.get(i).draw(random);
            }
        }
        return choices.get(choices.size() - 1).draw(random);
    }

    /** Adds the probability of every token, scaled, to {@code into}. */
    void addTo(double[] into, double scale) {
        for (int i = 0; i < choices.size(); i++) {
            Choice choice = choices.get(i);
            double weight = scale * weights.get(i);
            for (int k = 0; k < choice.tokens().length; k++) {
                into[choice.tokens()[k]] += weight * choice.probabilities()[k];
            }
        }
    }
}
