package dev.loupe.explain;

import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.Memory;
import dev.loupe.plan.PlanStep;
import dev.loupe.text.Amount;
import dev.loupe.text.VisibleText;
import java.util.Locale;
import java.util.Map;

/** Estimated and actual FLOPs and bytes of each step side by side, with its time. */
public final class AnalyzedText {
    private AnalyzedText() {}

    /** @param actual by step id */
    public static String render(ExecutionPlan plan, Map<Integer, Actual> actual) {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "  %-5s %9s %6s | %10s %10s %7s | %10s %10s | %8s  %s%n",
                "step",
                "time",
                "share",
                "FLOP est",
                "actual",
                "ratio",
                "bytes est",
                "actual",
                "GFLOP/s",
                ""));
        double seconds = actual.values().stream().mapToDouble(Actual::seconds).sum();
        long estimated = 0;
        long made = 0;
        for (PlanStep step : plan.steps()) {
            Actual took = actual.getOrDefault(step.id(), Actual.NOTHING);
            long flops = step.flops();
            estimated += flops;
            made += took.flops();
            String share = String.format(Locale.ROOT, "%.0f %%", 100 * took.seconds() / Math.max(seconds, 1e-9));
            line(out, "#" + step.id(), took, share, flops, bytes(step), VisibleText.line(step.describe()) + part(step));
        }
        line(out, "all", new Actual(seconds, made, 0), "", estimated, 0, "");
        return out.toString();
    }

    private static void line(
            StringBuilder out, String name, Actual took, String share, long flops, long bytes, String what) {
        boolean works = flops > 0 || took.flops() > 0;
        String text = String.format(
                Locale.ROOT,
                "  %-5s %9s %6s | %10s %10s %7s | %10s %10s | %8s  %s",
                name,
                time(took.seconds()),
                share,
                works ? Amount.of(flops, "") : "",
                works ? Amount.of(took.flops(), "") : "",
                flops > 0 ? String.format(Locale.ROOT, "%.3f", took.flops() / (double) flops) : "",
                bytes > 0 ? Amount.of(bytes, "B") : "",
                took.bytes() > 0 ? Amount.of(took.bytes(), "B") : "",
                works ? String.format(Locale.ROOT, "%.1f", took.flops() / 1e9 / Math.max(took.seconds(), 1e-9)) : "",
                what);
        out.append(text.stripTrailing()).append('\n');
    }

    private static long bytes(PlanStep step) {
        return step instanceof Forward forward ? Memory.batch(forward) : 0;
    }

    private static String part(PlanStep step) {
        return step instanceof Forward f ? ", layers " + f.startLayer() + ".." + (f.stopLayer() - 1) : "";
    }

    private static String time(double seconds) {
        return seconds == 0
                ? ""
                : seconds < 1
                        ? String.format(Locale.ROOT, "%.1f ms", 1e3 * seconds)
                        : String.format(Locale.ROOT, "%.2f s", seconds);
    }
}
