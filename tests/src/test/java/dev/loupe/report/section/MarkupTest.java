package dev.loupe.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import freemarker.core.HTMLOutputFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarkupTest {
    private static String html(String... said) throws Exception {
        return HTMLOutputFormat.INSTANCE.getMarkupString(Markup.about(List.of(said)));
    }

    /** A hundred edges in the middle of a sentence hide its end. */
    @Test
    void aLongListIsFoldedBeneathItsSentence() throws Exception {
        String edges =
                IntStream.range(0, 100).mapToObj(i -> "L0H" + i + "->logits").collect(Collectors.joining(", "));
        assertThat(html("Dataset: rows. Intervention: all edges above 0.5 (" + edges + ") carry the other run."))
                .startsWith(
                        "<p>Dataset: rows. Intervention: all edges above 0.5 (listed below) carry the other run.</p>")
                .contains("<details class=\"rest\"><summary>The list</summary><p>L0H0-&gt;logits, L0H1-&gt;logits,")
                .endsWith("L0H99-&gt;logits</p>\n</details>");
    }

    @Test
    void aShortOneStaysWhereItIs() throws Exception {
        assertThat(html("Heads (L0H0, L0H1) are edited.")).isEqualTo("<p>Heads (L0H0, L0H1) are edited.</p>\n");
    }
}
