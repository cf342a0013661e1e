package dev.loupe.bench.command;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.bench.NeuronBench;
import dev.loupe.bench.Ratio;
import dev.loupe.cli.terminal.Session;
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

/** {@code loupe bench neurons}: measures and prints. */
record NeuronBenchReport(Session session, Path model, int rounds, Path peer) {
    private static final int ROWS = 64;
    private static final int LENGTH = 128;
    private static final int DRAWS = 500;

    void run() throws IOException {
        if (!ModelFolder.isIn(model)) {
            throw new UserInputException(
                    "--model: " + model + " is neither a folder with config.json and weights nor a GGUF file");
        }
        NeuronBench.Measured measured;
        try (NDManager manager = Backend.manager("cpu");
                Transformer transformer = ModelFolder.open(model).load(EnumSet.noneOf(Processing.class), manager)) {
            session.progress().stage("reading and searching neurons", rounds);
            measured = new NeuronBench(
                            manager,
                            transformer,
                            model,
                            ROWS,
                            LENGTH,
                            DRAWS,
                            rounds,
                            Backend.threads(),
                            peer,
                            () -> session.progress().advance(1),
                            session.stop())
                    .run();
        }
        session.progress().done();
        print(measured);
    }

    private void print(NeuronBench.Measured measured) {
        PrintStream text = session.terminal().out();
        text.printf(
                Locale.ROOT,
                "neurons, %d threads; %s, %d neurons; %d x %d tokens, %d rounds, measured in turn; %s%n%n",
                Backend.threads(),
                model.getFileName(),
                measured.neurons(),
                ROWS,
                LENGTH,
                rounds,
                measured.versions());
        Ratio scan = measured.ratio(NeuronBench.SCAN, NeuronBench.SCAN_PEER, 1);
        line(text, "read every neuron", scan);
        text.printf(
                Locale.ROOT,
                "%-44s %10.0f / %.0f tokens per second%n",
                "",
                ROWS * LENGTH / scan.ourSeconds().median(),
                ROWS * LENGTH / scan.theirSeconds().median());
        int labels = NeuronBench.SHARES.size();
        Ratio search = measured.ratio(NeuronBench.LABELS, NeuronBench.LABELS_PEER, 1 / 3.0);
        line(text, "search " + labels + " labels, each with " + DRAWS + " draws", search);
        text.printf(
                Locale.ROOT,
                "%-44s %10.1f / %.1f s for 25 labels%n%n",
                "",
                25.0 / labels * search.ourSeconds().median(),
                25.0 / labels * search.theirSeconds().median());
        text.printf("%-14s %10s %10s %12s %12s%n", "share of label", "auc", "peer", "chance", "peer's draws");
        List<Double> shares = NeuronBench.SHARES;
        for (int l = 0; l < labels; l++) {
            double[] ours = measured.found().get(l);
            double[] theirs = measured.theirs().get(l);
            text.printf(
                    Locale.ROOT,
                    "%-14s %10.5f %10.5f %12.4f %12.4f%n",
                    shares.get(l),
                    ours[1],
                    theirs[1],
                    ours[2],
                    theirs[2]);
        }
    }

    private static void line(PrintStream text, String what, Ratio ratio) {
        text.printf(
                Locale.ROOT,
                "%-44s %7.3f   cpu %6.3f   %8.2f / %8.2f s   goal %.2f %s%n",
                what,
                ratio.ofMedians(),
                ratio.ofMediansCpu(),
                ratio.ourSeconds().median(),
                ratio.theirSeconds().median(),
                ratio.goal(),
                ratio.met() ? "met" : "missed");
    }
}
