package dev.loupe.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.schema.shape.IntRange;
import dev.loupe.schema.yaml.YamlTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResolvedYamlTest {

    @Test
    void writesEveryDefaultInTheLongForm() {
        Lab lab = Binder.bind(
                        YamlTree.parse(
                                "{loupe: 1, model: m, dataset: {generator: ioi, rows: 2}, metric: loss, intervention: {ablate: attn.z}}",
                                "f"),
                        Lab.class)
                .value();

        assertThat(ResolvedYaml.of(lab)).isEqualTo("""
                loupe: 1
                model: m
                dataset:
                  default:
                    generator: ioi
                    rows: 2
                    seed: 0
                intervention:
                  default:
                    ablate: attn.z
                    over: []
                    with:
                      zero: {}
                metric:
                  default:
                    loss:
                      scale: 1.0
                claims: []
                settings:
                  d_model: 128
                  init_std: 1.5
                  grid: {}
                """);
    }

    @Test
    void bindsToAnEqualRecord() {
        for (long seed = 0; seed < 200; seed++) {
            Lab lab = new Draw(new Random(seed)).lab();
            String yaml = ResolvedYaml.of(lab);
            Lab again = Binder.bind(YamlTree.parse(yaml, "resolved"), Lab.class).value();
            assertThat(again).as(yaml).isEqualTo(lab);
            assertThat(ResolvedYaml.of(again)).isEqualTo(yaml);
        }
    }

    @Test
    void refusesWhatYamlCannotCarry() {
        assertThatThrownBy(() -> ResolvedYaml.of(new Lab.Loss(null, Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ResolvedYaml.of(new Lab.Loss("\0", 1))).isInstanceOf(IllegalArgumentException.class);
    }

    /** Draws any experiment, with texts that look like everything else. */
    private record Draw(Random random) {

        private static final List<String> TEXTS = List.of(
                "",
                " ",
                "no",
                "true",
                "null",
                "~",
                "6.20",
                "1e-4",
                "a: b",
                "a #b",
                "- a",
                "[x",
                "{",
                "}",
                "&a",
                "*a",
                "!t",
                "%d",
                "@a",
                "`a`",
                "'",
                "\"",
                "\\",
                "a\nb",
                "\ttab",
                "\r",
                "---",
                "...",
                "?",
                ": ",
                "a:",
                "=",
                "<<",
                "|",
                ">",
                "\u0007",
                "\u0085",
                "\u2028",
                "\uFEFFx",
                "\uFFFE",
                "\uD83D\uDE00 face",
                "0x1F",
                "0o7",
                "+1",
                ".5",
                "attn.z",
                "blocks.*.hook_z",
                "x ",
                " x",
                "long ".repeat(60),
                "ümlaut",
                "12:30:45",
                "2001-01-01",
                "extends",
                "default",
                "generator",
                ".inf",
                "y",
                "a,b",
                "\u007f");

        Lab lab() {
            Lab.Model model = random.nextBoolean()
                    ? new Lab.ModelName("m" + random.nextInt(9))
                    : new Lab.CardModel(
                            text(), random.ints(random.nextInt(4)).boxed().toList());
            return new Lab(
                    random.nextInt(),
                    maybe(),
                    model,
                    map(this::data),
                    map(this::edit),
                    map(this::score),
                    claims(),
                    settings());
        }

        private Lab.Data data() {
            int low = random.nextInt();
            return random.nextBoolean()
                    ? new Lab.Ioi(random.nextInt(), random.nextLong())
                    : new Lab.Repeats(
                            new IntRange(Math.min(low, 5), Math.max(low, 5)),
                            1 + random.nextInt(9),
                            random.nextLong(),
                            pick(Lab.Offset.values()));
        }

        private Lab.Edit edit() {
            List<Lab.Axis> over = List.of(pick(Lab.Axis.values()), pick(Lab.Axis.values()));
            return random.nextBoolean()
                    ? new Lab.Ablate(
                            text(), over, random.nextBoolean() ? new Lab.Zero() : new Lab.Mean(maybe(), text()))
                    : new Lab.Patch(text(), over, pick(Lab.Side.values()), pick(Lab.Side.values()));
        }

        private Lab.Score score() {
            return switch (random.nextInt(3)) {
                case 0 -> new Lab.LogitDifference(text());
                case 1 -> new Lab.Probability(text());
                default -> new Lab.Loss(maybe(), number());
            };
        }

        private List<Lab.Claim> claims() {
            List<Lab.Claim> claims = new ArrayList<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                claims.add(
                        new Lab.Claim(text(), random.nextBoolean() ? number() : null, number(), random.nextBoolean()));
            }
            return claims;
        }

        private Lab.Settings settings() {
            return new Lab.Settings(random.nextInt(), number(), map(() -> List.of(number(), number())));
        }

        private double number() {
            double any = Double.longBitsToDouble(random.nextLong());
            return Double.isFinite(any) && random.nextBoolean() ? any : random.nextInt(100) / 10.0;
        }

        private String text() {
            return TEXTS.get(random.nextInt(TEXTS.size()));
        }

        private @Nullable String maybe() {
            return random.nextBoolean() ? text() : null;
        }

        private <T> T pick(T[] all) {
            return all[random.nextInt(all.length)];
        }

        private <T> Map<String, T> map(Supplier<T> value) {
            Map<String, T> map = new LinkedHashMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                map.put("n" + text(), value.get());
            }
            return map;
        }
    }
}
