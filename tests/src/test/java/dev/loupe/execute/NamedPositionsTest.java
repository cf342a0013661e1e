package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.execute.request.RunRequest;
import dev.loupe.progress.SilentProgress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.SpecFile;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.tensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of positions that the spec gives by number, in metrics, edits and analyses, also of counterparts. */
class NamedPositionsTest {
    private static final Path PARITY = Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/parity");

    @TempDir
    Path folder;

    @Test
    void theyStandWhereTheDatasetsOwnNamesDo() throws IOException {
        SafetensorsFile out = run("""
                loupe: 1
                model: tl-relu-no-norm
                dataset:
                  p: {generator: tokens, ids: [[1, 2, 3]], corrupted: [[5, 6, 3]], answer: [7], wrong: [8], positions: {mid: 0..1, one: 0, again: -3, two: 1, rest: 0.., last: -1}}
                metric:
                  ld: logit-difference
                  mid: {loss: {at: mid}}
                  one: {loss: {at: one}}
                  two: {loss: {at: two}}
                  rest: {loss: {at: rest}}
                  all: {loss: {at: everywhere}}
                  answer: {loss: {at: answer}}
                  last: {loss: {at: last}}
                  end: {logit-difference: {at: END}}
                  end-last: {logit-difference: {at: last}}
                intervention:
                  mid: {patch: resid_pre, from: corrupted, at: mid, layers: [0]}
                  both: {patch: resid_pre, from: corrupted, at: [one, two], layers: [0]}
                measure:
                  e: {evaluate: [mid, one, two, rest, all, answer, last]}
                  end: {evaluate: [end, end-last]}
                  patched: {apply: mid, read: ld}
                  twice: {apply: both, read: ld}
                  looks: {attention-to: [one, again], from: last}
                """);
        assertThat(value(out, "e.mid")).isCloseTo((value(out, "e.one") + value(out, "e.two")) / 2, within(1e-5f));
        assertThat(value(out, "e.one")).isNotCloseTo(value(out, "e.two"), within(1e-3f));
        // The answer is predicted after the last token.
        assertThat(value(out, "e.answer")).isEqualTo(value(out, "e.last"));
        assertThat(value(out, "e.rest")).isEqualTo(value(out, "e.all"));
        assertThat(value(out, "end.end")).isEqualTo(value(out, "end.end-last"));
        assertThat(value(out, "patched")).isEqualTo(value(out, "twice"));
        assertThat(value(out, "patched")).isNotCloseTo(value(out, "end.end"), within(1e-3f));
        assertThat(out.tensor("looks.one").floats())
                .isEqualTo(out.tensor("looks.again").floats());
    }

    /** Nothing follows the last position, but what the model expects there can be read, in a class as by itself. */
    @Test
    void answersAreReadAtEveryPositionOfAClassAndLossesWhereSomethingFollows() throws IOException {
        List<String> answers = List.of(
                "probability: {answer: {ids: [5, 6]}",
                "log-probability: {answer: {ids: [5, 6]}",
                "probability-difference: {answer: {ids: [5]}, wrong: {ids: [7, 8]}",
                "logit-difference: {answers: mean, answer: {ids: [5]}, wrong: {ids: [7, 8]}",
                "preference: {answers: max, answer: {ids: [5]}, wrong: {ids: [7, 8]}",
                "set-error: {answer: {ids: [5, 6]}");
        StringBuilder metrics = new StringBuilder("metric:\n");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            for (String at : List.of("tail", "before", "last", "everywhere", "head")) {
                names.add(at + i);
                metrics.append("  %s: {%s, at: %s}}%n".formatted(at + i, answers.get(i), at));
            }
        }
        SafetensorsFile out = run("""
                loupe: 1
                model: tl-relu-no-norm
                dataset: {generator: tokens, ids: [[1, 2, 3], [4, 8, 2]], positions: {tail: -2..-1, head: 0, before: -2, last: -1}}
                """ + metrics + """
                  loss: {loss: {at: tail}}
                  loss-before: {loss: {at: before}}
                measure:
                  e: {evaluate: [%s, loss, loss-before]}
                """.formatted(String.join(", ", names)));
        for (int i = 0; i < answers.size(); i++) {
            float tail = value(out, "e.tail" + i);
            assertThat(tail)
                    .as(answers.get(i))
                    .isCloseTo((value(out, "e.before" + i) + value(out, "e.last" + i)) / 2, within(1e-5f));
            assertThat(value(out, "e.everywhere" + i))
                    .as(answers.get(i))
                    .isCloseTo((2 * tail + value(out, "e.head" + i)) / 3, within(1e-5f));
        }
        assertThat(value(out, "e.tail0")).isNotCloseTo(value(out, "e.before0"), within(1e-3f));
        assertThat(value(out, "e.loss")).isCloseTo(value(out, "e.loss-before"), within(1e-6f));
    }

    @Test
    void whatCannotBeNamedIsToldAtItsPlace() {
        assertThatThrownBy(() -> run("""
                loupe: 1
                model: tl-relu-no-norm
                dataset: {generator: tokens, ids: [[1, 2, 3]], positions: {END: 0, far: 2..3}}
                metric: {l: {loss: {at: everywhere}}}
                """))
                .isInstanceOfSatisfying(
                        SpecException.class,
                        e -> assertThat(e.problems()).singleElement().satisfies(p -> {
                            assertThat(p.mark().line()).isEqualTo(3);
                            assertThat(p.message()).contains("`END` already");
                        }));
    }

    private SafetensorsFile run(String text) throws IOException {
        Path spec = Files.writeString(folder.resolve("spec.yaml"), text);
        SpecFile.Checked checked =
                new SpecFile(spec, folder, null, List.of(), new ModelCatalog(List.of(PARITY))).check();
        RunRequest request = new RunRequest(folder.resolve("out"), folder.resolve("cache"), "cpu", true, "", "");
        new ExperimentRun(checked, "", request, SilentProgress.INSTANCE, new StopSignal()).run();
        return SafetensorsFile.open(folder.resolve("out/results.safetensors"));
    }

    private static float value(SafetensorsFile out, String name) {
        return out.tensor(name).floats()[0];
    }
}
