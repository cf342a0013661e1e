package dev.loupe.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.Artifact;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Provenance;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.Setting;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a finished run says of what is undefined. */
class RunScreenTest {
    private static Quantity number(String name, double value, String why) {
        Setting setting = new Setting("m", "d", "", "", List.of(), List.of(), why, "", List.of("m"), List.of());
        return new Quantity(name, name, "", Figure.AUTO, "", NamedArray.scalar(value), null, null, setting);
    }

    private static String said(Artifact... artifacts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        Provenance provenance =
                new Provenance("", Map.of(), Map.of(), List.of(), List.of(), Map.of(), "", "", "", Map.of(), 0, "", "");
        RunResult result = new RunResult(
                "r", "r", "", "", "", List.of(), List.of(artifacts), provenance, "", List.of(), "", "", Map.of());
        new RunScreen(new Terminal(stream, stream, new WatchedOutput(out), false, false, false, 100))
                .show(result, false, Path.of("page.html"));
        return out.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " ");
    }

    /** One part without a number does not make the whole measurement undefined. */
    @Test
    void onlyThePartsThatAreUndefinedAreNamed() {
        assertThat(said(number("ch.t50", 3, ""), number("ch.dip-step", Double.NaN, "no dip")))
                .contains("NOTE ch.dip-step is undefined: no dip");
    }

    @Test
    void aMeasurementThatIsUndefinedInAllPartsGoesByItsName() {
        assertThat(said(number("ch.t50", Double.NaN, "too small"), number("ch.dip-step", Double.NaN, "no dip")))
                .contains("NOTE ch is undefined: too small")
                .doesNotContain("no dip", "NOTE ch.t50");
    }
}
