package dev.loupe.report.compare;

import dev.loupe.report.draw.Numbers;
import java.util.ArrayList;
import java.util.List;

/** Every compared number as a line of text for spreadsheets and programs. */
public final class ComparisonCsv {
    private ComparisonCsv() {}

    public static String of(RunComparison comparison) {
        StringBuilder out = new StringBuilder("measurement,where,run,value,low,high,difference,difference low,"
                + "difference high,interval of the difference\n");
        for (ComparedResult result : comparison.results()) {
            for (ComparedResult.Cell cell : result.cells()) {
                for (int r = 0; r < comparison.runs().size(); r++) {
                    Difference.Side side = cell.sides().get(r);
                    if (side != null) {
                        String run = comparison.runs().get(r).label();
                        line(
                                out,
                                result.first().name(),
                                cell.label(),
                                run,
                                side,
                                r == 0 ? null : cell.differences().get(r - 1));
                    }
                }
            }
        }
        return out.toString();
    }

    private static void line(
            StringBuilder out,
            String measurement,
            String where,
            String run,
            Difference.Side side,
            @org.jspecify.annotations.Nullable Difference difference) {
        List<String> fields = new ArrayList<>(List.of(
                quoted(measurement),
                quoted(where),
                quoted(run),
                Numbers.exact(side.value()),
                Numbers.exact(side.low()),
                Numbers.exact(side.high())));
        fields.addAll(
                difference == null
                        ? List.of("", "", "", "")
                        : List.of(
                                Numbers.exact(difference.value()),
                                Numbers.exact(difference.low()),
                                Numbers.exact(difference.high()),
                                difference.kind().word()));
        out.append(String.join(",", fields)).append('\n');
    }

    private static String quoted(String text) {
        return text.contains(",") || text.contains("\"") || text.contains("\n")
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }
}
