package dev.loupe.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.model.card.ModelCard;
import dev.loupe.schema.JsonSchema;
import dev.loupe.spec.SpecSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code loupe schema}: the spec language, or that of model cards, as JSON Schema. */
@Command(
        name = "schema",
        description = "Print the JSON Schema of specs or model cards, for completion and hover in editors.")
final class SchemaCommand implements Callable<ExitCode> {
    private final Session session;

    @Option(names = "--cards", description = "Print the schema of model cards instead of specs.")
    private boolean cards;

    SchemaCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode call() throws JsonProcessingException {
        String text = new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(cards ? JsonSchema.of(ModelCard.class) : SpecSchema.of());
        session.terminal().out().println(text);
        return ExitCode.CLAIMS_HOLD;
    }
}
