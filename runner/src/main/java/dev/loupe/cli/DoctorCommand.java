package dev.loupe.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.backend.EngineReport;
import dev.loupe.cli.option.Home;
import dev.loupe.cli.option.ModelFolders;
import dev.loupe.cli.run.Commit;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Version;
import dev.loupe.doctor.Checkup;
import dev.loupe.doctor.Doctor;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code loupe doctor}: what a report of a fault needs, on one screen. Ends with 3 where something needed is missing. */
@Command(
        name = "doctor",
        description = "Show versions, devices, the folders that are searched for models, and what is missing. "
                + "Secrets are not shown.")
final class DoctorCommand implements Callable<ExitCode> {
    /** How it is printed. */
    enum Format {
        text,
        json
    }

    private final Session session;

    @Mixin
    private ModelFolders folders = new ModelFolders();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Output format: text or json. Default: " + "${DEFAULT-VALUE}.")
    private Format format = Format.text;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "The device: auto, cpu or gpu. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("UnusedVariable") // The launcher reads it.
    private String device = "auto";

    DoctorCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode call() throws IOException {
        String commit = Commit.of(Home.folder());
        Checkup found = new Doctor(
                        Version.number() + (commit.isEmpty() ? "" : " (" + commit + ")"),
                        folders.models,
                        Home.folder(),
                        Home.cache(session.environment()),
                        session.environment())
                .examine(EngineReport::make);
        PrintStream out = session.terminal().out();
        if (format == Format.json) {
            out.println(json(found));
        } else {
            print(out, found);
        }
        return found.lacks().isEmpty() ? ExitCode.CLAIMS_HOLD : ExitCode.SURROUNDINGS_FAIL;
    }

    private static void print(PrintStream out, Checkup found) {
        found.facts().forEach((heading, facts) -> {
            out.println(heading);
            facts.forEach((name, values) -> {
                String shown = name;
                for (String value : values) {
                    out.printf("  %-24s %s%n", shown, value);
                    shown = "";
                }
            });
        });
        out.println(found.lacks().isEmpty() ? "missing: nothing" : "missing");
        for (Checkup.Lack lack : found.lacks()) {
            out.println("  " + lack.what() + "\n    " + lack.mend());
        }
    }

    private static String json(Checkup found) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        for (Map.Entry<String, Map<String, List<String>>> heading :
                found.facts().entrySet()) {
            ObjectNode node = root.putObject(heading.getKey());
            heading.getValue().forEach((name, values) -> {
                ArrayNode all = node.putArray(name);
                values.forEach(all::add);
            });
        }
        ArrayNode missing = root.putArray("missing");
        for (Checkup.Lack lack : found.lacks()) {
            missing.addObject().put("what", lack.what()).put("mend", lack.mend());
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    }
}
