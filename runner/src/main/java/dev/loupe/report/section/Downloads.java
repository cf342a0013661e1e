package dev.loupe.report.section;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.loupe.report.chart.AxisKind;
import dev.loupe.report.chart.Plotted;
import dev.loupe.report.draw.Embedded;
import dev.loupe.result.Axis;
import dev.loupe.result.Interval;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import dev.loupe.result.Setting;
import java.io.IOException;
import java.util.Base64;
import java.util.List;

/**
 * A figure's numbers as the page carries them: what the downloads hold, what is said of a cell under the pointer, and what
 * is known of a head. Numbers are float32 in base64: first the highest byte of each, then the next, since alike bytes that stand
 * together pack well. That is exact to seven digits; interval ends keep five, which is more than a bootstrap knows. NaN is
 * undefined.
 */
final class Downloads {
    /** Of an interval's ends: 16 of 24 binary digits stay. */
    private static final int ROUNDED = 8;

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
        json.writeStringField("values", packed(plotted.values(), 0));
        Interval interval = quantity.interval();
        if (interval != null && plotted.low() != null && plotted.high() != null) {
            json.writeStringField("low", packed(plotted.low(), ROUNDED));
            json.writeStringField("high", packed(plotted.high(), ROUNDED));
            json.writeNumberField("level", interval.level());
        }
        Integer n = quantity.n();
        if (n != null) {
            json.writeNumberField("n", n);
        }
        NullBand chance = quantity.chance();
        if (chance != null) {
            Embedded.numbers(json, "null", chance.draws());
        }
        json.writeEndObject();
    }

    /** @param rounded so many of the lowest of 24 binary digits are 0 */
    static String packed(double[] values, int rounded) {
        byte[] bytes = new byte[Float.BYTES * values.length];
        int half = rounded == 0 ? 0 : 1 << (rounded - 1);
        for (int i = 0; i < values.length; i++) {
            float value = (float) values[i];
            int bits = Float.floatToIntBits(value);
            int kept = Float.isFinite(value) ? (bits + half) >> rounded << rounded : bits;
            for (int plane = 0; plane < Float.BYTES; plane++) {
                bytes[plane * values.length + i] = (byte) (kept >> (Byte.SIZE * (Float.BYTES - 1 - plane)));
            }
        }
        return Base64.getEncoder().encodeToString(bytes);
    }
}
