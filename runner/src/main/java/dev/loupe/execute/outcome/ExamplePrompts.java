package dev.loupe.execute.outcome;

import dev.loupe.analysis.Analysis;
import dev.loupe.dataset.PairedDataset;
import dev.loupe.dataset.TokenDataset;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.resolve.Experiment;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.rows.RowSet;
import dev.loupe.result.Axis;
import dev.loupe.result.Prompt;
import dev.loupe.spec.Measurement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The first row of a measurement's dataset, to be read beside numbers that speak of positions or of two runs. */
final class ExamplePrompts {
    private static final Set<String> POSITIONS = Set.of("pos", "position", "dest", "src");
    private static final int LONGEST = 160;

    private ExamplePrompts() {}

    /** @param axes of the numbers */
    static List<Prompt> of(Experiment experiment, Measurement measurement, List<Axis> axes) {
        String dataset = experiment.dataset(measurement);
        boolean paired = experiment.spec().source(dataset) instanceof PairedDataset
                && compares(experiment, measurement.analysis(), dataset);
        boolean placed = axes.stream().anyMatch(axis -> POSITIONS.contains(axis.name()));
        if (!(experiment.spec().source(dataset) instanceof TokenDataset) || !(paired || placed)) {
            return List.of();
        }
        ModelInstance unit = experiment.family(measurement).first();
        List<Prompt> prompts = new ArrayList<>();
        prompts.add(first(experiment.rows().of(dataset, unit), paired ? "clean" : "row 1"));
        if (paired) {
            prompts.add(first(experiment.rows().of(dataset + RowsRef.CORRUPTED, unit), "corrupted"));
        }
        return prompts;
    }

    /** Whether a clean and a corrupted run meet in it. */
    private static boolean compares(Experiment experiment, Analysis analysis, String dataset) {
        if (analysis.estimates()) {
            return true;
        }
        return analysis.edits().stream()
                .map(experiment.spec().intervention()::get)
                .anyMatch(i -> i != null
                        && (!i.edited(dataset).equals(dataset)
                                || !i.source(dataset).isEmpty()
                                        && !i.source(dataset).equals(dataset)));
    }

    private static Prompt first(RowSet set, String label) {
        int row = set.order().get(0)[0];
        TokenRows rows = set.rows();
        List<String> tokens = new ArrayList<>();
        for (int id : rows.tokens()[row]) {
            if (tokens.size() < LONGEST) {
                tokens.add(set.text().apply(id));
            }
        }
        Map<String, Integer> names = new LinkedHashMap<>();
        rows.positions().forEach((name, at) -> {
            if (at[row] >= 0 && at[row] < tokens.size()) {
                names.put(name, at[row]);
            }
        });
        return new Prompt(label, tokens, names);
    }
}
