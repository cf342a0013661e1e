package dev.loupe.analysis.output;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.intervention.Intervention;
import dev.loupe.intervention.select.EditContext;
import dev.loupe.intervention.select.Sweep;
import dev.loupe.plan.build.Chosen;
import dev.loupe.plan.edit.Edit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Interventions of one run, in order: those that one names in {@code after} come before it, each once. Edits at unlike places
 * take effect where they stand in the network; at the same place a later edit sees what an earlier one wrote.
 */
public record ComposedInterventions(Map<String, Intervention> byName) {
    /** @param known finds an intervention of the spec by its name */
    public static ComposedInterventions of(Function<String, Intervention> known, List<String> names) {
        Map<String, Intervention> chain = new LinkedHashMap<>();
        names.forEach(name -> add(known, name, chain, new ArrayList<>()));
        return new ComposedInterventions(chain);
    }

    private static void add(
            Function<String, Intervention> known, String name, Map<String, Intervention> chain, List<String> open) {
        if (open.contains(name)) {
            throw new IllegalArgumentException("interventions depend on each other in a circle through `after`: "
                    + String.join(" after ", open) + " after " + name);
        }
        Intervention intervention = known.apply(name);
        open.add(name);
        intervention.after().forEach(earlier -> add(known, earlier, chain, open));
        open.remove(name);
        chain.putIfAbsent(name, intervention);
    }

    private List<Intervention> interventions() {
        return List.copyOf(byName.values());
    }

    /** All that the run has, in words. */
    public String describe(String on, Chosen chosen) {
        List<String> words = new ArrayList<>();
        byName.forEach((name, each) -> words.add("`" + name + "`: " + each.describe(chosen)));
        return (words.size() == 1 ? "Intervention" : "Interventions of one run, in this order") + ", in every row of `"
                + rows(on) + "`. " + String.join("; then ", words) + ".";
    }

    Intervention last() {
        return interventions().get(byName.size() - 1);
    }

    /** The dataset whose run is edited. */
    public String rows(String on) {
        return interventions().stream()
                .map(i -> i.edited(on))
                .filter(rows -> !rows.equals(on))
                .findFirst()
                .orElse(on);
    }

    Sweep sweep(AnalysisPlanning planning) {
        return sweep(planning, interventions());
    }

    /** All but the last. */
    Sweep before(AnalysisPlanning planning) {
        return sweep(planning, interventions().subList(0, byName.size() - 1));
    }

    private Sweep sweep(AnalysisPlanning planning, List<Intervention> some) {
        Sweep all = Sweep.NOTHING;
        for (Intervention intervention : some) {
            boolean fixed = all.single();
            List<Edit> before = fixed ? all.cells().get(0).edits() : List.of();
            EditContext run = new EditContext(planning.on(), rows(planning.on()), before, fixed);
            all = all.then(intervention.sweep(planning, run));
        }
        return all;
    }
}
