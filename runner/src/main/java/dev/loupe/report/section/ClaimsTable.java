package dev.loupe.report.section;

import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.Scale;
import dev.loupe.report.row.RowMark;
import dev.loupe.report.row.RowPlot;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.Tally;
import freemarker.core.TemplateHTMLOutputModel;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The claims in their own order, since one may continue the sentence before it: each with its number, its interval and its
 * limit on a line, and with links to the figures that it reads.
 *
 * @param verdict "All 4 claims hold.", "2 of 4 claims hold, 2 are refuted."
 * @param state holds, undecided, refuted or none
 * @param compared how all of them were compared, empty where they differ and each says it
 */
public record ClaimsTable(String verdict, String state, List<Row> rows, String compared) {
    /**
     * @param id the claim's address
     * @param verdict holds, undecided or refuted
     * @param units how it came out over several units, and which decides; empty for one unit
     * @param because empty where there is nothing to explain
     * @param parts the single units, none where there is one
     * @param links the figures that it reads
     */
    public record Row(
            String id,
            String verdict,
            String say,
            String expected,
            TemplateHTMLOutputModel plot,
            String observed,
            String interval,
            String by,
            String where,
            String units,
            String because,
            List<Part> parts,
            List<Link> links) {}

    public record Part(String unit, String observed, String interval, String verdict, String where) {}

    /** @param href the figure, with the cell that gave the number where there is one */
    public record Link(String name, String href) {}

    /** @param addresses of the artifacts on the page, by name */
    public static ClaimsTable of(List<ClaimResult> claims, Map<String, String> addresses) {
        if (claims.isEmpty()) {
            return new ClaimsTable("The spec has no claims.", "none", List.of(), "");
        }
        Tally tally = Tally.ofClaims(claims);
        List<String> compared =
                claims.stream().map(ClaimsTable::compared).distinct().toList();
        List<Row> rows = new ArrayList<>();
        for (ClaimResult claim : claims) {
            String by = compared.size() == 1 ? "" : compared(claim);
            rows.add(row(claim, by, "claim-" + (rows.size() + 1), addresses));
        }
        String words = tally.ofClaims();
        return new ClaimsTable(
                Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".",
                tally.verdict().word(),
                rows,
                compared.size() == 1 ? compared.get(0) : "");
    }

    private static Row row(ClaimResult claim, String by, String id, Map<String, String> addresses) {
        List<Part> parts = new ArrayList<>();
        if (claim.parts().size() > 1) {
            for (ClaimResult.Part part : claim.parts()) {
                parts.add(new Part(
                        part.unit(),
                        Numbers.show(part.observed()),
                        Numbers.interval(part),
                        part.verdict().word(),
                        part.where() == null ? "" : part.where()));
            }
        }
        ClaimResult.Part deciding = claim.deciding();
        String where = deciding.where() == null ? "" : deciding.where();
        return new Row(
                id,
                claim.verdict().word(),
                claim.say(),
                claim.limits().words(),
                Markup.svg(plot(claim)),
                Numbers.show(deciding.observed()),
                Numbers.interval(deciding),
                by,
                where,
                claim.inUnits(),
                claim.because() == null ? "" : claim.because(),
                parts,
                links(claim, deciding, addresses));
    }

    /** Links lead to the component that gave the deciding number, in the model that gave it. */
    private static List<Link> links(ClaimResult claim, ClaimResult.Part deciding, Map<String, String> addresses) {
        String where = deciding.where() == null ? "" : deciding.where();
        String unit = deciding.unit().matches("[a-z_]+ .+") ? ";in=" + encoded(deciding.unit()) : "";
        String cell = where.matches("L[0-9]+(H|KV|N)[0-9]+") ? ";at=" + where + unit : "";
        return claim.about().stream()
                .filter(addresses::containsKey)
                .map(name -> new Link(name, "#" + addresses.get(name) + cell))
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The deciding unit first, then every unit where there are several. */
    private static String plot(ClaimResult claim) {
        List<RowMark> marks = new ArrayList<>();
        marks.add(mark(claim.deciding()));
        if (claim.parts().size() > 1) {
            claim.parts().stream()
                    .sorted(Comparator.comparing(ClaimResult.Part::unit))
                    .map(ClaimsTable::mark)
                    .forEach(marks::add);
        }
        Scale scale = RowPlot.scale(marks, claim.limits(), List.of());
        return RowPlot.svg(claim.say(), scale, marks, claim.limits(), null, true);
    }

    private static RowMark mark(ClaimResult.Part part) {
        return new RowMark(
                part.verdict().word(),
                part.observed(),
                part.low(),
                part.high(),
                part.unit() + ": " + Numbers.show(part.observed()) + " " + Numbers.interval(part) + " "
                        + part.verdict().word());
    }

    private static String compared(ClaimResult claim) {
        String interval = Double.isNaN(claim.level()) ? "" : Numbers.show(claim.level() * 100) + " % interval";
        if (claim.by().equals("bound")) {
            return "by the whole " + interval;
        }
        return interval.isEmpty() ? "as an exact number" : "by the estimate; shown with its " + interval;
    }
}
