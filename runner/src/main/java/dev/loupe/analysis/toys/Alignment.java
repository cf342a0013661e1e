package dev.loupe.analysis.toys;

import dev.loupe.dataset.rows.RowRandom;
import java.util.List;

/**
 * How far the features of toy autoencoders lie along the hidden neurons, beside the same features in random bases.
 *
 * @param align mean over models of the mean over represented features of max_k |W_ki| / |W_i|; NaN without such features
 * @param chance mean of that over draws, in each of which every model is rotated by a rotation of its own
 * @param deviation standard deviation over the draws
 */
record Alignment(double align, double chance, double deviation) {
    /** A feature is represented where |W_i| is above this. */
    private static final double REPRESENTED = 0.5;

    /** @param models W [hidden][feature] of each */
    static Alignment of(List<double[][]> models, int draws, long seed) {
        double own = models.stream().mapToDouble(Alignment::of).average().orElse(Double.NaN);
        double sum = 0;
        double squares = 0;
        for (int draw = 0; draw < draws; draw++) {
            double mean = 0;
            for (int m = 0; m < models.size(); m++) {
                double[][] w = models.get(m);
                RowRandom random = new RowRandom(RowRandom.mix(seed) + draw, m);
                mean += of(HaarRotation.draw(w.length, random).times(w)) / models.size();
            }
            sum += mean;
            squares += mean * mean;
        }
        double chance = sum / draws;
        double variance = (squares - draws * chance * chance) / (draws - 1);
        return new Alignment(own, chance, Math.sqrt(Math.max(0, variance)));
    }

    double z() {
        return (align - chance) / deviation;
    }

    /** Of one model. */
    static double of(double[][] w) {
        double sum = 0;
        int represented = 0;
        for (int i = 0; i < w[0].length; i++) {
            double square = 0;
            double most = 0;
            for (double[] row : w) {
                square += row[i] * row[i];
                most = Math.max(most, Math.abs(row[i]));
            }
            if (Math.sqrt(square) > REPRESENTED) {
                sum += most / Math.sqrt(square);
                represented++;
            }
        }
        return represented == 0 ? Double.NaN : sum / represented;
    }
}
