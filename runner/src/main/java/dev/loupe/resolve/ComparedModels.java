package dev.loupe.resolve;

import dev.loupe.claim.AtLeast;
import dev.loupe.resolve.model.ModelFamily;
import dev.loupe.result.Axis;
import dev.loupe.text.Count;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The models in which a claim is checked one by one. They differ in the axes of the families that it reads, save those
 * that its number spans: the axes that its expression names, and with {@code 2 of seed} all but that one.
 */
public final class ComparedModels {
    private ComparedModels() {}

    /**
     * The axes in which they differ, none for a single model.
     *
     * @param spanned the axes that the number itself spans
     * @param families the models of each result that the number reads, by the result
     * @throws IllegalArgumentException where results of different models cannot be paired, or where fewer models are there
     *     than are asked for
     */
    public static List<Axis> axes(Set<String> spanned, @Nullable AtLeast atLeast, Map<String, ModelFamily> families) {
        Map<String, Axis> all = new LinkedHashMap<>();
        families.forEach((result, family) -> family.axes()
                .forEach(axis -> all.merge(axis.name(), axis, (mine, other) -> paired(mine, other, result))));
        String counted = atLeast == null ? "" : atLeast.axis();
        if (!counted.isEmpty() && !all.containsKey(counted)) {
            throw new IllegalArgumentException("`in-at-least: " + atLeast + "` counts along `" + counted
                    + "`, but the models of this claim differ in "
                    + (all.isEmpty() ? "nothing" : String.join(" and ", all.keySet())));
        }
        if (spanned.contains(counted)) {
            throw new IllegalArgumentException("`in-at-least: " + atLeast + "` counts along `" + counted
                    + "`, which the number itself spans: leave out one of the two");
        }
        List<Axis> compared = all.values().stream()
                .filter(axis -> counted.isEmpty()
                        ? !spanned.contains(axis.name())
                        : axis.name().equals(counted))
                .toList();
        if (atLeast != null) {
            enough(atLeast, compared);
        }
        return compared;
    }

    /** Models pair up by label; where one side has one label only, it is compared with each of the others. */
    private static Axis paired(Axis mine, Axis other, String result) {
        Set<String> labels = new TreeSet<>(mine.labels());
        Set<String> others = new TreeSet<>(other.labels());
        if (labels.size() > 1 && others.size() > 1 && !labels.equals(others)) {
            throw new IllegalArgumentException("the claim compares models " + labels + " with models " + others
                    + " of `" + result + "`, which cannot be paired");
        }
        return other.size() > mine.size() ? other : mine;
    }

    private static void enough(AtLeast wanted, List<Axis> compared) {
        List<Axis> several = compared.stream().filter(axis -> axis.size() > 1).toList();
        if (several.size() > 1) {
            String names = several.stream().map(Axis::name).collect(Collectors.joining(" and "));
            throw new IllegalArgumentException("`in-at-least: " + wanted + "` does not say what it counts, because the "
                    + "models of this claim differ in " + names + ": write `" + wanted.models() + " of "
                    + several.get(0).name() + "`");
        }
        int most = compared.stream().mapToInt(Axis::size).reduce(1, Math::multiplyExact);
        if (wanted.models() > most) {
            throw new IllegalArgumentException("`in-at-least: " + wanted + "` can never hold, because there "
                    + (most == 1 ? "is " : "are ") + Count.of(most, "model"));
        }
    }
}
