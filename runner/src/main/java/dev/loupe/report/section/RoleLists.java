package dev.loupe.report.section;

import dev.loupe.report.chart.AxisKind;
import dev.loupe.report.chart.Plotted;
import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.Titles;
import dev.loupe.result.Axis;
import dev.loupe.result.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The heads of each role as lists, a column for each model: a map of ones and zeros would show the same and say less. Behind each
 * head stands its relative depth, by which models of unlike depth compare.
 */
final class RoleLists {
    /** The unit of numbers that are 1 where a head has a role. */
    private static final String ROLE = "1: has the role";

    private RoleLists() {}

    /** The lists of a group of results, where all of them are roles in the same models. */
    static Optional<FigureSection> of(List<Quantity> quantities, Function<String, String> ids) {
        return !quantities.isEmpty() && quantities.stream().allMatch(one -> role(one, quantities.get(0)))
                ? Optional.of(section(quantities, ids))
                : Optional.empty();
    }

    private static boolean role(Quantity quantity, Quantity first) {
        return quantity.unit().equals(ROLE)
                && quantity.estimate().hasAxis("layer")
                && quantity.estimate().axes().equals(first.estimate().axes());
    }

    private static FigureSection section(List<Quantity> roles, Function<String, String> ids) {
        Quantity first = roles.get(0);
        List<Plotted> plotted = roles.stream().map(Plotted::of).toList();
        List<Plotted.Slice> models = plotted.get(0).slices(2);
        List<String> headers = new ArrayList<>(List.of("role"));
        models.forEach(model -> headers.add(model.title().isEmpty() ? "heads" : model.title()));
        List<DataTable.Row> rows = new ArrayList<>();
        for (Plotted role : plotted) {
            List<String> cells = new ArrayList<>();
            cells.add(Titles.of(role.quantity().name(), role.quantity().title()).part());
            models.forEach(model -> cells.add(heads(role, model)));
            rows.add(new DataTable.Row("", cells));
        }
        return new FigureSection(
                ids.apply(first.name()),
                roles.stream().skip(1).map(role -> ids.apply(role.name())).toList(),
                Titles.of(first.name(), first.title()).base(),
                first.name(),
                about(roles),
                PromptLine.of(first.setting().prompts()),
                "",
                List.of(),
                1,
                0,
                null,
                null,
                null,
                null,
                null,
                caption(first),
                null,
                new DataTable(headers, rows, rows.size()),
                true,
                Downloads.json(plotted));
    }

    /** What each role asks of a head, then what all were measured on. */
    private static List<String> about(List<Quantity> roles) {
        List<List<String>> all =
                roles.stream().map(role -> About.of(role.doc())).toList();
        List<String> common = About.common(
                all.stream().map(said -> said.subList(1, said.size())).toList());
        StringBuilder asked = new StringBuilder();
        for (int i = 0; i < roles.size(); i++) {
            String part = Titles.of(roles.get(i).name(), roles.get(i).title()).part();
            asked.append("- **").append(part).append("**: ");
            asked.append(all.get(i).get(0).replaceFirst("^1 where a head ", "")).append('\n');
        }
        List<String> about = new ArrayList<>(List.of(asked.toString()));
        about.addAll(common);
        return about;
    }

    private static String heads(Plotted role, Plotted.Slice model) {
        List<Axis> axes = role.axes();
        int layers = axes.get(axes.size() - 2).size();
        int heads = axes.get(axes.size() - 1).size();
        List<String> found = new ArrayList<>();
        for (int i = 0; i < model.size(); i++) {
            if (role.values()[model.offset() + i] == 1) {
                double depth = layers == 1 ? 0 : (i / heads) / (double) (layers - 1);
                found.add(role.component(model.offset() + i) + " (" + Numbers.fixed(depth, 2) + ")");
            }
        }
        return found.isEmpty() ? "none" : String.join(", ", found);
    }

    private static List<String> caption(Quantity first) {
        int models = AxisKind.models(first);
        return List.of(
                "In brackets: relative depth, 0 in the first layer and 1 in the last one.",
                (models == 0
                                ? "A head has a role where it meets"
                                : "In each model by its own numbers, a head has a role where it meets")
                        + " all its conditions; it may have several. A role without heads is a result too.");
    }
}
