package dev.loupe.analysis;

import dev.loupe.intervention.Edited;
import dev.loupe.intervention.Intervention;
import dev.loupe.intervention.Sweep;
import dev.loupe.plan.Edit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Interventions of one run, in order: those that one names in {@code after} come before it, each once. Edits at unlike places
 * take effect where they stand in the network; at the same place a later edit sees what an earlier one wrote.
 */
record Together(List<Intervention> interventions) {
    static Together of(AnalysisPlanning planning, List<String> names) {
        Map<String, Intervention> chain = new LinkedHashMap<>();
        names.forEach(name -> add(planning, name, chain, new ArrayList<>()));
        return new Together(List.copyOf(chain.values()));
    }

    private static void add(
            AnalysisPlanning planning, String name, Map<String, Intervention> chain, List<String> open) {
        if (open.contains(name)) {
            throw new IllegalArgumentException("interventions come after each other in a circle: "
                    + String.join(" after ", open) + " after " + name);
        }
        Intervention intervention = planning.intervention(name);
        open.add(name);
        intervention.after().forEach(earlier -> add(planning, earlier, chain, open));
        open.remove(name);
        chain.putIfAbsent(name, intervention);
    }

    Intervention last() {
        return interventions.get(interventions.size() - 1);
    }

    /** The dataset whose run is edited. */
    String rows(String on) {
        return interventions.stream()
                .map(i -> i.edited(on))
                .filter(rows -> !rows.equals(on))
                .findFirst()
                .orElse(on);
    }

    Sweep sweep(AnalysisPlanning planning) {
        return sweep(planning, interventions);
    }

    /** All but the last. */
    Sweep before(AnalysisPlanning planning) {
        return sweep(planning, interventions.subList(0, interventions.size() - 1));
    }

    private Sweep sweep(AnalysisPlanning planning, List<Intervention> some) {
        Sweep all = Sweep.NOTHING;
        for (Intervention intervention : some) {
            boolean fixed = all.single();
            List<Edit> before = fixed ? all.cells().get(0).edits() : List.of();
            Edited run = new Edited(planning.on(), rows(planning.on()), before, fixed);
            all = all.then(intervention.sweep(planning, run));
        }
        return all;
    }
}
