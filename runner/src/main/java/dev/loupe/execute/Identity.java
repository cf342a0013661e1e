package dev.loupe.execute;

import dev.loupe.resolve.Experiment;
import dev.loupe.resolve.ModelFamily;
import dev.loupe.resolve.ModelUnit;
import dev.loupe.schema.ResolvedYaml;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Hashes of everything that a run's numbers depend on. */
final class Identity {
    private Identity() {}

    /** Spec, models and data by name. */
    static Map<String, String> parts(Experiment experiment) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("spec", sha256(ResolvedYaml.of(experiment.spec())));
        for (ModelFamily family : experiment.models().values()) {
            for (ModelUnit unit : family.units()) {
                parts.put("model/" + unit.ref().label(), unit.ref().identity());
            }
        }
        experiment.rows().hashes().forEach((name, hash) -> parts.put("data/" + name, hash));
        return parts;
    }

    static String of(Map<String, String> parts, String version) {
        return sha256(parts + "|" + version);
    }

    static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
