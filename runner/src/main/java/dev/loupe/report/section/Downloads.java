package dev.loupe.report.section;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.loupe.report.chart.AxisKind;
import dev.loupe.report.chart.Plotted;
import dev.loupe.result.Axis;
import dev.loupe.result.Interval;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import dev.loupe.result.Setting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/**
 * A figure's numbers as the page carries them: what the downloads hold, what is said of a cell under the pointer, and what
 * is known of a head. Numbers are float32, little-endian, in base64, which is shorter than digits and exact to seven of them;
 * NaN is undefined.
 */
final class Downloads {
    private Downloads() {}

    static String json(Plotted plotted) {
        return Embedded.json(json -> write(json, plotted));
    }

    /** Several figures in one table. */
    static String json(List<Plotted> all) {
        return Embedded.json(json -> {
            json.writeStartArray();
            for (Plotted plotted : all) {
                write(json, plotted);
            }
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, Plotted plotted) throws IOException {
        Quantity quantity = plotted.quantity();
        Setting setting = quantity.setting();
        json.writeStartObject();
        json.writeStringField("name", quantity.name());
        json.writeStringField("title", quantity.title());
        json.writeStringField("unit", quantity.unit());
        json.writeStringField("dataset", setting.dataset());
        Embedded.strings(json, "models", setting.models().isEmpty() ? List.of(setting.model()) : setting.models());
        json.writeNumberField("modelAxes", AxisKind.models(quantity));
        json.writeArrayFieldStart("axes");
        for (Axis axis : plotted.axes()) {
            json.writeStartObject();
            json.writeStringField("name", axis.name());
            Embedded.strings(json, "labels", axis.labels());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("values", packed(plotted.values()));
        Interval interval = quantity.interval();
        if (interval != null && plotted.low() != null && plotted.high() != null) {
            json.writeStringField("low", packed(plotted.low()));
            json.writeStringField("high", packed(plotted.high()));
            json.writeNumberField("n", interval.n());
            json.writeNumberField("level", interval.level());
        }
        NullBand chance = quantity.chance();
        if (chance != null) {
            Embedded.numbers(json, "null", chance.draws());
        }
        json.writeEndObject();
    }

    static String packed(double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            bytes.putFloat((float) value);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
