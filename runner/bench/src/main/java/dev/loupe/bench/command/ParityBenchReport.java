package dev.loupe.bench.command;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.backend.Backend;
import dev.loupe.bench.ParityBench;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Version;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code loupe bench parity}: the table of differences, as Markdown so that it can be put into a text. */
record ParityBenchReport(Session session, Path fixtures, String device) {
    void run(@Nullable Path out) throws IOException {
        List<ParityBench.Row> rows;
        try (NDManager manager = Backend.manager(Backend.choose(device))) {
            rows = new ParityBench(fixtures).run(manager);
        }
        PrintStream text = session.terminal().out();
        text.println("| model | weights | hooks | logits | patterns | residuals | others |");
        text.println("|---|---|---|---|---|---|---|");
        for (ParityBench.Row row : rows) {
            StringBuilder line = new StringBuilder("| " + row.family() + " | " + row.weights() + " | " + row.hooks());
            for (ParityBench.Group group : ParityBench.Group.values()) {
                Double worst = row.worst().get(group);
                line.append(" | ").append(worst == null ? "" : String.format(Locale.ROOT, "%.1e", worst));
            }
            text.println(line + " |");
        }
        if (out != null) {
            write(out, rows);
        }
    }

    private static void write(Path file, List<ParityBench.Row> rows) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode().put("loupe", Version.number());
        ArrayNode all = root.putArray("rows");
        for (ParityBench.Row row : rows) {
            ObjectNode node = all.addObject()
                    .put("model", row.family())
                    .put("weights", row.weights())
                    .put("hooks", row.hooks());
            row.worst().forEach((group, worst) -> node.put(group.name().toLowerCase(Locale.ROOT), worst));
        }
        MeasuredFile.write(root, file);
    }
}
