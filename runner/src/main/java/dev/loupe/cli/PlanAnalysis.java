package dev.loupe.cli;

import dev.loupe.cli.option.Home;
import dev.loupe.cli.terminal.Session;
import dev.loupe.execute.PlanProfiler;
import dev.loupe.execute.batch.Meter;
import dev.loupe.execute.request.RunRequest;
import dev.loupe.explain.AnalyzedText;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.resolve.SpecFile;
import java.nio.file.Path;

/** Runs a plan to see what each of its steps takes; nothing is stored, and nothing is taken from an earlier run. */
final class PlanAnalysis {
    private PlanAnalysis() {}

    static String of(SpecFile.Checked checked, ExecutionPlan plan, String device, Session session) {
        Path cache = Home.cache(session.environment());
        RunRequest request = new RunRequest(cache, cache, device, true, "", "");
        Meter meter = Meter.on();
        try (PlanProfiler bench = new PlanProfiler(checked, request, session.progress(), session.stop())) {
            bench.run(plan, meter);
        }
        return AnalyzedText.render(plan, meter.taken());
    }
}
