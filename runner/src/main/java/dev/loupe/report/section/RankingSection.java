package dev.loupe.report.section;

import dev.loupe.report.draw.Embedded;
import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.PageDetail;
import dev.loupe.report.draw.VisibleLabel;
import dev.loupe.result.TokenRankings;
import freemarker.core.TemplateHTMLOutputModel;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tokens in the order of a number, case by case: what a model is about to say, what a direction says in tokens.
 *
 * @param wide whether a token has several numbers
 * @param unit of the numbers, empty where they have none
 * @param model whose tokens they are; empty where unknown
 */
public record RankingSection(
        String id,
        String title,
        String name,
        TemplateHTMLOutputModel doc,
        boolean wide,
        String unit,
        String model,
        List<Case> cases,
        List<String> caption,
        String downloads)
        implements Section {
    /** So many tokens in all lists together take no room worth saving. */
    private static final int SHORT = 150;

    private static final Pattern COMPONENT = Pattern.compile("L[0-9]+H[0-9]+");

    /** @param at the head that the case is about, empty where there is none */
    public record Case(String label, String at, List<PromptLine> prompts, List<Group> groups) {}

    public record Group(String title, DataTable table) {}

    /** Whether every number is of one row that was read. */
    public boolean single() {
        return cases.stream().noneMatch(one -> one.prompts().isEmpty());
    }

    @Override
    public String partial() {
        return "rankings";
    }

    static final class Kind implements SectionKind<TokenRankings> {
        @Override
        public Class<TokenRankings> type() {
            return TokenRankings.class;
        }

        @Override
        public RankingSection section(TokenRankings rankings, String id, PageDetail detail) {
            List<Case> cases = new ArrayList<>();
            int most = rankings.rankings().stream()
                                    .flatMap(ranking -> ranking.groups().stream())
                                    .mapToInt(group -> group.entries().size())
                                    .sum()
                            <= SHORT
                    ? SHORT
                    : detail.tableRows();
            boolean cut = false;
            for (TokenRankings.Ranking ranking : rankings.rankings()) {
                List<Group> groups = new ArrayList<>();
                for (TokenRankings.Group group : ranking.groups()) {
                    DataTable table = table(rankings.columns(), group, most);
                    groups.add(new Group(VisibleLabel.of(group.title()), table));
                    cut |= table.rows().size() < table.total();
                }
                Matcher component = COMPONENT.matcher(ranking.label());
                cases.add(new Case(
                        VisibleLabel.of(ranking.label()),
                        component.find() ? component.group() : "",
                        PromptLine.of(ranking.prompts()),
                        groups));
            }
            List<String> caption = new ArrayList<>();
            if (!rankings.unit().isEmpty()) {
                caption.add("Numbers are " + rankings.unit() + ".");
            }
            caption.add("· is a space; ‹..› or <..> is a byte or an invisible character; single cases, no interval.");
            if (cut) {
                caption.add("The first " + most + " tokens of each list; the downloads have all of them.");
            }
            return new RankingSection(
                    id,
                    rankings.title(),
                    rankings.name(),
                    Markup.markdown(rankings.doc()),
                    rankings.columns().size() > 1,
                    rankings.unit(),
                    rankings.model(),
                    cases,
                    caption,
                    json(rankings));
        }

        private static DataTable table(List<String> columns, TokenRankings.Group group, int most) {
            List<String> headers = new ArrayList<>(List.of("token", "id"));
            headers.addAll(columns);
            List<DataTable.Row> rows = new ArrayList<>();
            for (TokenRankings.Entry entry : group.entries()) {
                if (rows.size() == most) {
                    break;
                }
                List<String> cells =
                        new ArrayList<>(List.of(VisibleLabel.of(entry.text()), String.valueOf(entry.id())));
                for (double value : entry.values()) {
                    cells.add(Numbers.show(value));
                }
                rows.add(new DataTable.Row("", cells));
            }
            return new DataTable(headers, rows, group.entries().size());
        }

        /** One table: case, group, token, id and the numbers. */
        private static String json(TokenRankings rankings) {
            return Embedded.json(json -> {
                json.writeStartObject();
                json.writeArrayFieldStart("headers");
                for (String header : List.of("case", "group", "token", "id")) {
                    json.writeString(header);
                }
                for (String column : rankings.columns()) {
                    json.writeString(column);
                }
                json.writeEndArray();
                json.writeArrayFieldStart("rows");
                for (TokenRankings.Ranking ranking : rankings.rankings()) {
                    for (TokenRankings.Group group : ranking.groups()) {
                        for (TokenRankings.Entry entry : group.entries()) {
                            json.writeStartArray();
                            json.writeString(ranking.label());
                            json.writeString(group.title());
                            json.writeString(entry.text());
                            json.writeNumber(entry.id());
                            for (double value : entry.values()) {
                                Embedded.number(json, value);
                            }
                            json.writeEndArray();
                        }
                    }
                }
                json.writeEndArray();
                json.writeEndObject();
            });
        }
    }
}
