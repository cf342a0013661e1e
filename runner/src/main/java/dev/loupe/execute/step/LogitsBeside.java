package dev.loupe.execute.step;

import dev.loupe.analysis.reading.TokenOrder;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.values.CompareLogits;
import dev.loupe.result.Prompt;
import dev.loupe.result.TokenRankings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The arithmetic of {@link CompareLogits}. */
public final class LogitsBeside {
    private LogitsBeside() {}

    public static StepValue of(CompareLogits step, List<StepValue.Logits> runs) {
        List<String> columns = new ArrayList<>(step.names());
        if (!step.change().isEmpty()) {
            columns.add("change");
        }
        List<TokenRankings.Ranking> rankings = new ArrayList<>();
        for (int row = 0; row < runs.get(0).rows().size(); row++) {
            int at = row;
            rankings.add(ranking(
                    step, row, runs.stream().map(run -> run.rows().get(at)).toList()));
        }
        return new StepValue.Rankings(columns, rankings);
    }

    private static TokenRankings.Ranking ranking(CompareLogits step, int row, List<StepValue.Logits.Row> runs) {
        List<double[]> values = new ArrayList<>();
        runs.forEach(run -> values.add(IntStream.range(0, run.logits().length)
                .mapToDouble(i -> run.logits()[i])
                .toArray()));
        double[] last = values.get(values.size() - 1);
        List<TokenRankings.Group> groups = new ArrayList<>();
        if (!step.change().isEmpty()) {
            double[] from = values.get(step.change().get(0));
            double[] to = values.get(step.change().get(1));
            values.add(IntStream.range(0, to.length)
                    .mapToDouble(i -> to[i] - from[i])
                    .toArray());
        }
        groups.addAll(asked(runs.get(0), step.top(), values));
        Set<Integer> high = new LinkedHashSet<>();
        values.subList(0, runs.size()).forEach(run -> high.addAll(TokenOrder.highest(run, step.top())));
        List<Integer> sorted =
                high.stream().sorted((a, b) -> Double.compare(last[b], last[a])).toList();
        groups.add(group(runs.size() == 1 ? "highest" : "highest in any of the runs", sorted, values));
        if (!step.change().isEmpty()) {
            double[] change = values.get(values.size() - 1);
            List<Integer> risen = TokenOrder.highest(change, step.top()).stream()
                    .filter(id -> change[id] > 0)
                    .toList();
            List<Integer> fallen = TokenOrder.lowest(change, step.top()).stream()
                    .filter(id -> change[id] < 0)
                    .toList();
            groups.add(group(risen.isEmpty() ? "none has increased" : "largest increase", risen, values));
            groups.add(group(fallen.isEmpty() ? "none has decreased" : "largest decrease", fallen, values));
        }
        groups.add(group("lowest", TokenOrder.lowest(last, step.top()), values));
        return new TokenRankings.Ranking("Row " + (row + 1), prompts(step, runs), groups);
    }

    /** The answer and the wrong one together; where there are several of either, the first of each kind apart. */
    private static List<TokenRankings.Group> asked(StepValue.Logits.Row row, int most, List<double[]> values) {
        List<TokenRankings.Group> groups = new ArrayList<>();
        if (row.answers().size() > 1 || row.wrong().size() > 1) {
            some("answers", row.answers(), most, values, groups);
            some("wrong answers", row.wrong(), most, values, groups);
            return groups;
        }
        List<Integer> both = new ArrayList<>(row.answers());
        both.addAll(row.wrong());
        if (!both.isEmpty()) {
            groups.add(group("answer, then the wrong one", both, values));
        }
        return groups;
    }

    private static void some(
            String kind, List<Integer> ids, int most, List<double[]> values, List<TokenRankings.Group> into) {
        if (!ids.isEmpty()) {
            boolean cut = ids.size() > most;
            String title = cut ? kind + ", the first " + most + " of " + ids.size() : kind;
            into.add(group(title, cut ? ids.subList(0, most) : ids, values));
        }
    }

    /** The texts that were read, each once: an edit does not change the text. */
    private static List<Prompt> prompts(CompareLogits step, List<StepValue.Logits.Row> runs) {
        List<Prompt> prompts = new ArrayList<>();
        int texts = step.change().isEmpty() ? runs.size() : runs.size() - 1;
        for (int i = 0; i < texts; i++) {
            prompts.add(new Prompt(
                    step.names().get(i),
                    runs.get(i).text(),
                    Map.of(step.at(), runs.get(i).pos())));
        }
        return prompts;
    }

    private static TokenRankings.Group group(String title, List<Integer> ids, List<double[]> values) {
        return new TokenRankings.Group(
                title,
                ids.stream()
                        .map(id -> new TokenRankings.Entry(
                                id, "", values.stream().map(v -> v[id]).toList()))
                        .toList());
    }
}
