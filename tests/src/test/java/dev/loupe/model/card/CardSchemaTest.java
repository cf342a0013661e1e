package dev.loupe.model.card;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.schema.JsonSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CardSchemaTest {
    private static final Path SHIPPED =
            Path.of(System.getProperty("loupe.home", "..")).resolve("experiments/loupe-card.schema.json");

    /** {@code ./loupe schema --cards > experiments/loupe-card.schema.json} renews it. */
    @Test
    void theShippedSchemaIsTheOneOfTheTypes() throws IOException {
        JsonNode shipped = new ObjectMapper().readTree(SHIPPED.toFile());
        assertThat(shipped.equals(new ObjectMapper()
                        .readTree(JsonSchema.of(ModelCard.class).toString())))
                .isTrue();
    }

    @Test
    void bothKindsOfCardsAreInIt() {
        String schema = JsonSchema.of(ModelCard.class).toString();
        assertThat(new TreeSet<>(
                        java.util.List.of("trained", "public", "optimizer", "checkpoints", "licence", "d_model")))
                .allSatisfy(word -> assertThat(schema).contains("\"" + word + "\""));
    }
}
