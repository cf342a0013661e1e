package dev.loupe.bench;

import dev.loupe.train.step.Noise;
import java.util.ArrayList;
import java.util.List;

/**
 * The spec of the measured sweeps: seeded random prompts whose corrupted halves differ from some position on in every token.
 *
 * @param rows prompts of each dataset
 * @param length their tokens
 */
record SweepSpec(int vocabulary, int rows, int length) {
    /** The measurement of the corrupted run before any edit. */
    static final String UNEDITED = "unedited";

    /** Prompts and their answers. */
    record Prompts(int[][] clean, int[][] corrupted, int[] answer, int[] wrong) {}

    /** The first position at which the halves of a dataset differ. */
    int from(String dataset) {
        return dataset.equals(SweepCase.THIRD) ? length - length / 3 : 0;
    }

    Prompts prompts(String dataset) {
        Noise noise = Noise.of(0, dataset, 0);
        int[][] clean = new int[rows][length];
        int[][] corrupted = new int[rows][length];
        int[] answer = new int[rows];
        int[] wrong = new int[rows];
        for (int row = 0; row < rows; row++) {
            for (int pos = 0; pos < length; pos++) {
                clean[row][pos] = below(noise, vocabulary);
                int step = pos < from(dataset) ? 0 : 1 + below(noise, vocabulary - 1);
                corrupted[row][pos] = (clean[row][pos] + step) % vocabulary;
            }
            answer[row] = below(noise, vocabulary);
            wrong[row] = below(noise, vocabulary);
        }
        return new Prompts(clean, corrupted, answer, wrong);
    }

    private static int below(Noise noise, int bound) {
        return (int) (noise.uniform() * bound);
    }

    String yaml(String model) {
        StringBuilder out = new StringBuilder("loupe: 1\nmodel: {m: {folder: " + model + "}}\ndataset:\n");
        for (String dataset : List.of(SweepCase.EVERYWHERE, SweepCase.THIRD)) {
            Prompts p = prompts(dataset);
            out.append("  ")
                    .append(dataset)
                    .append(": {generator: tokens, ids: ")
                    .append(text(p.clean()));
            out.append(", corrupted: ").append(text(p.corrupted()));
            out.append(", answer: ").append(java.util.Arrays.toString(p.answer()));
            out.append(", wrong: ").append(java.util.Arrays.toString(p.wrong())).append("}\n");
        }
        out.append("intervention:\n");
        SweepCase.ALL.forEach(c -> out.append(c.intervention()));
        out.append("metric: {difference: logit-difference}\nmeasure:\n");
        SweepCase.ALL.forEach(c -> out.append(c.measurement()));
        ScreenBench.ALL.forEach(c -> out.append(ScreenBench.measurement(c)));
        out.append("  ")
                .append(UNEDITED)
                .append(": {evaluate: difference, dataset: ")
                .append(SweepCase.EVERYWHERE)
                .append("/corrupted}\n");
        return out.toString();
    }

    private static String text(int[][] rows) {
        List<String> all = new ArrayList<>();
        for (int[] row : rows) {
            all.add(java.util.Arrays.toString(row));
        }
        return all.toString();
    }
}
