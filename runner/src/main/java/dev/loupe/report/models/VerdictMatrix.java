package dev.loupe.report.models;

import dev.loupe.report.draw.Embedded;
import dev.loupe.report.draw.Numbers;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.Limits;
import dev.loupe.result.Tally;
import dev.loupe.result.Verdict;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which claims hold in which models: a row for each model, a column for each claim that was compared in several.
 *
 * @param title "Model by model: 9 of 12 comparisons hold"
 * @param facts whether the rows say what the models are
 * @param data every comparison with every digit, for the downloads
 */
public record VerdictMatrix(String title, boolean facts, List<Column> columns, List<Row> rows, String data) {
    /** More models than these are a curve or a distribution, which the page draws. */
    private static final int MOST = 100;

    private static final List<String> HEADERS = List.of(
            "run",
            "model",
            "weights of",
            "parameters",
            "claim",
            "value",
            "low",
            "high",
            "null",
            "above",
            "below",
            "verdict",
            "unit",
            "n");

    /**
     * @param number of the claim on the page
     * @param say the claim in words
     * @param holds "holds in 9 of 11 models, undecided in 1, refuted in 1"
     */
    public record Column(int number, String say, String expected, String holds) {}

    /**
     * @param behind the models that it is about, where its name does not say them
     * @param parameters with every digit, by which rows sort; empty where unknown
     * @param holds "4 of 5", of the claims that are about this model
     */
    public record Row(
            String unit,
            String behind,
            String family,
            String parameters,
            String size,
            String shape,
            String weights,
            String holds,
            List<Cell> cells) {}

    /** A comparison; all empty where the claim is not about this model. */
    public record Cell(String verdict, String observed, String interval, String exact) {
        static final Cell NONE = new Cell("", "", "", "");
    }

    /** Null where fewer than two claims are about several models, unless the models are more than two. */
    public static @Nullable VerdictMatrix of(List<NamedRun> runs) {
        return of(ModelClaims.of(runs));
    }

    static @Nullable VerdictMatrix of(ModelClaims claims) {
        int least = claims.rows().size() > 2 ? 1 : 2;
        return claims.columns().size() < least || claims.rows().size() > MOST ? null : all(claims);
    }

    private static VerdictMatrix all(ModelClaims claims) {
        List<Verdict> all = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (ModelRow row : claims.rows()) {
            List<Verdict> own = claims.columns().stream()
                    .flatMap(column -> Stream.ofNullable(column.entries().get(row)))
                    .map(entry -> entry.part().verdict())
                    .toList();
            all.addAll(own);
            rows.add(new Row(
                    row.label(),
                    row.behind(),
                    row.family(),
                    Numbers.exact(row.parameters()),
                    row.size(),
                    row.shape(),
                    row.weights(),
                    Tally.of(own).holds() + " of " + own.size(),
                    claims.columns().stream()
                            .map(column -> cell(column.entries().get(row)))
                            .toList()));
        }
        return new VerdictMatrix(
                "Model by model: " + Tally.of(all).holds() + " of " + Count.of(all.size(), "comparison") + " hold",
                claims.rows().stream().anyMatch(row -> !row.family().isEmpty()),
                claims.columns().stream()
                        .map(column -> new Column(
                                column.number(), column.say(), column.limits().words(), column.holds()))
                        .toList(),
                rows,
                data(claims));
    }

    private static Cell cell(ModelClaims.@Nullable Entry entry) {
        if (entry == null) {
            return Cell.NONE;
        }
        ClaimResult.Part part = entry.part();
        return new Cell(
                part.verdict().word(),
                Numbers.show(part.observed()),
                Numbers.interval(part),
                Numbers.exact(part.observed()));
    }

    private static String data(ModelClaims claims) {
        return Embedded.json(json -> {
            json.writeStartObject();
            Embedded.strings(json, "headers", HEADERS);
            json.writeArrayFieldStart("rows");
            for (ModelClaims.Column column : claims.columns()) {
                for (var one : column.entries().entrySet()) {
                    ModelRow row = one.getKey();
                    ClaimResult.Part part = one.getValue().part();
                    Limits limits = column.limits();
                    json.writeStartArray();
                    json.writeString(row.run());
                    json.writeString(row.unit());
                    json.writeString(String.join("; ", row.models()));
                    Embedded.number(json, row.parameters());
                    json.writeString(column.say());
                    Double above = limits.above();
                    Double below = limits.below();
                    for (double number : new double[] {
                        part.observed(),
                        part.low(),
                        part.high(),
                        one.getValue().chance(),
                        above == null ? Double.NaN : above,
                        below == null ? Double.NaN : below
                    }) {
                        Embedded.number(json, number);
                    }
                    json.writeString(part.verdict().word());
                    ClaimSource source = one.getValue().source();
                    json.writeString(source.unit());
                    json.writeString(source.rows());
                    json.writeEndArray();
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
