package dev.loupe.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.schema.compose.Dependents;
import dev.loupe.schema.compose.SpecComposition;
import dev.loupe.schema.problem.Problem;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.yaml.YamlLoader;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostileYamlTest {

    private static final String SEED_TEXT = """
            # a spec
            loupe: 1
            id: "6.20"
            model: {card: toy, seeds: [0, 1]}
            dataset:
              repeats: &r {generator: repeated-tokens, period: 5..12, rows: 256, seed: 1}
              other: *r
            metric: {loss: {at: second-half, scale: 1e-4}}
            intervention: {ablate: attn.z, over: [layer, head], with: mean}
            claims:
              - say: >
                  folded
                above: 0.6
              - {say: 'it''s', below: -.5}
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a: 1\\na: 2                 | f:2:1 error[duplicate-key] the key `a` is already on line 1
                    a: {b: 1, c: 2, b: 3}       | f:1:17 error[duplicate-key] the key `b` is already on line 1
                    a: 1\\n---\\nb: 2           | f:2:1 error[many-documents] a second document starts here; a file must contain one document
                    a:\\n\\tb: 1                | f:2:1 error[syntax] a tab cannot indent; write spaces
                    a: !!java.net.URL x         | f:1:4 error[tag] the tag tag:yaml.org,2002:java.net.URL is not allowed: no YAML tag is
                    a: *b                       | f:1:4 error[alias] the alias *b names no finished anchor before it
                    a: &b [*b]                  | f:1:8 error[alias] the alias *b names no finished anchor before it
                    ? [a]\\n: b                 | f:1:3 error[syntax] a list or mapping cannot be a key
                    ~: b                        | f:1:1 error[syntax] a key is missing before the colon, or is null; quote it if meant
                    \\n# nothing                | f:1:1 error[empty] the document is empty
                    a: "\\\\0"                  | f:1:4 error[control-character] the text contains an escaped NUL or half of a surrogate pair
                    a: "\\\\uD800"              | f:1:4 error[control-character] the text contains an escaped NUL or half of a surrogate pair
                    a: b\\u0000                 | f:1:5 error[control-character] the character U+0000 is not allowed in YAML; write it as an escape in double quotes
                    """)
    void refusesWithAPlace(String yaml, String expected) {
        String text = yaml.replace("\\u0000", "\0")
                .replace("\\\\", "\u0001")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\u0001", "\\");
        Problems problems = new Problems();
        YamlLoader.parse(text, "f", problems);
        assertThat(problems.toString()).isEqualTo(expected);
    }

    @Test
    void answersQuicklyToInputThatIsMadeToBeSlow() {
        String laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
        String chain = "b0: &b0 " + "[".repeat(30) + "]".repeat(30) + "\n";
        StringBuilder laughing = new StringBuilder(laughs);
        StringBuilder deep = new StringBuilder(chain);
        for (int i = 1; i < 12; i++) {
            String last = "*a" + (i - 1);
            laughing.append("a" + i + ": &a" + i + " [" + String.join(", ", Collections.nCopies(10, last)) + "]\n");
            deep.append("b" + i + ": &b" + i + " " + "[".repeat(9) + "*b" + (i - 1) + "]".repeat(9) + "\n");
        }
        refuses(laughing.toString(), "too-large");
        refuses(deep.toString(), "too-deep");
        refuses("[".repeat(10_000_000), "too-large");
        refuses("[".repeat(4_000_000), "too-deep");
        refuses("[\n".repeat(2_000_000), "too-deep");
        refuses("{".repeat(4_000_000), "syntax");
        refuses("{a: ".repeat(1_000_000), "too-deep");
        refuses("- ".repeat(2_000_000), "too-deep");
        refuses("? ".repeat(2_000_000), "syntax");
        refuses("a: ".repeat(1_000_000), "syntax");
        refuses("x,".repeat(1_500_000) + "\n: 1", "syntax");
        refuses("[" + "1,".repeat(1_500_000) + "]", "too-large");
        refuses("\"" + "\\x".repeat(1_000_000), "syntax");
        refuses("&a ".repeat(1_000_000), "syntax");
        refuses("%YAML 99999999999.1\n---\na: 1", "syntax");
        refuses("%YAML 2.0\n---\na: 1", "syntax");
        refuses("a: b\n".repeat(100_000), "duplicate-key");
        refuses("a: |99\n  x", "syntax");
        refuses("'" + "\n".repeat(3_000_000), "syntax");
        refuses("#".repeat(4_000_000), "empty");
        refuses("a: " + "9".repeat(3_000_000) + "\nb: [", "syntax");
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        Problems problems = new Problems();
        byte[] bytes = "a: 1\nb: é\nc: x\n".getBytes(StandardCharsets.ISO_8859_1);
        YamlLoader.load(bytes, "f", problems);
        assertThat(problems.toString()).isEqualTo("f:2:4 error[encoding] the bytes here are not UTF-8");
        Problems cut = new Problems();
        YamlLoader.load(new byte[] {'a', (byte) 0xC3}, "f", cut);
        assertThat(cut.toString()).contains("error[encoding]");
    }

    @Test
    void readsYaml12() {
        YamlMap map =
                (YamlMap) YamlTree.parse("\uFEFFa: no\nb: 1e-4\nc: 012\nd: yes\ne: 12:30:45\nf: 0o7\ng: \"1\"\n", "f");
        assertThat(map.entries().values())
                .extracting(entry -> ((YamlScalar) entry.value()).kind())
                .containsExactly(
                        YamlScalar.Kind.TEXT,
                        YamlScalar.Kind.NUMBER,
                        YamlScalar.Kind.INTEGER,
                        YamlScalar.Kind.TEXT,
                        YamlScalar.Kind.TEXT,
                        YamlScalar.Kind.INTEGER,
                        YamlScalar.Kind.TEXT);
    }

    /** Whatever a text becomes by cutting, swapping and inserting, it is bound or refused, and never anything else. */
    @Test
    void mutatedSpecsAreBoundOrRefused() {
        Random random = new Random(1);
        int bound = 0;
        int refused = 0;
        for (int i = 0; i < 1500; i++) {
            String text = mutate(SEED_TEXT, random);
            Problems problems = new Problems();
            YamlTree tree = YamlLoader.load(text.getBytes(StandardCharsets.UTF_8), "f", problems);
            if (tree instanceof YamlMap map && problems.isEmpty()) {
                YamlMap composed =
                        new SpecComposition(Lab.class, Dependents.NONE).compose(map, null, List.of(), problems);
                if (composed != null && Binder.bind(composed, Lab.class, problems) != null && problems.isEmpty()) {
                    bound++;
                    continue;
                }
            }
            refused++;
            boolean explained = !problems.isEmpty() || tree != null && !(tree instanceof YamlMap);
            assertThat(explained).as(text).isTrue();
            assertThat(problems.sorted())
                    .allMatch(p -> p.mark().line() >= 1 && p.mark().column() >= 1);
        }
        assertThat(bound).isGreaterThan(100);
        assertThat(refused).isGreaterThan(500);
    }

    private static String mutate(String text, Random random) {
        String[] pieces = {
            "{",
            "}",
            "[",
            "]",
            ": ",
            "\n",
            "  ",
            "- ",
            "&r ",
            "*r",
            "!!x ",
            "|",
            ">",
            "'",
            "\"",
            "\t",
            "#",
            "%",
            "\0",
            "~",
            "null",
            "1e999",
            "é",
            "\uD83D\uDE00",
            "extends: repeats",
            "generator",
            "---\n",
            "...\n",
            "?",
            ",",
            "\\",
            "<<: *r\n",
            "\r",
            "\uFEFF",
            "0x"
        };
        StringBuilder changed = new StringBuilder(text);
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int from = random.nextInt(changed.length() + 1);
            int to = Math.min(changed.length(), from + random.nextInt(6));
            switch (random.nextInt(4)) {
                case 0 -> changed.delete(from, to);
                case 1 -> changed.insert(from, pieces[random.nextInt(pieces.length)]);
                case 2 -> changed.replace(from, to, pieces[random.nextInt(pieces.length)]);
                default -> changed.insert(random.nextInt(changed.length() + 1), changed.substring(from, to));
            }
        }
        return changed.toString();
    }

    private static void refuses(String yaml, String code) {
        Problems problems = new Problems();
        Assertions.assertTimeoutPreemptively(
                Duration.ofMinutes(3), () -> YamlLoader.load(yaml.getBytes(StandardCharsets.UTF_8), "f", problems));
        String shown = yaml.substring(0, Math.min(40, yaml.length()));
        assertThat(problems.sorted()).as(shown).extracting(Problem::code).contains(code);
    }
}
