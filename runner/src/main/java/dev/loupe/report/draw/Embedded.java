package dev.loupe.report.draw;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import dev.loupe.text.VisibleText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** JSON inside a page: nothing in it can end the element around it. */
public final class Embedded {
    /** Writes one JSON value. */
    @FunctionalInterface
    public interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    /** The script puts texts onto the page, so what hides in them is written out here, as templates do it. */
    private static final class Visible extends JsonGeneratorDelegate {
        Visible(JsonGenerator target) {
            super(target);
        }

        @Override
        public void writeString(String text) throws IOException {
            super.writeString(VisibleText.line(text));
        }

        @Override
        public void writeFieldName(String name) throws IOException {
            super.writeFieldName(VisibleText.line(name));
        }
    }

    private Embedded() {}

    public static String json(Content content) {
        StringWriter out = new StringWriter();
        JsonFactory factory =
                JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        try (JsonGenerator json = new Visible(factory.createGenerator(out))) {
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("JSON could not be written to memory", e);
        }
        return out.toString().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    public static void numbers(JsonGenerator json, String key, double[] values) throws IOException {
        json.writeArrayFieldStart(key);
        for (double value : values) {
            number(json, value);
        }
        json.writeEndArray();
    }

    /** NaN is null, as in results.json's tables of other tools; infinities are strings. */
    public static void number(JsonGenerator json, double value) throws IOException {
        if (Double.isNaN(value)) {
            json.writeNull();
        } else if (Double.isInfinite(value)) {
            json.writeString(value > 0 ? "Infinity" : "-Infinity");
        } else {
            json.writeNumber(Numbers.exact(value));
        }
    }

    public static void strings(JsonGenerator json, String key, Iterable<String> values) throws IOException {
        json.writeArrayFieldStart(key);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
