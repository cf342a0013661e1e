package dev.loupe.report.training;

import dev.loupe.report.section.Section;
import dev.loupe.result.RunResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What comes first in a training, as a part of the page.
 *
 * @param addresses of the figures that draw the curves, by the name of the measurement
 */
public record OnsetSection(OnsetTable table, Map<String, String> addresses) implements Section {
    public static @Nullable OnsetSection of(RunResult run, Map<String, String> addresses) {
        OnsetTable table = OnsetTable.of(run);
        return table == null ? null : new OnsetSection(table, addresses);
    }

    @Override
    public String id() {
        return "onsets";
    }

    @Override
    public String title() {
        return "What comes first";
    }

    @Override
    public String partial() {
        return "onsets";
    }
}
