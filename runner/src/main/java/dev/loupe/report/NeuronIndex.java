package dev.loupe.report;

import dev.loupe.report.draw.Numbers;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.TokenRankings;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the pages of several neurons say, one row each.
 *
 * @param columns what the numbers of a row are, in words
 */
public record NeuronIndex(String title, List<String> columns, List<Row> rows) {
    private static final String SMALLEST = "smallest";
    private static final String EFFECT = "effect.kl";

    /** The names of a page's results whose number is shown, and what they are; of several numbers the largest. */
    private static final Map<String, String> SHOWN = new LinkedHashMap<>();

    static {
        SHOWN.put("rule.fires", "Fires at, share of tokens");
        SHOWN.put("rule.edge", "Beyond");
        SHOWN.put("largest", "Largest activation");
        SHOWN.put(SMALLEST, "Smallest activation");
        SHOWN.put("activation", "Mean activation");
        SHOWN.put("rule.precision", "Precision of its rule");
        SHOWN.put("rule.recall", "Recall");
        SHOWN.put("rule.f1", "F1");
        SHOWN.put("rule.chance", "F1 by chance");
        SHOWN.put(EFFECT, "Predictions without it where it fires, nats apart");
        SHOWN.put("effect-of-others.kl", "Without others of its layer where these fire, at most");
        SHOWN.put("without", "Loss without it, nats more");
        SHOWN.put("others", "Without any of 20 others, at most");
    }

    /**
     * One neuron.
     *
     * @param link its page, relative to the index
     * @param raises the token that it raises most, empty where the page does not say
     */
    public record Row(String neuron, String link, List<String> numbers, String raises, String verdict) {}

    /** @param pages the results by the name of the neuron, and where its page lies */
    public static NeuronIndex of(String title, Map<String, RunResult> pages, Map<String, String> links) {
        return new NeuronIndex(
                title,
                List.copyOf(SHOWN.values()),
                pages.entrySet().stream()
                        .map(page -> row(page.getKey(), page.getValue(), links.getOrDefault(page.getKey(), "")))
                        .toList());
    }

    private static Row row(String neuron, RunResult result, String link) {
        return new Row(
                neuron,
                link,
                SHOWN.keySet().stream().map(name -> number(result, name)).toList(),
                raises(result),
                result.verdict().word());
    }

    private static String number(RunResult result, String name) {
        return result.artifacts().stream()
                .filter(artifact -> artifact instanceof Quantity q && q.name().equals(name))
                .map(artifact -> ((Quantity) artifact).estimate())
                .map(all -> shown(name, (name.equals(EFFECT) ? all.at("with", 0).at("at", 0) : all).data()))
                .findFirst()
                .orElse("");
    }

    private static String shown(String name, double[] numbers) {
        DoubleSummaryStatistics defined =
                Arrays.stream(numbers).filter(value -> !Double.isNaN(value)).summaryStatistics();
        double of = name.equals(SMALLEST) ? defined.getMin() : defined.getMax();
        return Numbers.show(defined.getCount() == 0 ? Double.NaN : of);
    }

    private static String raises(RunResult result) {
        return result.artifacts().stream()
                .filter(artifact ->
                        artifact instanceof TokenRankings t && t.name().equals("raises"))
                .flatMap(artifact -> ((TokenRankings) artifact).rankings().stream())
                .flatMap(ranking -> ranking.groups().stream())
                .flatMap(group -> group.entries().stream())
                .map(TokenRankings.Entry::text)
                .findFirst()
                .orElse("");
    }
}
