package dev.loupe.report.section;

import dev.loupe.report.draw.Titles;
import dev.loupe.result.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** All single numbers of a run, a table for each metric. */
public record NumbersSection(String id, String title, List<NumberTable> tables) implements Section {
    /** How the words about a difference to the run without edits begin. */
    private static final String CHANGE = "value - value";

    @Override
    public String partial() {
        return "numbers";
    }

    /** Whether one of its rows has this address. */
    boolean shows(String address) {
        return tables.stream()
                .flatMap(table -> table.rows().stream())
                .anyMatch(row -> row.id().equals(address));
    }

    /** @param ids the address of a quantity */
    static NumbersSection of(List<Quantity> quantities, Function<Quantity, String> ids) {
        Map<String, List<Quantity>> byMetric = new LinkedHashMap<>();
        for (Quantity quantity : quantities) {
            byMetric.computeIfAbsent(metric(quantity), k -> new ArrayList<>()).add(quantity);
        }
        List<NumberTable> tables = new ArrayList<>();
        byMetric.forEach((metric, all) ->
                tables.add(NumberTable.of(metric, all, all.stream().map(ids).toList())));
        return new NumbersSection("numbers", "Single numbers", tables);
    }

    /**
     * "logit difference at END, logits", "change of loss at everywhere, nats": numbers of one metric have one unit and one reading.
     * On the scale of a loss nothing could be told of what edits change of it. Parts of one measurement that are no
     * readings of a metric stand together, since the same words say what they are.
     */
    private static String metric(Quantity quantity) {
        String reading = quantity.setting().reading();
        String change = quantity.doc().startsWith(CHANGE) ? "change of " : "";
        String what =
                reading.isEmpty() ? Titles.of(quantity.name(), quantity.title()).base() : change + reading;
        return quantity.unit().isEmpty() || what.equals(quantity.unit()) ? what : what + ", " + quantity.unit();
    }
}
