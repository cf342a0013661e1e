package dev.loupe.report.models;

import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.TrainingLabel;
import dev.loupe.result.Interval;
import dev.loupe.result.Provenance;
import dev.loupe.result.Quantity;
import dev.loupe.result.RowFacts;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What must be alike before numbers of models can be compared: a row for each model and each dataset that it read. Columns that
 * nothing is known of are left out.
 *
 * @param apart how many rows are of models that do not do the task: less than half of their answers are right
 */
public record Comparability(List<String> headers, List<Row> rows, int apart) {
    private static final double HALF = 0.5;

    /** @param apart whether the model does not do the task */
    public record Row(boolean apart, List<String> cells) {}

    private static final List<String> ALL = List.of(
            "model",
            "dataset",
            "rows",
            "tokens of a row",
            "begins with",
            "left out",
            "accuracy on the task",
            "tokenizer",
            "number type");

    static Comparability of(List<NamedRun> runs, List<ModelRow> models) {
        List<Row> rows = new ArrayList<>();
        for (NamedRun run : runs) {
            for (ModelRow model : models) {
                if (model.run().equals(run.label())) {
                    rows.addAll(rows(run, model));
                }
            }
        }
        List<Row> together = together(rows);
        List<Integer> shown = IntStream.range(0, ALL.size())
                .filter(i ->
                        together.stream().anyMatch(row -> !row.cells().get(i).isEmpty()))
                .boxed()
                .toList();
        return new Comparability(
                shown.stream().map(ALL::get).toList(),
                together.stream()
                        .map(row -> new Row(
                                row.apart(),
                                shown.stream().map(i -> row.cells().get(i)).toList()))
                        .toList(),
                (int) together.stream().filter(Row::apart).count());
    }

    /** Models of which the same is said are one row; those that do not do the task come last. */
    private static List<Row> together(List<Row> rows) {
        Map<List<String>, List<Row>> alike = new LinkedHashMap<>();
        for (Row row : rows) {
            alike.computeIfAbsent(row.cells().subList(1, row.cells().size()), k -> new ArrayList<>())
                    .add(row);
        }
        return alike.entrySet().stream()
                .map(same -> {
                    List<String> cells = new ArrayList<>(same.getKey());
                    cells.add(
                            0,
                            Count.list(same.getValue().stream()
                                    .map(row -> row.cells().get(0))
                                    .toList()));
                    return new Row(same.getValue().get(0).apart(), cells);
                })
                .sorted(Comparator.comparing(Row::apart))
                .toList();
    }

    /** Whether more is known of the models than in which numbers they were computed. */
    public boolean known() {
        return headers.size() > 2;
    }

    private static List<Row> rows(NamedRun run, ModelRow model) {
        List<Row> rows = new ArrayList<>();
        for (RowFacts facts : run.result().provenance().rows()) {
            Set<String> readers = facts.models().stream().map(TrainingLabel::of).collect(Collectors.toSet());
            if (model.models().stream().anyMatch(readers::contains)) {
                rows.add(row(
                        run,
                        model,
                        facts.dataset(),
                        List.of(
                                facts.dataset(),
                                Numbers.show(facts.rows()),
                                facts.shortest() == facts.longest()
                                        ? Integer.toString(facts.longest())
                                        : facts.shortest() + " to " + facts.longest() + ", mean "
                                                + Numbers.show(facts.mean()),
                                facts.beginning().replace("every row begins with ", ""),
                                facts.leftOut().isEmpty() ? "nothing" : String.join(" ", facts.leftOut()))));
            }
        }
        return rows.isEmpty() ? List.of(row(run, model, "", List.of("", "", "", "", ""))) : rows;
    }

    private static Row row(NamedRun run, ModelRow model, String dataset, List<String> read) {
        Provenance from = run.result().provenance();
        List<String> cells = new ArrayList<>();
        cells.add(model.label());
        cells.addAll(read);
        List<MeasuredIn> right = run.quantities().stream()
                .filter(quantity -> quantity.setting().reading().startsWith("accuracy")
                        && quantity.setting().edits().isEmpty()
                        && (dataset.isEmpty() || quantity.setting().dataset().equals(dataset)))
                .flatMap(quantity -> MeasuredIn.all(quantity).stream())
                .filter(one ->
                        one.single() && model.models().contains(one.model()) && one.in(MeasuredIn.parts(model.unit())))
                .toList();
        cells.add(right.stream()
                .map(one -> Numbers.show(one.value()) + interval(one.quantity(), one.number()))
                .distinct()
                .limit(3)
                .collect(Collectors.joining("; ")));
        cells.add(ModelRow.hashes(from.hashes(), "tokenizer/", model.models()));
        cells.add(from.dtype()
                + (from.device().contains("weights and products in")
                        ? ", " + from.device().replaceFirst(".*weights and", "weights and")
                        : ""));
        return new Row(!right.isEmpty() && right.stream().allMatch(one -> one.value() < HALF), cells);
    }

    private static String interval(Quantity quantity, int number) {
        Interval interval = quantity.interval();
        return interval == null
                ? ""
                : " "
                        + Numbers.interval(
                                interval.low().data()[number], interval.high().data()[number]);
    }

    /** What stands apart, a sentence; empty where all models do the task. */
    public String caption() {
        return apart == 0
                ? ""
                : Count.of(apart, "row is", "rows are")
                        + " of models whose answers are right in less than half of the rows: what"
                        + " they do says nothing of how the task is done. They come last.";
    }
}
