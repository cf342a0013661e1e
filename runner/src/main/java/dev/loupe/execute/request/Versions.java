package dev.loupe.execute.request;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** Versions that numbers may depend on. */
public final class Versions {
    private Versions() {}

    static String loupe() {
        return properties().getProperty("version", "unknown");
    }

    public static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        Properties built = properties();
        all.put("loupe", loupe());
        all.put("code", CodeHash.ours());
        all.put("java", System.getProperty("java.version") + " (" + System.getProperty("java.vm.name") + ")");
        all.put("djl", built.getProperty("djl", "unknown"));
        all.put("pytorch", built.getProperty("pytorch", "unknown"));
        all.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return all;
    }

    private static Properties properties() {
        Properties out = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream("/loupe.properties")) {
            if (in != null) {
                out.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out;
    }
}
