package dev.loupe.report.models;

import dev.loupe.report.draw.Embedded;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.Limits;
import dev.loupe.result.RunResult;
import dev.loupe.result.SingleDecimal;
import java.util.List;

/**
 * The comparisons of a run's claims, one in a row, for the downloads; what a claim says stands on the page already. Numbers are
 * float32, as those of figures.
 */
public final class ClaimNumbers {
    private static final List<String> HEADERS = List.of(
            "claim",
            "in",
            "component",
            "value",
            "low",
            "high",
            "level",
            "above",
            "below",
            "verdict",
            "unit",
            "model",
            "n");

    private ClaimNumbers() {}

    /** As {@code {headers, rows}}. */
    public static String json(RunResult run) {
        List<ClaimSource> sources = ClaimSource.of(new NamedRun("", run));
        return Embedded.json(json -> {
            json.writeStartObject();
            Embedded.strings(json, "headers", HEADERS);
            json.writeArrayFieldStart("rows");
            for (int number = 1; number <= sources.size(); number++) {
                ClaimSource source = sources.get(number - 1);
                ClaimResult claim = source.claim();
                Limits limits = claim.limits();
                for (ClaimResult.Part part : claim.parts()) {
                    json.writeStartArray();
                    json.writeNumber(number);
                    json.writeString(part.unit());
                    json.writeString(part.where() == null ? "" : part.where());
                    for (double value : new double[] {
                        part.observed(),
                        part.low(),
                        part.high(),
                        claim.level(),
                        limits.above() == null ? Double.NaN : limits.above(),
                        limits.below() == null ? Double.NaN : limits.below()
                    }) {
                        Embedded.number(json, SingleDecimal.of(value));
                    }
                    json.writeString(part.verdict().word());
                    json.writeString(source.unit());
                    json.writeString(source.models(part));
                    json.writeString(source.rows());
                    json.writeEndArray();
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
