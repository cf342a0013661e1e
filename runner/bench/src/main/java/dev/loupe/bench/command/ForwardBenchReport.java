package dev.loupe.bench.command;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.backend.Backend;
import dev.loupe.bench.ForwardBench;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Version;
import dev.loupe.failure.UserInputException;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.weights.Processing;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code loupe bench forward}: measures and prints. */
record ForwardBenchReport(
        Session session,
        Path model,
        int rounds,
        String device,
        @Nullable Path peer) {
    private static final int ROWS = 8;
    private static final int LENGTH = 64;
    private static final double GOAL = 1.10;

    void run(@Nullable Path out) throws IOException {
        if (!ModelFolder.isIn(model)) {
            throw new UserInputException(
                    "--model: " + model + " is neither a folder with config.json and weights nor a GGUF file");
        }
        String chosen = Backend.choose(device);
        if (peer != null && !chosen.equals("cpu")) {
            throw new UserInputException("--peer runs on the CPU: add --device cpu");
        }
        ForwardBench.Measured measured;
        try (NDManager manager = Backend.manager(chosen);
                Transformer transformer = ModelFolder.open(model).load(EnumSet.noneOf(Processing.class), manager)) {
            session.progress().stage("forward passes", rounds + 1);
            measured = new ForwardBench(
                            manager,
                            transformer,
                            model,
                            ROWS,
                            LENGTH,
                            rounds,
                            threads(),
                            peer,
                            () -> session.progress().advance(1),
                            session.stop())
                    .run();
        }
        session.progress().done();
        print(chosen, measured);
        if (out != null) {
            write(out, chosen, measured);
        }
    }

    /** As many threads as our engine takes. */
    private int threads() {
        return Backend.threads();
    }

    private List<String> sides(ForwardBench.Measured measured) {
        return List.copyOf(measured.samples().keySet());
    }

    private void print(String chosen, ForwardBench.Measured measured) {
        PrintStream text = session.terminal().out();
        text.printf(
                Locale.ROOT,
                "forward, %s, %d threads; %s; %d x %d tokens, %d rounds, measured in turn%n%n",
                Backend.describe(chosen),
                threads(),
                model.getFileName(),
                ROWS,
                LENGTH,
                rounds);
        text.printf(
                "%-28s %10s %10s   %s%n", "", "ms", "GFLOP/s", peer == null ? "" : "ratio (min, median, max)   cpu");
        for (String side : sides(measured)) {
            double seconds = measured.seconds(side);
            text.printf(Locale.ROOT, "%-28s %10.1f %10.1f", side, 1e3 * seconds, 1e-9 * measured.flops() / seconds);
            if (peer != null && !side.equals(ForwardBench.PEER)) {
                var spread = measured.ratios(side);
                double cpu = measured.ratiosCpu(side).median();
                text.printf(
                        Locale.ROOT, "   %.3f %.3f %.3f%10s%.3f", spread.min(), spread.median(), spread.max(), "", cpu);
            }
            text.println();
        }
        if (peer != null) {
            boolean met = measured.ratios(ForwardBench.PLAIN).median() <= GOAL;
            text.printf(
                    Locale.ROOT,
                    "%n%s; largest difference of logits %.1e; goal %.2f %s%n",
                    measured.peer(),
                    measured.difference(),
                    GOAL,
                    met ? "met" : "missed");
        }
    }

    private void write(Path file, String chosen, ForwardBench.Measured measured) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode()
                .put("loupe", Version.number())
                .put("device", Backend.describe(chosen))
                .put("threads", threads())
                .put("rows", ROWS)
                .put("length", LENGTH)
                .put("rounds", rounds);
        ObjectNode all = root.putObject("sides");
        for (String side : sides(measured)) {
            double seconds = measured.seconds(side);
            ObjectNode node = all.putObject(side);
            node.put("seconds", seconds).put("gflops", 1e-9 * measured.flops() / seconds);
            if (peer != null && !side.equals(ForwardBench.PEER)) {
                node.put("ratio", measured.ratios(side).median());
                node.put("ratio_cpu", measured.ratiosCpu(side).median());
            }
        }
        if (peer != null) {
            root.put("peer", measured.peer()).put("difference", measured.difference());
        }
        MeasuredFile.write(root, file);
    }
}
