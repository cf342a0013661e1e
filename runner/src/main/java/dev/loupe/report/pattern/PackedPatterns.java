package dev.loupe.report.pattern;

import dev.loupe.report.chart.MapChart;
import dev.loupe.report.chart.MapPicture;
import dev.loupe.report.draw.ColourScale;
import dev.loupe.report.draw.Embedded;
import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.TokenGlyphs;
import dev.loupe.result.AttentionPatterns;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Attention patterns small enough for a page: one byte a weight ({@code round(254 w)}, 255 where masked), and of a
 * causal pattern only keys up to the query. Examples, then positions, are left out where they do not fit; {@code
 * leftOut} says so.
 */
public record PackedPatterns(List<Example> examples, List<String> leftOut) {
    static final int MASKED = 255;

    /**
     * @param tokens visible text of the shown positions
     * @param weights [head, query, key], or [head, query(query+1)/2 + key] where causal
     */
    public record Example(List<String> tokens, int heads, int queries, int keys, boolean causal, byte[] weights) {
        public int weight(int head, int query, int key) {
            if (causal) {
                return key > query ? MASKED : weights[head * triangle(queries) + query * (query + 1) / 2 + key] & 0xff;
            }
            return weights[(head * queries + query) * keys + key] & 0xff;
        }

        /** A small PNG of one head, masked cells half transparent. */
        public String picture(int head) {
            int stride = (Math.max(queries, keys) + 47) / 48;
            int height = (queries + stride - 1) / stride;
            int width = (keys + stride - 1) / stride;
            int[] pixels = new int[width * height];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    pixels[y * width + x] = pixel(head, y * stride, x * stride, stride);
                }
            }
            return MapPicture.png(width, height, pixels);
        }

        /** The largest weight of a block, so that thin stripes stay visible when made smaller. */
        private int pixel(int head, int query, int key, int stride) {
            int most = -1;
            for (int q = query; q < Math.min(queries, query + stride); q++) {
                for (int k = key; k < Math.min(keys, key + stride); k++) {
                    int weight = weight(head, q, k);
                    most = weight == MASKED ? most : Math.max(most, weight);
                }
            }
            if (most < 0) {
                return 0x30808080;
            }
            // Sixteen tones compress well and are more than a thumbnail shows.
            return MapPicture.step((most * 15 / 254) * ColourScale.STEPS / 15);
        }

        public String strongest(int head) {
            int most = -1;
            int at = 0;
            for (int q = 1; q < queries; q++) {
                for (int k = 0; k < keys; k++) {
                    int weight = weight(head, q, k);
                    if (weight != MASKED && weight > most) {
                        most = weight;
                        at = q * keys + k;
                    }
                }
            }
            return most < 0
                    ? ""
                    : "strongest: position " + at / keys + " looks at " + at % keys + " with "
                            + Numbers.fixed(most / 254.0, 2);
        }
    }

    private static int triangle(int n) {
        return n * (n + 1) / 2;
    }

    public static PackedPatterns of(AttentionPatterns patterns, int bytes) {
        List<Example> examples = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        int room = bytes;
        int cropped = 0;
        for (AttentionPatterns.Example example : patterns.examples()) {
            Example packed = pack(example, Integer.MAX_VALUE);
            if (packed.weights().length > room && examples.isEmpty()) {
                int shown = (int) Math.sqrt(2.0 * room / Math.max(1, packed.heads()));
                cropped = Math.max(4, Math.min(packed.queries(), shown));
                packed = pack(example, cropped);
            } else if (packed.weights().length > room) {
                continue;
            }
            examples.add(packed);
            room -= packed.weights().length;
        }
        int missing = patterns.examples().size() - examples.size();
        if (missing > 0) {
            leftOut.add(missing + " of " + patterns.examples().size()
                    + " examples are left out to keep the page small; they are in results.safetensors.");
        }
        if (cropped > 0) {
            leftOut.add("Only the first " + cropped + " positions are shown here.");
        }
        return new PackedPatterns(List.copyOf(examples), leftOut);
    }

    private static Example pack(AttentionPatterns.Example example, int most) {
        NamedArray pattern = example.pattern();
        int heads = pattern.axes().get(0).size();
        int allQueries = pattern.axes().get(1).size();
        int allKeys = pattern.axes().get(2).size();
        int queries = Math.min(most, allQueries);
        int keys = Math.min(most, allKeys);
        boolean causal = allQueries == allKeys && isCausal(pattern, heads, allQueries);
        int each = causal ? triangle(queries) : queries * keys;
        byte[] weights = new byte[Math.multiplyExact(heads, each)];
        int at = 0;
        for (int h = 0; h < heads; h++) {
            for (int q = 0; q < queries; q++) {
                for (int k = 0; k < (causal ? q + 1 : keys); k++) {
                    double weight = pattern.data()[(h * allQueries + q) * allKeys + k];
                    weights[at++] = Double.isNaN(weight)
                            ? (byte) MASKED
                            : (byte) Math.round(MapChart.clamp(weight, 0, 1) * 254);
                }
            }
        }
        List<String> tokens = example.tokens().stream()
                .limit(Math.max(queries, keys))
                .map(TokenGlyphs::plain)
                .toList();
        return new Example(tokens, heads, queries, keys, causal, weights);
    }

    /** Whether no query sees a later key (masked, or exactly zero as a softmax of -inf gives). */
    private static boolean isCausal(NamedArray pattern, int heads, int n) {
        for (int h = 0; h < heads; h++) {
            for (int q = 0; q < n; q++) {
                for (int k = q + 1; k < n; k++) {
                    double weight = pattern.data()[(h * n + q) * n + k];
                    if (!Double.isNaN(weight) && weight != 0) {
                        return false;
                    }
                }
            }
        }
        return n > 1;
    }

    public String json(List<String> heads) {
        return Embedded.json(json -> {
            json.writeStartObject();
            Embedded.strings(json, "heads", heads);
            json.writeArrayFieldStart("examples");
            for (Example example : examples) {
                json.writeStartObject();
                Embedded.strings(json, "tokens", example.tokens());
                json.writeNumberField("queries", example.queries());
                json.writeNumberField("keys", example.keys());
                json.writeBooleanField("causal", example.causal());
                json.writeStringField("weights", Base64.getEncoder().encodeToString(example.weights()));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
