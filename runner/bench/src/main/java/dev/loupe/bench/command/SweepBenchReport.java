package dev.loupe.bench.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.bench.Ratio;
import dev.loupe.bench.ScreenResult;
import dev.loupe.bench.SweepBench;
import dev.loupe.bench.SweepResult;
import dev.loupe.bench.TrainBench;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Version;
import dev.loupe.failure.UserInputException;
import dev.loupe.text.Amount;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code loupe bench sweeps}: measures and prints. */
record SweepBenchReport(
        Session session,
        int rounds,
        @Nullable Path peer,
        Set<String> against,
        Set<String> only,
        boolean rules,
        @Nullable Path folder,
        TrainBench.Watcher watcher) {
    private static final double GOAL = 0.8;

    void run(@Nullable Path out) throws IOException {
        known("--only", only, SweepBench.names());
        known("--against", against, SweepBench.peers());
        if (peer == null && !against.isEmpty()) {
            throw new UserInputException("--against needs --peer, the Python that has the other libraries");
        }
        Path work = folder == null ? Files.createTempDirectory("loupe-sweeps") : Files.createDirectories(folder);
        SweepBench.Measured measured;
        try {
            measured = new SweepBench(work, peer, against, rounds, only, rules, watcher, session.stop()).run();
        } finally {
            if (folder == null) {
                delete(work);
            }
        }
        session.progress().done();
        print(measured);
        if (out != null) {
            write(out, measured);
        }
    }

    private static void known(String option, Set<String> given, List<String> names) {
        for (String name : given) {
            if (!names.contains(name)) {
                throw new UserInputException(option + " \"" + name + "\": there is " + String.join("; ", names));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private PrintStream text() {
        return session.terminal().out();
    }

    private void line(String format, Object... values) {
        text().println(String.format(Locale.ROOT, format, values).stripTrailing());
    }

    private void print(SweepBench.Measured m) {
        line("sweeps over GPT-2-small's shape (12 layers, 12 heads, 768 wide, 50257 tokens), seeded random weights");
        line("8 prompts of 16 tokens; %d rounds, all sides in turn; cpu: by processor time", rounds);
        line(
                "%d threads on each side; load of the machine %.1f at the beginning, %.1f at the end",
                m.threads(), m.loads().get(0), m.loads().get(1));
        line("");
        line("%-34s %10s %10s", "bare forward, no logits", "GFLOP/s", "cpu");
        m.bare().keySet().forEach(b -> line("%-34s %10.1f %10.1f", b + " x 16", m.rate(b, false), m.rate(b, true)));
        line("");
        line(
                "%-34s %8s %22s %8s %9s %8s %8s %7s %7s",
                "sweep", "seconds", "(min .. max)", "cpu s", "FLOP", "peak", "GFLOP/s", "floor", "cpu");
        for (SweepResult sweep : m.sweeps()) {
            row(sweep, m);
        }
        line("floor: share of the exact floor, at the bare forward's best rate; goal %.0f %%", 100 * GOAL);
        if (!m.without().isEmpty()) {
            line("");
            line("%-34s %8s %22s %8s %9s", "heads, a quarter of the layers", "seconds", "", "cpu s", "FLOP");
            m.without().forEach(w -> row(w, m));
        }
        if (!m.screens().isEmpty()) {
            line("");
            line(
                    "%-34s %6s %8s %9s %8s %9s %8s %8s %9s",
                    "screen and exact recheck of 10",
                    "cells",
                    "seconds",
                    "exact",
                    "cheaper",
                    "cpu",
                    "FLOP",
                    "exact",
                    "of top 10");
            m.screens().forEach(this::row);
        }
        line("");
        row(m.cache(), m);
        if (!m.versions().isEmpty()) {
            peers(m);
        }
    }

    private void row(ScreenResult r) {
        line(
                "%-34s %6d %8.2f %9.2f %7.1fx %8.1fx %8s %8s %9d",
                r.name(),
                r.cells(),
                r.seconds(false),
                r.exactSeconds(false),
                r.cheaper(false),
                r.cheaper(true),
                Amount.of((long) r.flops(), "").strip(),
                Amount.of((long) r.exactFlops(), "").strip(),
                r.found());
    }

    private void row(SweepResult r, SweepBench.Measured m) {
        Ratio.Spread wall = r.wall();
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "%-34s %8.2f %22s %8.2f %9s %8s %8.1f",
                r.name(),
                wall.median(),
                String.format(Locale.ROOT, "(%.2f .. %.2f)", wall.min(), wall.max()),
                r.cpu().median(),
                Amount.of((long) r.flops(), "").strip(),
                r.bytes() == 0 ? "" : Amount.of(r.bytes(), "B"),
                r.rate(false)));
        if (r.floor() > 0) {
            out.append(String.format(
                    Locale.ROOT,
                    " %5.0f %% %5.0f %%",
                    100 * r.share(m.best(false), false),
                    100 * r.share(m.best(true), true)));
        }
        line("%s", out);
    }

    private void peers(SweepBench.Measured m) {
        line("");
        line("%s", m.versions());
        m.missing().forEach((name, why) -> line("%s is missing: %s", name, why));
        line("ratio: time of the other library / time of Loupe, by round: median (min .. max)");
        line("%-34s %-26s %9s %9s %22s %22s %9s", "", "peer", "seconds", "cpu s", "ahead", "cpu", "off by");
        for (SweepResult r :
                Stream.concat(m.sweeps().stream(), Stream.of(m.cache())).toList()) {
            r.peers()
                    .forEach((name, samples) -> line(
                            "%-34s %-26s %9.2f %9.2f %22s %22s %9s",
                            r.name(),
                            name,
                            SweepResult.spread(samples, false).median(),
                            SweepResult.spread(samples, true).median(),
                            times(r.ahead(name, false)),
                            times(r.ahead(name, true)),
                            Double.isNaN(r.off()) ? "" : String.format(Locale.ROOT, "%.1e", r.off())));
        }
    }

    private static String times(Ratio.Spread ratio) {
        return String.format(Locale.ROOT, "%.2f (%.2f .. %.2f)", ratio.median(), ratio.min(), ratio.max());
    }

    private void write(Path file, SweepBench.Measured m) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root =
                mapper.createObjectNode().put("loupe", Version.number()).put("rounds", rounds);
        root.put("threads", m.threads());
        m.loads().forEach(root.putArray("load")::add);
        m.missing().forEach(root.putObject("missing")::put);
        root.put("peers", m.versions()).put("best_gflops", m.best(false)).put("best_gflops_cpu", m.best(true));
        ObjectNode all = root.putObject("sweeps");
        for (SweepResult r : Stream.of(m.sweeps(), m.without(), List.of(m.cache()))
                .flatMap(List::stream)
                .toList()) {
            ObjectNode node = all.putObject(r.name());
            node.put("seconds", r.wall().median()).put("seconds_min", r.wall().min());
            node.put("seconds_max", r.wall().max()).put("cpu_seconds", r.cpu().median());
            node.put("flops", r.flops()).put("floor", r.floor()).put("peak_bytes", r.bytes());
            node.put("gflops", r.rate(false)).put("off", r.off());
            ObjectNode peers = node.putObject("peers");
            r.peers()
                    .forEach((name, samples) -> peers.putObject(name)
                            .put("seconds", SweepResult.spread(samples, false).median())
                            .put(
                                    "cpu_seconds",
                                    SweepResult.spread(samples, true).median())
                            .put("ahead", r.ahead(name, false).median())
                            .put("ahead_cpu", r.ahead(name, true).median()));
        }
        ObjectNode screens = root.putObject("screens");
        for (ScreenResult r : m.screens()) {
            screens.putObject(r.name())
                    .put("cells", r.cells())
                    .put("seconds", r.seconds(false))
                    .put("cpu_seconds", r.seconds(true))
                    .put("exact_seconds", r.exactSeconds(false))
                    .put("exact_cpu_seconds", r.exactSeconds(true))
                    .put("flops", r.flops())
                    .put("exact_flops", r.exactFlops())
                    .put("found_of_top_10", r.found());
        }
        MeasuredFile.write(root, file);
    }
}
