package dev.loupe.spec;

import dev.loupe.claim.Claim;
import dev.loupe.dataset.Dataset;
import dev.loupe.intervention.Intervention;
import dev.loupe.metric.Metric;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.OneOrNamed;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A whole experiment: of which model, on which dataset, with which intervention, by which metric, and what is claimed. */
@Doc("One experiment: model, dataset, intervention, metric, measurements and claims.")
public record ExperimentSpec(
        @Doc("Version of this language; 1.") int loupe,

        @Default("\"\"") @Doc("Id of the research problem, such as \"6.20\".")
        String id,

        @Default("\"\"") @Doc("The title of the page.") String title,

        @Default("\"\"") @Doc("The question in one sentence.")
        String question,

        @OneOrNamed @Doc("The model, or several by name. A single unnamed model is called `default`.")
        Map<String, ModelChoice> model,

        @OneOrNamed @Default("{}") @Doc("The dataset, or several by name. What reads weights alone needs none.")
        Map<String, NamedDataset> dataset,

        @OneOrNamed @Default("{}") @Doc("The intervention, or several by name.")
        Map<String, Intervention> intervention,

        @OneOrNamed @Default("{}") @Doc("The metric, or several by name.")
        Map<String, Metric> metric,

        @Default("{}")
        @Doc("Named measurements. Without any, the metric is read with the intervention applied, or from the "
                + "unedited model if there is none.")
        Map<String, Measurement> measure,

        @Default("[]") @Doc("The claims; they decide the exit code.")
        List<Claim> claims,

        @Default("{}") @Doc("Text of the page.") ReportText report) {
    /** What makes the rows of a dataset; null where there is no such dataset. */
    public @Nullable Dataset source(String name) {
        NamedDataset named = dataset.get(name);
        return named == null ? null : named.source();
    }

    /** The models that are named, whatever their seeds: cards, folders, what is planted. */
    public Set<String> models() {
        Set<String> names = new LinkedHashSet<>();
        for (ModelChoice choice : model.values()) {
            if (choice instanceof ModelChoice.Card one) {
                names.add(one.card());
            } else if (choice instanceof ModelChoice.Cards several) {
                names.addAll(several.cards());
            } else if (choice instanceof ModelChoice.Folder one) {
                names.add(one.folder());
            } else if (choice instanceof ModelChoice.Plant one) {
                names.add(
                        "planted " + one.plant().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
        }
        return names;
    }

    public ExperimentSpec {
        if (loupe != 1) {
            throw new IllegalArgumentException(
                    "this is Loupe's language version 1; `loupe: " + loupe + "` is not known");
        }
    }
}
