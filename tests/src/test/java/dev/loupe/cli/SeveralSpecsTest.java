package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.resolve.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several specs in one command: the sound ones run, a table closes, the worst decides how it ends. */
class SeveralSpecsTest {
    private static final String SPEC = """
            loupe: 1
            question: Are there planted induction heads?
            model: {plant: heads, vocabulary: 16, context: 32}
            dataset: {generator: repeated-tokens, period: 4..7, length: 16, bos: 15, rows: 8, seed: 45}
            measure: {s: {head-scores: [IND]}}
            """;

    private static final String CLAIM = "claims: [{say: a head, that: {max: s.IND}, above: LIMIT}]\n";

    @TempDir
    Path folder;

    private String good;
    private String failing;
    private String broken;
    private String unknown;

    @BeforeEach
    void write() throws IOException {
        good = file("good.yaml", SPEC + CLAIM.replace("LIMIT", "0.5"));
        failing = file("failing.yaml", SPEC + CLAIM.replace("LIMIT", "2"));
        broken = file("broken.yaml", "loupe: 1\nmodle: x\n");
        unknown = file("unknown.yaml", SPEC.replace("{plant: heads, vocabulary: 16, context: 32}", "{card: nobody}"));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private Spoken run(String... specs) {
        String[] words = new String[specs.length + 3];
        words[0] = "run";
        words[1] = "--out";
        words[2] = folder.resolve("runs").toString();
        System.arraycopy(specs, 0, words, 3, specs.length);
        return Spoken.of(words);
    }

    @Test
    void theSoundOnesRunAndATableCloses() {
        Spoken spoken = run(broken, good, unknown, failing);

        assertThat(spoken.exit()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(spoken.out()).contains("== 1 of 2 " + good, "== 2 of 2 " + failing, "  HOLDS      a head: ");
        String table = spoken.out().substring(spoken.out().indexOf("spec "));
        assertThat(table.lines()
                        .map(line -> line.replaceAll(" {2,}[0-9.]+ s\\b", ""))
                        .map(line -> line.replaceAll("\\s+", " ").strip()))
                .containsExactly(
                        "spec result time page",
                        broken + " was not run",
                        good + " 1 HOLDS " + folder.resolve("runs/good/report.html"),
                        unknown + " was not run",
                        failing + " 1 REFUTED " + folder.resolve("runs/failing/report.html"),
                        "all 4");
        assertThat(spoken.err())
                .contains(broken + ":\n" + broken + ":", broken + ":2:1 error[unknown-key]", unknown + ":\n");
    }

    @Test
    void aFailingClaimIsTheWorstWhereAllRun() {
        assertThat(run(good, failing).exit()).isEqualTo(ExitCode.CLAIM_REFUTED);
        assertThat(run(good).out()).doesNotContain("1 of 1", "spec  ");
    }

    @Test
    void aFolderMeansAllSpecsInItAndBelow() throws IOException {
        Path specs = Files.createDirectories(folder.resolve("specs/below"));
        Files.move(Path.of(good), specs.resolve("good.yml"));
        Files.move(Path.of(failing), specs.resolveSibling("a.yaml"));
        Files.writeString(specs.resolve("notes.md"), "no spec");
        Spoken spoken =
                run(specs.getParent().toString(), specs.resolve("good.yml").toString());
        assertThat(spoken.exit()).isEqualTo(ExitCode.CLAIM_REFUTED);
        assertThat(spoken.out())
                .contains("== 1 of 2 " + specs.resolveSibling("a.yaml"), "== 2 of 2 " + specs.resolve("good.yml"));
        assertThat(Spoken.of("validate", specs.getParent().toString()).out()).contains("2 of 2 files are valid");
    }

    @Test
    void specsWhoseModelsAreNotHereAreSkippedWhereThatIsAsked() throws IOException {
        String hub = file("hub.yaml", SPEC.replace("{plant: heads, vocabulary: 16, context: 32}", "attn-only-2l"));
        Path cache = Files.createDirectories(folder.resolve("cache"));
        Spoken spoken = Spoken.with(
                100,
                Map.of("HF_HUB_CACHE", cache.toString(), "HF_HUB_OFFLINE", "1"),
                "run",
                "--skip-missing",
                "--out",
                folder.resolve("runs").toString(),
                hub,
                good);
        assertThat(spoken.exit()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(spoken.out())
                .containsPattern("hub.yaml +skipped: attn-only-2l is missing")
                .containsPattern("good.yaml +1 HOLDS");
        assertThat(spoken.err()).isEmpty();
    }

    @Test
    void aModelThatNobodyHereKnowsIsSkippedTooButNeitherASlipNorAMistakeBesideIt() throws IOException {
        String planted = "{plant: heads, vocabulary: 16, context: 32}";
        String absent = file("absent.yaml", SPEC.replace(planted, "stories-of-others"));
        String slip = file("slip.yaml", SPEC.replace(planted, "inductoin-2l"));
        String both =
                file("both.yaml", SPEC.replace(planted, "stories-of-others").replace("rows:", "rosw:"));
        Spoken spoken = run("--skip-missing", absent, slip, both, good);
        assertThat(spoken.exit()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(spoken.out())
                .containsPattern("absent.yaml +skipped: stories-of-others is missing")
                .containsPattern("slip.yaml +was not run")
                .containsPattern("both.yaml +was not run")
                .containsPattern("good.yaml +1 HOLDS");
        assertThat(spoken.err()).contains("did you mean `induction-2l`?", "rosw");
        assertThat(run("--skip-missing", absent, good).exit()).isEqualTo(ExitCode.CLAIMS_HOLD);
    }

    /** A folder of the name that holds no model is here, so that nothing is skipped. */
    @Test
    void aFolderThatIsNoModelIsAnErrorAndNotAMissingModel() throws IOException {
        Path adapter = Files.createDirectories(folder.resolve("models/tuned-by-others"));
        Files.writeString(adapter.resolve("adapter_config.json"), "{}");
        String spec =
                file("adapter.yaml", SPEC.replace("{plant: heads, vocabulary: 16, context: 32}", "tuned-by-others"));
        Spoken spoken =
                run("--skip-missing", "--models", folder.resolve("models").toString(), spec, good);
        assertThat(spoken.exit()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(spoken.err()).contains("no model in " + adapter, "merge_and_unload of peft");
    }

    @Test
    void validateAndExplainTakeSeveral() {
        Spoken checked = Spoken.of("validate", good, broken, failing);
        assertThat(checked.exit()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(checked.out()).contains(good + ": ok", failing + ": ok", "2 of 3 files are valid");

        Spoken plans = Spoken.of("explain", good, broken, failing);
        assertThat(plans.exit()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(plans.out()).contains("== 1 of 3 " + good, "== 3 of 3 " + failing);
    }

    /** A card is no spec, but it is checked as what it is. */
    @Test
    void validateReadsCardsToo() throws IOException {
        String card = """
                card: trained
                title: mine
                architecture: {transformer: {n_layers: 1, d_model: 8, n_heads: 2, n_ctx: 16, d_vocab: 17, attn_only: true}}
                recipe:
                  data: {generator: repeated-tokens, period: 3..6, length: 16, offset: random, bos: 16}
                  batch: 4
                  steps: 2
                  optimizer: {kind: adam, learning-rate: 1.0e-3}
                  seeds: [0]
                """;
        String sound = file("mine.yaml", card);
        Spoken checked = Spoken.of("validate", sound, good);
        assertThat(checked.exit()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(checked.out()).contains(sound + ": ok, the card `mine`", "2 of 2 files are valid");

        // Those that are shipped name the version of the language, as specs do.
        String shipped = Specs.HOME.resolve("models/induction-2l/card.yaml").toString();
        assertThat(Spoken.of("validate", shipped).out()).contains(shipped + ": ok, the card `induction-2l`");
        assertThat(run(shipped).err()).contains(shipped + " is a card, not a spec", "`model: {card: induction-2l}`");

        String wrong = file("wrong.yaml", card.replace("batch", "bach").replace("adam,", "adamm,"));
        Spoken refused = Spoken.of("validate", wrong);
        assertThat(refused.exit()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(refused.err())
                .contains(wrong + ":6:3", "did you mean `batch`?", wrong + ":8:21", "did you mean `adam`?")
                .doesNotContain("experiment-spec");

        Spoken run = run(sound);
        assertThat(run.exit()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(run.err()).contains(sound + " is a card, not a spec", "`model: {card: mine}`");
    }

    @Test
    void theWorstDecides() {
        assertThat(ExitCode.CLAIM_REFUTED.worse(ExitCode.CLAIMS_HOLD)).isEqualTo(ExitCode.CLAIM_REFUTED);
        assertThat(ExitCode.CLAIM_REFUTED.worse(ExitCode.INPUT_WRONG)).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(ExitCode.SURROUNDINGS_FAIL.worse(ExitCode.INPUT_WRONG)).isEqualTo(ExitCode.SURROUNDINGS_FAIL);
        assertThat(ExitCode.OUR_FAULT.worse(ExitCode.SURROUNDINGS_FAIL)).isEqualTo(ExitCode.OUR_FAULT);
        for (ExitCode exit : ExitCode.values()) {
            assertThat(exit.worse(ExitCode.CLAIMS_HOLD)).isEqualTo(exit);
        }
    }

    @Test
    void aRunWithoutClaimsShowsWhatItMeasured() throws IOException {
        Spoken spoken = run(file("plain.yaml", SPEC));
        assertThat(spoken.exit()).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(spoken.out())
                .contains("The spec has no claims. Measured:\n  s")
                .containsPattern("s(\\.IND)?  -?[0-9.e-]+ to [0-9.]+");
    }

    @Test
    void linesBreakBetweenWords() throws IOException {
        String long80 = "Are there heads that look back to the token after the last occurrence of the current token, "
                + "and how often do they look there rather than to the first token of the row?";
        String spec = file(
                "long.yaml",
                SPEC.replace("Are there planted induction heads?", long80)
                        + CLAIM.replace("LIMIT", "0.5").replace("a head", "\"" + long80 + "\""));
        for (int columns : new int[] {60, 80, 120}) {
            Spoken spoken = Spoken.with(columns, java.util.Map.of(), "run", "--out", folder + "/r", "--fresh", spec);
            assertThat(spoken.out().lines().filter(line -> !line.startsWith("Report: ")))
                    .allMatch(line -> line.length() <= columns);
            assertThat(spoken.out().replaceAll("\\s+", " ")).contains("Question " + long80, "HOLDS " + long80);
        }
    }

    @Test
    void aMissingFolderOfModelsIsSaid() {
        Spoken spoken = Spoken.with(100, java.util.Map.of("LOUPE_MODELS", "/no/such/folder"), "validate", unknown);
        assertThat(spoken.err()).contains("LOUPE_MODELS names /no/such/folder, which does not exist");
        assertThat(spoken.exit()).isEqualTo(ExitCode.INPUT_WRONG);
    }

    @Test
    void anEmptyPathIsRefused() {
        Spoken spoken = Spoken.of("run", "--out", "", good);
        assertThat(spoken.exit()).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(spoken.err()).startsWith("loupe: --out DIR: the path is empty");
    }
}
