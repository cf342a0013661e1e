package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.execute.request.RunRequest;
import dev.loupe.model.forward.Precision;
import dev.loupe.optimize.PlanOptimizer;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.SpecFile;
import dev.loupe.resolve.Specs;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.result.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spec that is changed after its run computes what is new and reads the rest. */
class ReuseTest {
    private static final String SPEC = """
            loupe: 1
            model: {plant: heads}
            dataset: {generator: repeated-tokens, period: 4..9, length: 30, rows: 40, seed: 3}
            intervention: {ablate: attn.z, over: [layer, head], with: {mean: {of: default}}}
            metric: {l: loss, a: accuracy}
            measure:
              m: {apply: default, read: l, interval: {resamples: 100}}
              s: {head-scores: [PREV], interval: {resamples: 100}}
            """;
    private static final String MORE = SPEC + "  n: {apply: default, read: a, interval: {resamples: 100}}\n";

    @TempDir
    Path folder;

    private SpecFile.Checked spec(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("spec.yaml"), yaml);
        return new SpecFile(file, folder, null, List.of(), new ModelCatalog(List.of(Specs.HOME.resolve("models"))))
                .check();
    }

    private RunResult run(String yaml, String out, boolean fresh, long keep) throws IOException {
        RunRequest request = new RunRequest(
                folder.resolve(out), folder.resolve("cache"), "cpu", Precision.F32, fresh, "", "", keep, null);
        return new ExperimentRun(spec(yaml), "", request, Progress.silent(), new StopSignal())
                .run()
                .result();
    }

    private String told(String yaml) throws IOException {
        SpecFile.Checked checked = spec(yaml);
        ExecutionPlan plan = PlanOptimizer.optimize(checked.whole().plan()).plan();
        return Reuse.of(checked.experiment(), plan, folder.resolve("out"), folder.resolve("cache"));
    }

    private long size(String out) throws IOException {
        Path kept = folder.resolve("." + out + ".work");
        if (!Files.exists(kept)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(kept)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(f -> f.toFile().length())
                    .sum();
        }
    }

    @Test
    void anotherMeasurementLeavesTheFinishedOnesAsTheyAre() throws IOException {
        assertThat(told(MORE)).contains("no values of an earlier run can be reused");
        run(SPEC, "out", false, RunRequest.USUAL_LIMIT);
        assertThat(told(SPEC)).contains("reused instead of computed: the values of");
        assertThat(told(MORE)).contains("reused instead of computed: the value").contains("forward passes");

        RunResult added = run(MORE, "out", false, RunRequest.USUAL_LIMIT);
        RunResult alone = run(MORE, "alone", true, RunRequest.USUAL_LIMIT);
        for (String name : List.of("m", "s", "n")) {
            assertThat(Laboratory.numbers(added, name)).isEqualTo(Laboratory.numbers(alone, name));
        }
    }

    /** What is read of the unedited run besides changes nothing of the sweep that begins with it. */
    @Test
    void aMetricOfTheUneditedRunLeavesTheSweepAsItIs() throws IOException {
        String sweep = SPEC.replace("with: {mean: {of: default}}}", "with: {mean: {of: default}}, layers: [1]}");
        run(sweep, "out", false, RunRequest.USUAL_LIMIT);
        String before = told(sweep);
        assertThat(before).contains("the values of #");
        String more = sweep + "  e: {evaluate: [a], interval: {resamples: 100}}\n";
        assertThat(told(more).split("#", -1)).hasSameSizeAs(before.split("#", -1));

        RunResult added = run(more, "out", false, RunRequest.USUAL_LIMIT);
        RunResult alone = run(more, "alone", true, RunRequest.USUAL_LIMIT);
        assertThat(Laboratory.numbers(added, "m")).isEqualTo(Laboratory.numbers(alone, "m"));
        assertThat(Laboratory.numbers(added, "s")).isEqualTo(Laboratory.numbers(alone, "s"));
    }

    @Test
    void noMoreStaysThanTheLimit() throws IOException {
        run(SPEC, "out", false, RunRequest.USUAL_LIMIT);
        long all = size("out");
        assertThat(all).isPositive();
        run(SPEC, "some", false, all / 2);
        assertThat(size("some")).isLessThanOrEqualTo(all / 2);
        run(SPEC, "none", false, 0);
        assertThat(folder.resolve(".none.work")).doesNotExist();
    }
}
