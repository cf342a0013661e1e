package dev.loupe.report.training;

import dev.loupe.report.chart.AxisKind;
import dev.loupe.report.chart.Scene;
import dev.loupe.result.Artifact;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import dev.loupe.result.ResultName;
import dev.loupe.result.RunResult;
import dev.loupe.schema.yaml.YamlList;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chance beside curves along a training. Drawing untrained models again at every checkpoint would give the same numbers, so a
 * run measures them once, beside one checkpoint; here the curves of the same thing, on the same rows of the same training, get
 * that chance level too.
 */
public final class UntrainedBand {
    private static final Set<String> HEADS = Set.of("layer", "head");

    private UntrainedBand() {}

    /** The run with a chance level at every curve whose chance it measured elsewhere. */
    public static RunResult lent(RunResult run) {
        Map<String, String> largest = largest(run);
        List<Artifact> artifacts = run.artifacts().stream()
                .map(artifact ->
                        artifact instanceof Quantity quantity ? lent(quantity, run.artifacts(), largest) : artifact)
                .toList();
        return new RunResult(
                run.id(),
                run.title(),
                run.question(),
                run.variant(),
                run.answer(),
                run.claims(),
                artifacts,
                run.provenance(),
                run.resolvedSpec(),
                run.defaults(),
                run.notes(),
                run.explain(),
                run.extra());
    }

    private static Artifact lent(Quantity curve, List<Artifact> all, Map<String, String> largest) {
        if (curve.chance() != null || curve.estimate().axes().stream().noneMatch(AxisKind::training)) {
            return curve;
        }
        Quantity asked = largest.containsKey(curve.name()) ? named(all, largest.get(curve.name())) : curve;
        NullBand chance = asked == null ? null : measured(asked, all);
        return chance == null
                ? curve
                : new Quantity(
                        curve.name(),
                        curve.title(),
                        curve.doc(),
                        curve.figure(),
                        curve.unit(),
                        curve.estimate(),
                        curve.interval(),
                        chance,
                        curve.setting());
    }

    /** The chance level of the same thing in models of the same training. */
    private static @Nullable NullBand measured(Quantity asked, List<Artifact> all) {
        for (Artifact artifact : all) {
            if (artifact instanceof Quantity other) {
                NullBand chance = other.chance();
                List<String> models = other.setting().models();
                if (chance != null
                        && chance.method().contains("untrained")
                        && !models.isEmpty()
                        && asked.setting().models().containsAll(models)
                        && other.setting().dataset().equals(asked.setting().dataset())
                        && other.unit().equals(asked.unit())
                        && Scene.asked(other).equals(Scene.asked(asked))) {
                    return new NullBand(
                            chance.method() + ", measured once in "
                                    + ResultName.of(other.name()).measurement(),
                            chance.draws(),
                            chance.side());
                }
            }
        }
        return null;
    }

    private static @Nullable Quantity named(List<Artifact> all, @Nullable String name) {
        return all.stream()
                .filter(artifact ->
                        artifact instanceof Quantity && artifact.name().equals(name))
                .map(Quantity.class::cast)
                .findFirst()
                .orElse(null);
    }

    /** Measurements that are the largest number over all heads of another one, as each draw of its chance is. */
    private static Map<String, String> largest(RunResult run) {
        Map<String, String> largest = new HashMap<>();
        if (!run.resolvedSpec().isBlank()
                && YamlTree.parse(run.resolvedSpec(), "resolved spec") instanceof YamlMap spec
                && spec.get("measure") instanceof YamlMap measures) {
            for (String name : measures.keys()) {
                if (measures.get(name) instanceof YamlMap measure
                        && measure.get("reduce") instanceof YamlScalar of
                        && measure.get("take") instanceof YamlScalar take
                        && take.text().equals("max")
                        && measure.get("over") instanceof YamlList over
                        && over.items().stream()
                                .map(axis -> axis instanceof YamlScalar text ? text.text() : "")
                                .collect(Collectors.toSet())
                                .equals(HEADS)) {
                    largest.put(name, of.text());
                }
            }
        }
        return largest;
    }
}
