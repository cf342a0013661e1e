package dev.loupe.cli.reference;

import dev.loupe.analysis.Analysis;
import dev.loupe.claim.Expression;
import dev.loupe.dataset.Dataset;
import dev.loupe.intervention.Intervention;
import dev.loupe.intervention.value.AblationValue;
import dev.loupe.metric.Metric;
import dev.loupe.metric.direction.DirectionChoice;
import dev.loupe.metric.reading.TokenSet;
import dev.loupe.model.card.ModelCard;
import dev.loupe.spec.ExperimentSpec;
import dev.loupe.spec.ModelChoice;
import dev.loupe.spec.chance.NullChoice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The reference pages of the manual, made from the types of the spec language, so that they cannot say anything else. */
public final class ReferencePages {
    private static final List<ReferencePage> PAGES = List.of(
            new ReferencePage(
                    "spec.md",
                    "Specs",
                    "The keys of a spec, from the top to the options that every measurement has.",
                    List.of(ExperimentSpec.class)),
            new ReferencePage(
                    "models.md",
                    "Models",
                    "What `model:` can be. A name alone is a `card`.",
                    List.of(ModelChoice.class)),
            new ReferencePage(
                    "datasets.md",
                    "Datasets",
                    "What `dataset:` can be; `generator` picks one of these. Each dataset of tokens also takes "
                            + "[`positions`](spec.md#dataset): names of your own for positions by number.",
                    List.of(Dataset.class)),
            new ReferencePage(
                    "interventions.md",
                    "Interventions",
                    "What `intervention:` can be, the values that an ablation writes (`with:`), and the directions "
                            + "of a steering (`along:`).",
                    List.of(Intervention.class, AblationValue.class, DirectionChoice.class)),
            new ReferencePage(
                    "metrics.md",
                    "Metrics",
                    "What `metric:` can be, and the sets of tokens that metrics of answers read (`answer:`, `wrong:`). "
                            + "A name alone is a column of the dataset.",
                    List.of(Metric.class, TokenSet.class)),
            new ReferencePage(
                    "analyses.md",
                    "Analyses",
                    "What a measurement in `measure:` can be. Each also takes the keys of a "
                            + "[measurement](spec.md#measurement): `dataset`, `model`, `chance`, `interval`, `title`.",
                    List.of(Analysis.class)),
            new ReferencePage(
                    "chance.md",
                    "Null distributions",
                    "What `chance:` of a measurement can be.",
                    List.of(NullChoice.class)),
            new ReferencePage(
                    "claims.md", "Functions of claims", "What `that:` of a claim can be.", List.of(Expression.class)),
            new ReferencePage(
                    "cards.md",
                    "Model cards",
                    "The keys of a card in `models/`: of a model that Loupe trains, or of public models.",
                    List.of(ModelCard.class)));

    private ReferencePages() {}

    /** The text of each page under its file name. */
    public static Map<String, String> all() {
        Map<Class<?>, String> places = new LinkedHashMap<>();
        PAGES.forEach(page -> page.types().forEach(type -> places.put(type, page.place(type))));
        Map<String, String> texts = new LinkedHashMap<>();
        PAGES.forEach(page -> texts.put(page.file(), new KeywordText(page, places).text()));
        texts.put("hook-points.md", HookPointText.text());
        return texts;
    }
}
