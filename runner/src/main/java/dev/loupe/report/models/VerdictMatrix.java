package dev.loupe.report.models;

import dev.loupe.report.draw.Numbers;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.Verdict;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which claims hold in which models: a row for each model, a column for each claim that was compared in several.
 *
 * @param title "By seed: 9 of 12 comparisons hold"
 * @param open whether it is shown unfolded: where the models are more than the claims list one by one
 */
public record VerdictMatrix(String title, boolean open, List<Column> columns, List<Row> rows) {
    /** More models than these are a curve or a distribution, which the page draws. */
    private static final int MOST = 100;

    /** What the claims list says of each model; more are easier to read as a table. */
    private static final int FEW = 4;

    /**
     * @param number of the claim on the page
     * @param say the claim in words
     */
    public record Column(int number, String say) {}

    /** @param holds "4 of 5", of the claims that are about this model */
    public record Row(String unit, String holds, List<Cell> cells) {}

    /** A comparison; all empty where the claim is not about this model. */
    public record Cell(String verdict, String observed, String interval, String mark) {
        static final Cell NONE = new Cell("", "", "", "");
    }

    /** Null where fewer than two claims are about several models. */
    public static @Nullable VerdictMatrix of(List<ClaimResult> claims) {
        List<Column> columns = new ArrayList<>();
        Set<String> units = new LinkedHashSet<>();
        for (int i = 0; i < claims.size(); i++) {
            ClaimResult claim = claims.get(i);
            if (claim.parts().size() > 1) {
                columns.add(new Column(i + 1, claim.say()));
                claim.parts().forEach(part -> units.add(part.unit()));
            }
        }
        if (columns.size() < 2 || units.size() > MOST) {
            return null;
        }
        int held = 0;
        int all = 0;
        List<Row> rows = new ArrayList<>();
        for (String unit : units) {
            List<Optional<ClaimResult.Part>> parts = columns.stream()
                    .map(column -> part(claims.get(column.number() - 1), unit))
                    .toList();
            int compared = (int) parts.stream().filter(Optional::isPresent).count();
            int holding = (int) parts.stream()
                    .filter(part -> part.isPresent() && part.get().verdict() == Verdict.HOLDS)
                    .count();
            held += holding;
            all += compared;
            List<Cell> cells = parts.stream()
                    .map(part -> part.map(VerdictMatrix::cell).orElse(Cell.NONE))
                    .toList();
            rows.add(new Row(unit, holding + " of " + compared, cells));
        }
        String title = "Model by model: " + held + " of " + Count.of(all, "comparison") + " hold";
        return new VerdictMatrix(title, units.size() > FEW, columns, rows);
    }

    private static Optional<ClaimResult.Part> part(ClaimResult claim, String unit) {
        return claim.parts().size() < 2
                ? Optional.empty()
                : claim.parts().stream()
                        .filter(part -> part.unit().equals(unit))
                        .findFirst();
    }

    private static Cell cell(ClaimResult.Part part) {
        String mark = switch (part.verdict()) {
            case HOLDS -> "✓";
            case UNDECIDED -> "?";
            case REFUTED -> "✗";
        };
        return new Cell(part.verdict().word(), Numbers.show(part.observed()), Numbers.interval(part), mark);
    }
}
