package dev.loupe.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.report.draw.PageDetail;
import dev.loupe.result.TokenText;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Coloured text on a page that has room for forty tokens. */
class TokenSectionTest {
    private static final PageDetail FORTY = PageDetail.FROM_FULL.get(PageDetail.FROM_FULL.size() - 1);

    private static TokenSection section(int passages, int tokens) {
        TokenText text = text("shown", passages, tokens, 1);
        return new TokenSection.Kind(List.of(text)).section(text, "shown", FORTY);
    }

    private static TokenText text(String name, int passages, int tokens, double value) {
        return new TokenText(
                name,
                "Shown",
                "",
                "activation",
                IntStream.range(0, passages)
                        .mapToObj(i -> new TokenText.Passage(
                                "top " + i,
                                IntStream.range(0, tokens)
                                        .mapToObj(t -> new TokenText.Token("a", t, value, -1, List.of()))
                                        .toList()))
                        .toList());
    }

    private static List<Integer> sizes(TokenSection section) {
        return section.passages().stream()
                .map(passage -> passage.tokens().size())
                .toList();
    }

    @Test
    void anExampleIsShownWholeOrNotAtAll() {
        assertThat(FORTY.tokens()).isEqualTo(40);
        TokenSection some = section(5, 16);
        assertThat(sizes(some)).containsExactly(16, 16);
        assertThat(some.caption()).anyMatch(line -> line.startsWith("The first 32 of 80 tokens are shown"));
        TokenSection all = section(2, 20);
        assertThat(sizes(all)).containsExactly(20, 20);
        assertThat(all.caption()).noneMatch(line -> line.contains("are shown"));
    }

    @Test
    void aLongTextIsCut() {
        TokenSection one = section(1, 100);
        assertThat(sizes(one)).containsExactly(40);
        assertThat(one.caption()).anyMatch(line -> line.startsWith("The first 40 of 100 tokens are shown"));
    }

    /** The same number has the same colour in the text of every model, but not in that of another measurement. */
    @Test
    void textsOfOneMeasurementShareTheirColours() {
        TokenText small = text("shown@seed 0", 1, 3, 1);
        TokenText large = text("shown@seed 1", 1, 3, 4);
        TokenSection.Kind kind = new TokenSection.Kind(List.of(small, large, text("other", 1, 3, 100)));
        assertThat(step(kind.section(small, "a", FORTY))).isEqualTo("s5");
        assertThat(step(kind.section(large, "b", FORTY))).isEqualTo("s20");
    }

    private static String step(TokenSection section) {
        return section.passages().get(0).tokens().get(0).step();
    }
}
