package dev.loupe.result.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.Arrays;

/**
 * Doubles in results.json. JSON has no name for three of them, so a number there is a JSON number or one of the strings
 * {@code "NaN"} (undefined here), {@code "Infinity"}, {@code "-Infinity"}, as Jackson writes them. Every double reads back
 * to the same bits (all NaNs are one).
 */
final class StoredDouble extends StdDeserializer<Double> {
    private static final long serialVersionUID = 1;

    StoredDouble() {
        super(double.class);
    }

    @Override
    public Double deserialize(JsonParser in, DeserializationContext context) throws IOException {
        if (in.currentToken().isNumeric()) {
            return in.getDoubleValue();
        }
        return switch (in.currentToken() == JsonToken.VALUE_STRING ? in.getText() : "") {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> (Double) context.handleUnexpectedToken(double.class, in);
        };
    }

    /** An array of them. */
    static final class Several extends StdDeserializer<double[]> {
        private static final long serialVersionUID = 1;
        private static final StoredDouble ONE = new StoredDouble();

        Several() {
            super(double[].class);
        }

        @Override
        public double[] deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (!in.isExpectedStartArrayToken()) {
                return (double[]) context.handleUnexpectedToken(double[].class, in);
            }
            double[] values = new double[16];
            int n = 0;
            while (in.nextToken() != JsonToken.END_ARRAY) {
                values = n == values.length ? Arrays.copyOf(values, 2 * n) : values;
                try {
                    values[n++] = ONE.deserialize(in, context);
                } catch (JsonMappingException e) {
                    e.prependPath(values, n - 1);
                    throw e;
                }
            }
            return Arrays.copyOf(values, n);
        }
    }
}
