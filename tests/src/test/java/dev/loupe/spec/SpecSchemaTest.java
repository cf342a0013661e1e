package dev.loupe.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SpecSchemaTest {
    private static final Path SHIPPED =
            Path.of(System.getProperty("loupe.home", "..")).resolve("experiments/loupe.schema.json");

    /** Editors read the file that specs name; {@code ./loupe schema > experiments/loupe.schema.json} renews it. */
    @Test
    void theShippedSchemaIsTheOneOfTheTypes() throws IOException {
        JsonNode shipped = new ObjectMapper().readTree(SHIPPED.toFile());
        assertThat(shipped.equals(new ObjectMapper().readTree(SpecSchema.of().toString())))
                .isTrue();
    }

    @Test
    void composedKeysAreKnown() {
        String text = SpecSchema.of().toString();
        assertThat(text).contains("\"variants\"").contains("\"extends\"").contains("repeated-tokens");
    }
}
