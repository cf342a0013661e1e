package dev.loupe.execute;

import dev.loupe.train.TrainProgress;
import java.util.Locale;

/** Training as a stage of a run. */
final class TrainingStage implements TrainProgress {
    private final String name;
    private final Progress progress;
    private long last = -1;

    TrainingStage(String name, Progress progress) {
        this.name = name;
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
