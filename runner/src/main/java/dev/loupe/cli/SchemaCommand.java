package dev.loupe.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.spec.SpecSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code loupe schema}: the spec language as JSON Schema. */
@Command(name = "schema", description = "Print the JSON Schema of specs, for completion and hover in editors.")
final class SchemaCommand implements Callable<ExitCode> {
    private final Session session;

    SchemaCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode call() throws JsonProcessingException {
        String text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(SpecSchema.of());
        session.terminal().out().println(text);
        return ExitCode.CLAIMS_HOLD;
    }
}
