package dev.loupe.cli.run;

import dev.loupe.plan.ask.ComponentKind;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The spec of a page about one neuron: when it fires, what it writes, and what is lost without it, each beside what chance
 * gives.
 *
 * @param model the name of a model, or its folder
 * @param dictionary the folder of the dictionary whose feature it is, null for a neuron of the model
 * @param text a file of text
 * @param splitOn what separates the documents in it, empty for a file in which each line is one
 * @param windows rows of text that are scanned, at most
 * @param edited rows on which it is measured what is lost: each intervention runs them again; 0 leaves it out
 * @param length tokens of a row
 */
record NeuronSpec(
        String model,
        @Nullable Path dictionary,
        NeuronName neuron,
        Path text,
        String splitOn,
        int windows,
        int edited,
        int length) {
    private static final int OTHERS = 20;

    String yaml() {
        return """
                # What makes a neuron fire, and what does it do? Change what you like; `loupe run` makes the page again.
                loupe: 1
                title: %1$s
                question: %3$s

                %4$s

                dataset:
                  # It is scanned for examples, of which a document gives one of a kind: its rows are from as many as there are%13$s.
                  text: {generator: text, file: %5$s,%6$s window: %7$d, rows: %8$d, spread: true}
                %14$s
                metric:
                  loss: loss
                  activation: {activation: %11$s, neurons: [%2$s]}

                measure:
                  rule: {neuron-rule: %11$s, neurons: [%2$s], sample: &every {count: %10$d, per-row: %7$d, seed: 2}, seed: 4, dataset: text, title: "The hypothesis: a rule of tokens, on text that did not make it"}
                  rule-itself: {neuron-rule: %11$s, neurons: [%2$s], sample: *every, seed: 4, show: rules, dataset: text, title: The rule}
                  largest: {max-activating: %11$s, neurons: [%2$s], examples: 20, sample: *every, show: values, dataset: text, title: Its largest activations}
                  examples: {max-activating: %11$s, neurons: [%2$s], examples: 20, strata: [0.5, 0.9, 0.99], per-stratum: 5, random: 10, lowest: 10, sample: &sampled {count: 20000, seed: 2}, dataset: text, title: Where it fires}
                  context: {shortest-context: %11$s, neurons: [%2$s], examples: 10, first: row, most: 32, sample: *sampled, dataset: text, title: How much of the text before it needs}
                  activation: {evaluate: activation, dataset: text, title: Mean activation}
                  # How well the model knows such text: on text that is strange to it, its neurons may mean something else.
                  loss: {evaluate: loss, dataset: text, title: Loss of the text}
                %9$s%15$s
                # Chance: the same rule-making for activations that are shifted inside their documents%16$s.
                claims:
                  - {say: a rule of tokens tells where it fires, that: {difference: [{value: rule.f1}, {value: rule.chance}]}, above: 0}
                %17$s
                report:
                  figure: examples
                  answer: "It is above half of its largest activation, {{max(largest)}}, at a share of {{value(rule.fires)}} of the tokens. A rule of tokens tells where with a precision of {{value(rule.precision)}}, a recall of {{value(rule.recall)}} and an F1 of {{value(rule.f1)}} on text that did not make it; chance gives {{value(rule.chance)}}. %18$s"
                """.formatted(
                quoted((feature() ? "Feature " : "Neuron ") + neuron + " of " + name()),
                neuron,
                quoted("When does " + kind() + " " + neuron + " of " + name()
                        + (causal() ? " fire, and what does it do?" : " fire?")),
                models(),
                quoted(text.getFileName().toString()),
                splitOn.isEmpty() ? "" : " split-on: " + quoted(splitOn) + ",",
                length,
                windows,
                weights(),
                windows * length,
                feature() ? "dictionary.features" : "mlp.post",
                kind(),
                causal() ? "; `edited` is a part on which the model runs again with the " + kind() + " changed" : "",
                causal() ? changes() : "",
                causal() ? losses() : "",
                causal() ? "; and other " + kind() + "s of the layer" : "",
                causal() ? claim() : "",
                causal() ? answer() : "The text costs the model {{value(loss)}} nats per token.");
    }

    private boolean causal() {
        return edited > 0;
    }

    private String kind() {
        return feature() ? "feature" : "neuron";
    }

    /** How the model is changed, and on which rows. */
    private String changes() {
        return """
                  edited: {generator: text, file: %1$s,%2$s window: %3$d, rows: %4$d, spread: true}

                intervention:
                  without: {ablate: %5$s, neurons: [%6$s], with: zero}
                  at-its-mean: {ablate: %5$s, neurons: [%6$s], with: {mean: {of: edited, per: all}}}
                  # Others of the same layer: what taking away any one costs.
                  others: {ablate-random: %5$s, layers: %7$d, except: [%6$s], count: 1, draws: %8$d, seed: 1, with: zero}
                """.formatted(
                        quoted(text.getFileName().toString()),
                        splitOn.isEmpty() ? "" : " split-on: " + quoted(splitOn) + ",",
                        length,
                        Math.min(edited, windows),
                        feature() ? "dictionary.features" : "mlp.post",
                        neuron,
                        neuron.layer(),
                        OTHERS);
    }

    private String losses() {
        return """
                  without: {apply: without, read: loss, as: change, dataset: edited, title: Loss without it}
                  at-its-mean: {apply: at-its-mean, read: loss, as: change, dataset: edited, title: Loss with it at its mean}
                  others: {apply: others, read: loss, as: change, dataset: edited, title: "Loss without another %s of its layer"}
                """.formatted(kind());
    }

    private static String claim() {
        return """
                  - {say: "without it the loss rises more than without any of %d others of its layer", that: {difference: [{value: without}, {max: others}]}, above: 0}
                """.formatted(OTHERS);
    }

    private String answer() {
        return "Without it the text costs {{value(without)}} nats more per token than its {{value(loss)}}, without another "
                + kind() + " of its layer {{min(others)}} to {{max(others)}}.";
    }

    private boolean feature() {
        return neuron.kind() == ComponentKind.FEATURE;
    }

    /** What it reads and writes by its weights, which is told of neurons alone. */
    private String weights() {
        return feature() ? "" : """
                  raises: {vocabulary-attribution: tokens, neurons: [%1$s], top: 15, dataset: text, title: Tokens that it raises and lowers directly}
                  follows: {vocabulary-attribution: alignment, neurons: [%1$s], sample: *sampled, dataset: text, title: Whether these tokens follow where it fires}
                  weights: {read-write: all, neurons: [%1$s], chance: {shuffled-neurons: {times: 100, seed: 3}}, dataset: text, title: What it reads and writes}
                """.formatted(neuron);
    }

    private String models() {
        String plain = folder() ? "{folder: " + quoted(model) + "}" : quoted(model);
        return dictionary == null
                ? "model: " + plain
                : "model:\n  plain: " + plain + "\n  default: {dictionary: " + quoted(String.valueOf(dictionary))
                        + ", of: plain}";
    }

    /** The model as a title names it. */
    String name() {
        return folder() ? String.valueOf(Path.of(model).getFileName()) : model;
    }

    private boolean folder() {
        return model.contains("/") || model.contains("\\");
    }

    /** One line of YAML that reads as this text. */
    private static String quoted(String text) {
        return YamlWriter.write(YamlScalar.quoted(SourceLocation.start(""), text))
                .stripTrailing();
    }
}
