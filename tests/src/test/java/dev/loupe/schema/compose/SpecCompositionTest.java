package dev.loupe.schema.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlTree;
import dev.loupe.schema.yaml.YamlWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecCompositionTest {

    /** A document without former keys. */
    private record Anything() {}

    private static final SpecComposition COMPOSITION = new SpecComposition(Anything.class, Dependents.NONE);

    @TempDir
    Path folder;

    private final Problems problems = new Problems();

    @Test
    void mergesFilesVariantAndSetAndKeepsEveryMark() throws IOException {
        write(
                "base.yaml",
                "model: small\ndata: {rows: 4, seed: 1}\nlist: [1, 2]\nvariants: {big: {data: {rows: 400}}}\n");
        write(
                "spec.yaml",
                "extends: base.yaml\ndata: {seed: 2}\nlist: [3]\nvariants: {tiny: {data: {rows: 1}, list: inherit}}");

        YamlMap tree = read("spec.yaml", "big", "data.period=5..12", "model=other");

        assertThat(problems.sorted()).isEmpty();
        assertThat(YamlWriter.write(tree)).isEqualTo("""
                model: other
                data:
                  rows: 400
                  seed: 2
                  period: 5..12
                list: [3]
                """);
        assertThat(mark(tree, "data", "rows")).endsWith("base.yaml:4:31");
        assertThat(mark(tree, "data", "seed")).endsWith("spec.yaml:2:14");
        assertThat(mark(tree, "data", "period")).isEqualTo("--set:1:13");
        assertThat(mark(tree, "model")).isEqualTo("--set:2:7");
        assertThat(YamlWriter.write(read("spec.yaml", "tiny")))
                .contains("rows: 1")
                .contains("list: [3]");
    }

    @Test
    void aVariantTakesKeysAwayByGivingThemNoValue() throws IOException {
        write("spec.yaml", "data: {a: 1, b: {c: 2, d: 3}, e: ~}\nvariants: {less: {data: {a: ~, b: {c: ~}}}}\n");

        assertThat(YamlWriter.write(read("spec.yaml", "less"))).isEqualTo("""
                data:
                  b:
                    d: 3
                  e: null
                """);
        assertThat(problems.sorted()).isEmpty();
    }

    @Test
    void inheritsFromASiblingAfterTheVariantChangedIt() throws IOException {
        write("spec.yaml", """
                data:
                  shifted: {extends: repeats, offset: random}
                  repeats: {rows: 64, with: {seed: 1, bos: true}}
                  twice: {extends: shifted, with: {seed: 2}}
                variants: {small: {data: {repeats: {rows: 2}}}}
                """);

        YamlMap tree = read("spec.yaml", "small");

        assertThat(problems.sorted()).isEmpty();
        assertThat(YamlWriter.write(tree)).isEqualTo("""
                data:
                  shifted:
                    rows: 2
                    with:
                      seed: 1
                      bos: true
                    offset: random
                  repeats:
                    rows: 2
                    with:
                      seed: 1
                      bos: true
                  twice:
                    rows: 2
                    with:
                      seed: 2
                      bos: true
                    offset: random
                """);
    }

    @Test
    void saysWhatIsWrongWithExtends() throws IOException {
        write(
                "a.yaml",
                "extends: b.yaml\ndata: {x: {extends: y}, z: {extends: zz}, zzz: {extends: zzz}, s: 1, t: {extends: s}}\n");
        write("b.yaml", "extends: a.yaml\n");

        read("a.yaml", null);

        assertThat(problems.sorted())
                .extracting(p -> p.toString().replace(folder + "/", ""))
                .containsExactly(
                        "a.yaml:2:21 error[bad-extends] `y` is not a sibling of `x`",
                        "a.yaml:2:38 error[bad-extends] `zz` is not a sibling of `z`; did you mean `zzz`?",
                        "a.yaml:2:58 error[bad-extends] `zzz` extends this in a circle",
                        "a.yaml:2:83 error[bad-extends] `s` is the number 1; only a mapping can be extended",
                        "b.yaml:1:10 error[bad-extends] `a.yaml` extends this file in a circle");
    }

    @Test
    void staysInsideTheProject() throws IOException {
        Path outside = Files.writeString(folder.resolveSibling(folder.getFileName() + "-outside.yaml"), "a: 1");
        Files.createSymbolicLink(folder.resolve("link.yaml"), outside);
        for (String target : List.of("../" + outside.getFileName(), outside.toString(), "link.yaml", "sub/../../x")) {
            Problems own = new Problems();
            write("spec.yaml", "extends: " + target + "\nb: 1\n");
            YamlMap tree = COMPOSITION.read(folder.resolve("spec.yaml"), folder, null, List.of(), own);
            assertThat(own.toString()).as(target).contains("error[bad-extends]").contains("is outside the project");
            assertThat(tree).isNotNull();
        }
        Files.delete(outside);
    }

    @Test
    void saysWhatIsWrongWithVariantsAndSets() throws IOException {
        write("spec.yaml", "data: {repeats: {rows: 1}}\nlist: [1]\nvariants: {gpt2: {}, other: 3}\n");

        read(
                "spec.yaml",
                "gtp2",
                "data.repeets.rows=2",
                "list.1=3",
                "data.repeats.rows.x=1",
                "nothing",
                "list=[1",
                "=2",
                "a..b=1");

        assertThat(problems.sorted())
                .extracting(p -> p.toString().replace(folder + "/", ""))
                .containsExactly(
                        "--set:1:1 error[unknown-path] the spec has no `data.repeets`; did you mean `data.repeats.rows`?",
                        "--set:2:1 error[unknown-path] `list` is a list of 1, counted from 0; `1` is not one of "
                                + "its places",
                        "--set:3:1 error[unknown-path] `data.repeats.rows` is the number 1, so it has no `x`; set it as a whole",
                        "--set:4:1 error[bad-set] `nothing` is not path=value",
                        "--set:5:6 error[syntax] a list is opened with `[` and never closed",
                        "--set:6:1 error[bad-set] `=2` is not path=value",
                        "--set:7:1 error[unknown-path] the spec has no `a`",
                        "spec.yaml:3:11 error[unknown-variant] no variant `gtp2`; known: gpt2, other; did you mean `gpt2`?",
                        "spec.yaml:3:29 error[wrong-type] expected a part of a spec, found the number 3");
    }

    @Test
    void refusesInheritanceThatGrowsWithoutEnd() throws IOException {
        StringBuilder doubling = new StringBuilder("v: 1");
        for (int i = 0; i < 40; i++) {
            doubling.insert(0, "a: {").append("}, b: {extends: a, c").append(i).append(": 1}");
        }
        write("spec.yaml", "{" + doubling + "}");
        read("spec.yaml", null);
        assertThat(problems.toString()).contains("error[too-large]");

        Problems wide = new Problems();
        StringBuilder star = new StringBuilder("base: {k0: 0");
        for (int i = 1; i < 20_000; i++) {
            star.append(", k").append(i).append(": 0");
        }
        star.append("}\n");
        for (int i = 0; i < 20_000; i++) {
            star.append("m").append(i).append(": {extends: base}\n");
        }
        YamlMap map = (YamlMap) YamlTree.parse(star.toString(), "wide.yaml");
        COMPOSITION.compose(map, null, List.of(), wide);
        assertThat(wide.toString()).contains("error[too-large]");
    }

    private YamlMap read(String file, @Nullable String variant, String... sets) {
        YamlMap tree = COMPOSITION.read(folder.resolve(file), folder, variant, List.of(sets), problems);
        return tree == null ? new YamlMap(SourceLocation.start("none"), java.util.Map.of()) : tree;
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private static String mark(YamlMap tree, String... path) {
        YamlTree at = tree;
        for (String key : path) {
            at = ((YamlMap) at).get(key);
        }
        return String.valueOf(at == null ? null : at.mark());
    }
}
