package dev.loupe.report;

import freemarker.template.SimpleScalar;
import freemarker.template.TemplateMethodModelEx;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.Deflater;

/**
 * JSON as a page carries it: deflated without a header (RFC 1951) and in base64, which the page's script undoes before anything
 * else. The numbers of a figure name their axes, models and undefined cells again and again.
 */
final class PackedJson implements TemplateMethodModelEx {
    /** The text of one argument, packed. */
    @Override
    public Object exec(List arguments) {
        return new SimpleScalar(pack(arguments.get(0).toString()));
    }

    static String pack(String json) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(json.getBytes(StandardCharsets.UTF_8));
            deflater.finish();
            byte[] packed = new byte[json.length() + 64];
            int size = 0;
            while (!deflater.finished()) {
                if (size == packed.length) {
                    packed = Arrays.copyOf(packed, 2 * size);
                }
                size += deflater.deflate(packed, size, packed.length - size);
            }
            return Base64.getEncoder().encodeToString(Arrays.copyOf(packed, size));
        } finally {
            deflater.end();
        }
    }
}
