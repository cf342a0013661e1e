package dev.loupe.analysis.planning;

import dev.loupe.dataset.features.FeatureDataset;
import dev.loupe.intervention.Intervention;
import dev.loupe.metric.Metric;
import dev.loupe.plan.build.Planning;
import dev.loupe.result.Axis;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an analysis may ask besides what an intervention may. */
public interface AnalysisPlanning extends Planning {
    /** The dataset that the measurement is made on. */
    String on();

    /** Whether the training of the planned model, a network without tokens, dropped hidden values. */
    boolean dropsHidden();

    /**
     * The dataset of this measurement as vectors, for networks that read no tokens, with the sparsities and importances that
     * the network was trained with.
     */
    FeatureDataset vectors();

    /** Under a null that draws this at random the seed of the draw; null otherwise. */
    @Nullable
    Long redrawn(Redrawn what);

    /**
     * The results of another measurement in all models of its family that this measurement's model stands for.
     *
     * @param reference the measurement, or a part of one: {@code scores.IND}
     */
    ModelResults results(String reference);

    /** The result of another measurement in the one model that goes with this one by its labels. */
    ModelResults resultBeside(String reference);

    /** The same in every model of its family, whatever this measurement's model is. */
    ModelResults everyResult(String reference);

    /**
     * Another model of this spec, all of its family, on the rows of this measurement.
     *
     * @throws IllegalArgumentException where it reads other token ids there, or predicts another vocabulary
     */
    OtherModels others(String model);

    Metric metric(String name);

    /**
     * A metric that is one number per row, for an analysis that follows one.
     *
     * @throws IllegalArgumentException where it has an axis of its own
     */
    default Metric oneNumber(String name) {
        Metric metric = metric(name);
        List<Axis> own = metric.axes(model().shape(), rows(on()));
        if (!own.isEmpty()) {
            throw new IllegalArgumentException("`" + name + "` has one number for each "
                    + own.get(0).name() + ", but one number per row is needed here: use a metric without `by`");
        }
        return metric;
    }

    Intervention intervention(String name);
}
