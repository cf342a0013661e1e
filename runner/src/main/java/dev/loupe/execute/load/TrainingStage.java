package dev.loupe.execute.load;

import dev.loupe.progress.Progress;
import dev.loupe.train.TrainProgress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Training as a stage of a command: which seeds of which card, how far, at what loss. */
public final class TrainingStage implements TrainProgress {
    private final String name;
    private final Progress progress;
    private long last = -1;

    /** @param seeds those that train together */
    public TrainingStage(String card, List<Long> seeds, Progress progress) {
        this.name = "training " + card + (seeds.size() == 1 ? ", seed " : ", seeds ")
                + seeds.stream().map(String::valueOf).collect(Collectors.joining(", "));
        this.progress = progress;
    }

    @Override
    public void at(long step, long steps, float[] losses) {
        if (last < 0) {
            progress.stage(name, steps);
            last = 0;
        }
        progress.advance(step - last);
        last = step;
        double sum = 0;
        for (float loss : losses) {
            sum += loss;
        }
        progress.note(String.format(Locale.ROOT, "loss %.4f", sum / losses.length));
    }
}
