package dev.loupe.execute.outcome;

import dev.loupe.dataset.TokenDataset;
import dev.loupe.model.family.ConfigJson;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.resolve.Experiment;
import dev.loupe.resolve.model.ModelFamily;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.model.ModelSource;
import dev.loupe.resolve.rows.RowSet;
import dev.loupe.result.ModelFacts;
import dev.loupe.result.RowFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a reader must know of models and rows before comparing one model with another. */
public record InputFacts(List<ModelFacts> models, List<RowFacts> rows) {
    public static InputFacts of(Experiment experiment) {
        Map<String, ModelFacts> models = new LinkedHashMap<>();
        for (ModelFamily family : experiment.models().values()) {
            for (ModelInstance unit : family.units()) {
                String label = unit.ref().label();
                ModelShape shape = unit.ref().shape();
                models.putIfAbsent(
                        label, new ModelFacts(label, family(unit), shape.parameters(), shape.layers(), shape.heads()));
            }
        }
        List<RowFacts> rows = new ArrayList<>();
        experiment.spec().dataset().forEach((name, dataset) -> {
            if (dataset.source() instanceof TokenDataset) {
                rows.addAll(rows(experiment, name));
            }
        });
        return new InputFacts(List.copyOf(models.values()), rows);
    }

    private static String family(ModelInstance unit) {
        ModelSource source = unit.source();
        if (source instanceof ModelSource.Trained trained) {
            return trained.card().name();
        }
        if (source instanceof ModelSource.Folder folder) {
            Path config = folder.files().folder().resolve("config.json");
            return Files.isRegularFile(config) ? ConfigJson.read(config).text("model_type", "") : "";
        }
        return unit.ref().shape().kind();
    }

    /** One entry for each set of rows that is not the same in all models. */
    private static List<RowFacts> rows(Experiment experiment, String dataset) {
        Map<String, RowSet> sets = new LinkedHashMap<>();
        Map<String, List<ModelInstance>> readers = new LinkedHashMap<>();
        for (ModelInstance unit : experiment.readers(dataset)) {
            RowSet set = experiment.rows().drawn(dataset, unit);
            if (set != null) {
                String identity = set.ref().identity();
                sets.putIfAbsent(identity, set);
                readers.computeIfAbsent(identity, k -> new ArrayList<>()).add(unit);
            }
        }
        List<RowFacts> rows = new ArrayList<>();
        sets.forEach(
                (identity, set) -> rows.add(rows(experiment, dataset, set, readers.getOrDefault(identity, List.of()))));
        return rows;
    }

    private static RowFacts rows(Experiment experiment, String dataset, RowSet set, List<ModelInstance> units) {
        IntSummaryStatistics lengths =
                Arrays.stream(set.rows().tokens()).mapToInt(row -> row.length).summaryStatistics();
        return new RowFacts(
                dataset,
                units.stream().map(unit -> unit.ref().label()).distinct().toList(),
                set.rows().rows(),
                lengths.getMin(),
                lengths.getMax(),
                lengths.getAverage(),
                experiment.rows().beginning(dataset, units.get(0)),
                set.rows().notes(),
                set.tokensHash());
    }
}
