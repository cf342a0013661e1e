package dev.loupe.cli.reference;

import dev.loupe.analysis.Analysis;
import dev.loupe.claim.Expression;
import dev.loupe.dataset.Dataset;
import dev.loupe.intervention.Intervention;
import dev.loupe.intervention.value.AblationValue;
import dev.loupe.metric.Metric;
import dev.loupe.metric.direction.DirectionChoice;
import dev.loupe.metric.reading.TokenSet;
import dev.loupe.spec.ModelChoice;
import dev.loupe.spec.chance.NullChoice;
import java.util.List;

/**
 * A family of keywords of the spec language.
 *
 * @param heading above the whole family
 * @param one what a single one of them is
 * @param type the sealed interface of their records
 */
public record Keywords(String heading, String one, Class<?> type) {
    public static List<Keywords> all() {
        return List.of(
                new Keywords("Model types", "model", ModelChoice.class),
                new Keywords("Datasets (generator: ...)", "dataset", Dataset.class),
                new Keywords("Interventions", "intervention", Intervention.class),
                new Keywords("Values of ablations (with: ...)", "value of an ablation", AblationValue.class),
                new Keywords("Directions (along: ...)", "direction", DirectionChoice.class),
                new Keywords("Metrics", "metric", Metric.class),
                new Keywords("Sets of tokens (answer: ..., wrong: ...)", "set of tokens", TokenSet.class),
                new Keywords("Analyses (in measure:)", "analysis", Analysis.class),
                new Keywords("Null distributions (chance: ...)", "null distribution", NullChoice.class),
                new Keywords("Functions of claims (that: ...)", "function of claims", Expression.class));
    }
}
