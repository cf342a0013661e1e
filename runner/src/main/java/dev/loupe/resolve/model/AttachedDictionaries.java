package dev.loupe.resolve.model;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.config.Sites;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.dictionary.ActivationScale;
import dev.loupe.model.dictionary.DictionaryConfig;
import dev.loupe.model.dictionary.DictionaryFolder;
import dev.loupe.plan.ask.DictionaryShape;
import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.spec.DictionaryPlace;
import dev.loupe.spec.ModelChoice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Models with dictionaries of features: where those lie, and whether they fit. */
final class AttachedDictionaries {
    /** Where the mean over the residual stream's dimensions is still seen. */
    private static final Set<Site> WITH_MEAN =
            Set.of(Site.RESID_PRE, Site.RESID_MID, Site.RESID_POST, Site.ATTN_OUT, Site.MLP_OUT, Site.MLP_IN);

    private AttachedDictionaries() {}

    /**
     * A family with the same dictionaries attached to each of its models.
     *
     * @param finder opens what the choice names
     * @throws IllegalArgumentException where one is not there or does not fit
     */
    static ModelFamily family(
            String name, ModelFamily of, ModelChoice.WithDictionaries choice, DictionaryFinder finder) {
        List<ModelInstance> units = new ArrayList<>();
        for (ModelInstance unit : of.units()) {
            List<DictionaryFolder> own = new ArrayList<>();
            for (DictionaryPlace named : choice.dictionary()) {
                own.add(finder.find(named, unit.at()).rotated(choice.rotate()));
            }
            units.add(attached(unit, own));
        }
        return ModelFamily.of(name, units);
    }

    private static ModelInstance attached(ModelInstance unit, List<DictionaryFolder> dictionaries) {
        TransformerConfig config = unit.config();
        if (config == null) {
            throw new IllegalArgumentException(unit.ref().label()
                    + " is not a transformer, and a dictionary can be attached to transformers alone");
        }
        List<String> problems = new ArrayList<>();
        Map<Integer, String> byLayer = new HashMap<>();
        unit.dictionaries().forEach(one -> byLayer.put(one.config().layer(), one.name()));
        for (DictionaryFolder one : dictionaries) {
            String other = byLayer.put(one.config().layer(), one.name());
            if (other != null) {
                problems.add("`" + other + "` and `" + one.name() + "` are both of layer "
                        + one.config().layer() + ", and a feature is named by its layer: attach one of them");
            }
            fits(one, one.config().reads(), one.config().in(), config, problems);
            if (!one.config().reads().equals(one.config().writes())) {
                fits(one, one.config().writes(), one.config().out(), config, problems);
            }
            processed(one, unit.source(), problems);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return unit.with(dictionaries);
    }

    private static void fits(
            DictionaryFolder one, HookPoint point, int width, TransformerConfig config, List<String> problems) {
        if (!Sites.exists(config, point)) {
            String near = DidYouMean.to(
                    point.name(), Sites.of(config).stream().map(HookPoint::name).toList());
            problems.add("`" + one.name() + "` is for " + point.name() + ", which the model does not have"
                    + (near == null ? "" : "; it has " + near));
            return;
        }
        long own = 1;
        long[] shape = Sites.shape(config, point.site(), 1, 1);
        for (long size : shape) {
            own *= size;
        }
        if (own != width) {
            problems.add("`" + one.name() + "` is for activations of " + width + " numbers, but " + point.name()
                    + " of the model has " + own);
        }
    }

    /** Weight processing moves what a hook point sees; the same must have been done to both models. */
    private static void processed(DictionaryFolder one, ModelSource source, List<String> problems) {
        List<String> wanted = one.config().processing();
        List<ModelChoice.Processing> done = source.processing();
        if (wanted == null || done == null) {
            return;
        }
        for (ModelChoice.Processing step :
                List.of(ModelChoice.Processing.CENTER_WRITING, ModelChoice.Processing.FOLD_VALUE_BIASES)) {
            String theirs = DictionaryFinder.theirs(step);
            boolean moves = step == ModelChoice.Processing.CENTER_WRITING
                    ? WITH_MEAN.contains(one.config().reads().site())
                    : one.config().reads().site() == Site.Z;
            if (moves && wanted.contains(theirs) != done.contains(step)) {
                String ours = step.name().toLowerCase(Locale.ROOT).replace('_', '-');
                problems.add("`" + one.name() + "` was made " + (wanted.contains(theirs) ? "with" : "without") + " `"
                        + theirs + "`: " + (wanted.contains(theirs) ? "add" : "leave out") + " `" + ours
                        + "` in `processing` of the model");
            }
        }
    }

    /** What a reader has to know of it, in words: for whom it was made, and what its files leave out. */
    static String madeFor(DictionaryFolder one, ModelInstance unit) {
        String model = one.config().model();
        boolean same = last(model).equalsIgnoreCase(last(unit.name()));
        return (model.isEmpty() || same ? "" : " (made for " + model + ")")
                + (one.config().scale() == ActivationScale.EXPECTED_AVERAGE_ONLY_IN
                        ? " (made on activations of mean length sqrt(d_in), and the factor to that is not in its files)"
                        : "");
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static DictionaryShape shape(DictionaryFolder one) {
        DictionaryConfig config = one.config();
        return new DictionaryShape(
                config.reads(), config.writes(), config.features(), config.out(), config.linear(), config.parameters());
    }
}
