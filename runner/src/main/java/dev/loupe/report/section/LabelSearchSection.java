package dev.loupe.report.section;

import dev.loupe.report.chart.Plotted;
import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.Titles;
import dev.loupe.report.draw.VisibleLabel;
import dev.loupe.report.row.LabelStrips;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The search for neurons that tell labels as one figure and one table: its parts are all about the same neurons, and an AUC
 * means nothing without what moved labels, token ids and untrained models give.
 */
final class LabelSearchSection {
    private static final String LABEL = "label";
    private static final List<String> NEEDED = List.of("auc", "layer", "neuron", "chance", "token-auc", "q", "found");

    private final Map<String, Plotted> parts = new HashMap<>();
    private final Quantity auc;
    private final int labels;

    private LabelSearchSection(List<Quantity> quantities) {
        quantities.forEach(quantity -> parts.put(part(quantity), Plotted.of(quantity, LABEL)));
        auc = part("auc").quantity();
        labels = auc.estimate().axis(LABEL).size();
    }

    /** The figure of a measurement whose parts are those of such a search; empty where they are not. */
    static Optional<FigureSection> of(List<Quantity> quantities, Function<String, String> ids) {
        List<String> names = quantities.stream().map(LabelSearchSection::part).toList();
        boolean searched = names.containsAll(NEEDED)
                && names.stream().distinct().count() == names.size()
                && quantities.stream().map(Quantity::estimate).allMatch(values -> values.hasAxis(LABEL));
        return searched ? Optional.of(new LabelSearchSection(quantities).section(quantities, ids)) : Optional.empty();
    }

    private static String part(Quantity quantity) {
        return Titles.of(quantity.name(), quantity.title()).part();
    }

    private Plotted part(String name) {
        Plotted found = parts.get(name);
        if (found == null) {
            throw new IllegalArgumentException("a label search has no part " + name);
        }
        return found;
    }

    private FigureSection section(List<Quantity> quantities, Function<String, String> ids) {
        List<LabelStrips.Row> rows = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            rows.add(row(label));
        }
        String title = Titles.of(auc.name(), auc.title()).base();
        return new FigureSection(
                ids.apply(auc.name()),
                quantities.stream()
                        .filter(quantity -> quantity != auc)
                        .map(quantity -> ids.apply(quantity.name()))
                        .toList(),
                title,
                auc.name(),
                About.of(auc.doc()),
                PromptLine.of(auc.setting().prompts()),
                "",
                List.of(new FigureSection.Panel("", Markup.svg(LabelStrips.svg(title, rows)))),
                1,
                640,
                null,
                null,
                null,
                null,
                null,
                caption(),
                null,
                table(),
                true,
                Downloads.json(quantities.stream().map(Plotted::of).toList()));
    }

    private LabelStrips.Row row(int label) {
        List<LabelStrips.Mark> marks = new ArrayList<>();
        Plotted found = part("auc");
        for (int model = 0; model < models(); model++) {
            int at = model * labels + label;
            double low = found.low() == null ? Double.NaN : found.low()[at];
            double high = found.high() == null ? Double.NaN : found.high()[at];
            marks.add(new LabelStrips.Mark(neuron(at), found.values()[at], low, high, isFound(at), hint(at)));
        }
        return new LabelStrips.Row(
                VisibleLabel.of(auc.estimate().axis(LABEL).labels().get(label)),
                LabelStrips.largest(of("chance", label)),
                LabelStrips.largest(of("token-auc", label)),
                LabelStrips.largest(of("untrained", label)),
                marks);
    }

    /** A part's numbers for one label, model by model; none where the search has no such part. */
    private double[] of(String part, int label) {
        double[] numbers = new double[parts.containsKey(part) ? models() : 0];
        for (int model = 0; model < numbers.length; model++) {
            numbers[model] = part(part).values()[model * labels + label];
        }
        return numbers;
    }

    private int models() {
        NamedArray values = auc.estimate();
        return values.data().length / Math.max(1, labels);
    }

    private boolean isFound(int at) {
        return part("found").values()[at] > 0.5;
    }

    private String neuron(int at) {
        double layer = part("layer").values()[at];
        double neuron = part("neuron").values()[at];
        return Double.isFinite(layer) && Double.isFinite(neuron) ? "L" + (long) layer + "N" + (long) neuron : "";
    }

    /** What a tap says; among many models what a neuron is held against is told by the table alone. */
    private String hint(int at) {
        String against = LabelStrips.isCrowd(models())
                ? ""
                : "; moved labels " + said("chance", at)
                        + ", token ids " + said("token-auc", at)
                        + (parts.containsKey("untrained") ? ", untrained " + said("untrained", at) : "");
        return part("auc").hint(at) + ", neuron " + neuron(at) + against + (isFound(at) ? ": found" : ": not found");
    }

    private String said(String part, int at) {
        @Nullable Plotted plotted = parts.get(part);
        return plotted == null ? "" : Numbers.show(plotted.values()[at]);
    }

    /** A row for each label and model, in words. */
    private DataTable table() {
        Plotted found = part("auc");
        List<String> headers = new ArrayList<>(List.of(LABEL));
        found.axes().subList(0, found.axes().size() - 1).forEach(axis -> headers.add(axis.name()));
        headers.addAll(List.of("neuron", "AUC", "moved labels", "token ids"));
        boolean twins = parts.containsKey("untrained");
        if (twins) {
            headers.add("untrained");
        }
        headers.addAll(List.of("q", "found"));
        List<DataTable.Row> rows = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            for (int model = 0; model < models(); model++) {
                int flat = model * labels + label;
                int[] at = found.estimate().coordinates(flat);
                List<String> cells = new ArrayList<>(List.of(
                        VisibleLabel.of(auc.estimate().axis(LABEL).labels().get(label))));
                for (int i = 0; i < at.length - 1; i++) {
                    cells.add(VisibleLabel.of(found.axes().get(i).labels().get(at[i])));
                }
                cells.add(neuron(flat));
                cells.add(Numbers.show(found.values()[flat]) + found.intervalText(flat));
                cells.add(said("chance", flat));
                cells.add(said("token-auc", flat));
                if (twins) {
                    cells.add(said("untrained", flat));
                }
                cells.add(said("q", flat));
                cells.add(isFound(flat) ? "yes" : "no");
                rows.add(new DataTable.Row(neuron(flat), cells));
            }
        }
        return new DataTable(headers, rows, rows.size());
    }

    private List<String> caption() {
        int found = 0;
        for (int at = 0; at < models() * labels; at++) {
            found += isFound(at) ? 1 : 0;
        }
        List<String> caption = new ArrayList<>();
        caption.add(
                "Each dot is the neuron that tells the label best in one model, on documents that did not select it: "
                        + "filled where it passes every test, hollow where it does not (" + found + " of "
                        + Count.of((long) models() * labels, "pair") + " of label and model "
                        + (found == 1 ? "passes" : "pass") + ").");
        caption.add(
                "Shaded: what the same search finds for labels that were moved (99th percentile, the largest of the "
                        + "models). Diamond: a classifier that sees only the token and the one before it.");
        if (parts.containsKey("untrained")) {
            caption.add("Upright line: the largest AUC of the same search in untrained models.");
        }
        if (!auc.whyUndefined().isEmpty()) {
            caption.add("It is " + auc.whyUndefined() + ".");
        }
        caption.add(FigureCaption.interval(auc));
        return caption;
    }
}
