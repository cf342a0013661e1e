package dev.loupe.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.report.draw.PageDetail;
import dev.loupe.result.TokenRankings;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much of long lists of tokens a page shows. */
class RankingSectionTest {
    /** The lists of one neuron are whole on the smallest page; those of many are cut, and the caption says so. */
    @Test
    void shortListsAreWholeOnAnyPage() {
        PageDetail least = PageDetail.FROM_FULL.get(PageDetail.FROM_FULL.size() - 1);
        RankingSection one = section(2, 15, least);
        assertThat(one.cases().get(0).groups().get(1).table().rows()).hasSize(15);
        assertThat(one.caption()).noneMatch(sentence -> sentence.contains("of each list"));

        RankingSection many = section(20, 15, least);
        assertThat(many.cases().get(0).groups().get(1).table().rows()).hasSize(least.tableRows());
        assertThat(many.caption())
                .contains("The first " + least.tableRows() + " tokens of each list; the downloads have all of them.");
    }

    private static RankingSection section(int lists, int tokens, PageDetail detail) {
        List<TokenRankings.Group> groups = IntStream.range(0, lists)
                .mapToObj(list -> new TokenRankings.Group(
                        "list " + list,
                        IntStream.range(0, tokens)
                                .mapToObj(token -> new TokenRankings.Entry(token, "t" + token, List.of(1.0 * token)))
                                .toList()))
                .toList();
        TokenRankings rankings = new TokenRankings(
                "r", "t", "d", "", List.of("logit"), List.of(new TokenRankings.Ranking("L0N1", List.of(), groups)));
        return new RankingSection.Kind().section(rankings, "m-r", detail);
    }
}
