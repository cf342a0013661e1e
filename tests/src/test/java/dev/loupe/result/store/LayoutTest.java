package dev.loupe.result.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.AttentionPatterns;
import dev.loupe.result.Axis;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.Figure;
import dev.loupe.result.Interval;
import dev.loupe.result.Limits;
import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.Prompt;
import dev.loupe.result.Provenance;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.Setting;
import dev.loupe.result.Side;
import dev.loupe.result.TokenRankings;
import dev.loupe.result.TokenText;
import dev.loupe.result.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What results.json looks like to other programs, byte for byte: the files stay readable for years. */
class LayoutTest {
    @TempDir
    Path folder;

    @Test
    void theLayoutIsThatOfTheStoredExample() throws IOException {
        new ResultStore().write(folder, example());
        assertThat(Files.readString(folder.resolve(ResultStore.JSON))).isEqualTo(stored("layout-2.json"));
    }

    @Test
    void theFirstLayoutIsRead() throws IOException {
        Files.writeString(folder.resolve(ResultStore.JSON), stored("layout-1.json"));
        RunResult run = new ResultStore().read(folder);
        assertThat(run.verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(run.claims().get(0).deciding().low()).isEqualTo(.86);
        Quantity quantity = (Quantity) run.artifacts().get(0);
        assertThat(quantity.setting()).isEqualTo(new Setting("m", "d", "", "", List.of(), List.of()));
        assertThat(quantity.chance()).isEqualTo(new NullBand("draws", new double[] {.5, Double.NaN}, Side.HIGHER));
        assertThat(run.provenance().secondsPerStage()).containsExactly(Map.entry("run", .5));
    }

    /** Nothing was claimed, so nothing holds. */
    @Test
    void withoutClaimsThereIsNoVerdict() throws IOException {
        RunResult made = example();
        RunResult without = new RunResult(
                made.id(),
                made.title(),
                made.question(),
                made.variant(),
                made.answer(),
                List.of(),
                made.artifacts(),
                made.provenance(),
                made.resolvedSpec(),
                made.defaults(),
                made.notes(),
                made.explain(),
                made.extra());
        new ResultStore().write(folder, without);
        assertThat(Files.readString(folder.resolve(ResultStore.JSON))).contains("\"verdict\" : null");
        assertThat(new ResultStore().read(folder).claims()).isEmpty();
    }

    private static String stored(String name) throws IOException {
        try (var in = Objects.requireNonNull(LayoutTest.class.getResourceAsStream("/results/" + name))) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    static RunResult example() {
        Prompt prompt = new Prompt("clean", List.of("a", "\u00e9"), names("S2", 1, "END", 0));
        Setting setting = new Setting(
                "m", "d", "loss at END", "loss", List.of("cut"), List.of("L1H0.q"), "no row has it", List.of(prompt));
        List<Axis> axes = List.of(Axis.counted("head", 3));
        NamedArray low = new NamedArray(axes, new double[] {-1e-12, .25, Double.NaN});
        Quantity quantity = new Quantity(
                "scores.IND",
                "Scores",
                "doc <b>",
                Figure.AUTO,
                "nats",
                new NamedArray(axes, new double[] {1, -.0, Double.NEGATIVE_INFINITY}),
                new Interval(low, low, .95, "bootstrap", 9),
                new NullBand("draws", new double[] {.5, .25}, Side.BOTH),
                setting);
        Quantity alone = new Quantity("n", "t", "d", Figure.NUMBER, "", NamedArray.scalar(2), null, null);
        NamedArray pattern = new NamedArray(
                List.of(Axis.counted("head", 1), Axis.counted("query", 1), Axis.counted("key", 1)), new double[] {1});
        TokenText.Token token = new TokenText.Token(
                "a", 7, Double.NaN, -.5, List.of(new TokenText.Guess("b", .75), new TokenText.Guess("c", 1e-7)));
        TokenRankings.Group group = new TokenRankings.Group(
                "highest", List.of(new TokenRankings.Entry(3, "x", List.of(1.5, Double.POSITIVE_INFINITY))));
        ClaimResult claim = new ClaimResult(
                "it holds",
                new Limits(.6, null),
                "bound",
                1,
                .99,
                List.of(
                        new ClaimResult.Part("seed 0", Verdict.UNDECIDED, Double.NaN, Double.NaN, Double.NaN, null),
                        new ClaimResult.Part("seed 1", Verdict.HOLDS, .87, .86, .88, "L1H2")),
                null);
        return new RunResult(
                "1",
                "t",
                "q",
                "",
                "a",
                List.of(claim),
                List.of(
                        quantity,
                        alone,
                        new AttentionPatterns(
                                "patterns",
                                "t",
                                "d",
                                List.of("L0H0"),
                                List.of(new AttentionPatterns.Example(List.of("a"), pattern))),
                        new TokenText(
                                "text", "t", "d", "loss, nats", List.of(new TokenText.Passage("p", List.of(token)))),
                        new TokenRankings(
                                "ranks",
                                "t",
                                "d",
                                "logits",
                                List.of("clean", "patched"),
                                List.of(new TokenRankings.Ranking("row 0", List.of(prompt), List.of(group))))),
                new Provenance(
                        "i",
                        names("weights/b", "2", "spec", "1"),
                        names("seed.b", 2L, "seed.a", 1L),
                        List.of("m"),
                        List.of(),
                        names("loupe", "0", "java", "17"),
                        "c",
                        "cpu",
                        "float32",
                        names("run", .5, "plan", .25),
                        12,
                        "2024",
                        "loupe run"),
                "a: 1\n",
                List.of("a"),
                "notes",
                "plan",
                names("notice n", "z", "a", "y"));
    }

    /** Not in the order of the names. */
    private static <T> Map<String, T> names(String first, T one, String second, T two) {
        Map<String, T> map = new LinkedHashMap<>();
        map.put(first, one);
        map.put(second, two);
        return map;
    }
}
