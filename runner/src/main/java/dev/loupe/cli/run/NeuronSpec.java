package dev.loupe.cli.run;

import dev.loupe.plan.ask.NeuronName;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlWriter;
import java.nio.file.Path;

/**
 * The spec of a page about one neuron: when it fires, what it writes, and what is lost without it, each beside what chance
 * gives.
 *
 * @param model the name of a model, or its folder
 * @param gated whether its MLPs are gated, which gives a neuron three weight vectors instead of two
 * @param text a file of text
 * @param splitOn what separates the documents in it, empty for a file in which each line is one
 * @param windows rows of text that are scanned, at most
 * @param edited rows on which it is measured what is lost: each intervention runs them again
 * @param length tokens of a row
 */
record NeuronSpec(
        String model,
        boolean gated,
        NeuronName neuron,
        Path text,
        String splitOn,
        int windows,
        int edited,
        int length) {
    private static final int OTHERS = 20;

    NeuronSpec withGate() {
        return new NeuronSpec(model, true, neuron, text, splitOn, windows, edited, length);
    }

    String yaml() {
        return """
                # What makes a neuron fire, and what does it do? Change what you like; `loupe run` makes the page again.
                loupe: 1
                title: %1$s
                question: %3$s

                model: %4$s

                dataset:
                  # All of it is scanned for examples; `edited` is a part on which the model runs again with the neuron changed.
                  text: {generator: text, file: %5$s,%6$s window: %7$d, rows: %8$d}
                  edited: {generator: text, file: %5$s,%6$s window: %7$d, rows: %9$d}

                intervention:
                  without: {ablate: mlp.post, neurons: [%2$s], with: zero}
                  at-its-mean: {ablate: mlp.post, neurons: [%2$s], with: {mean: {of: edited, per: all}}}
                  # Other neurons of the same layer: what taking away any one costs.
                  others: {ablate-random: mlp.post, layers: %10$d, except: [%2$s], count: 1, draws: %11$d, seed: 1, with: zero}

                metric:
                  loss: loss
                  activation: {activation: mlp.post, neurons: [%2$s]}

                measure:
                  activation: {evaluate: activation, dataset: text, title: Mean activation}
                  examples: {max-activating: mlp.post, neurons: [%2$s], examples: 20, strata: [0.5, 0.9, 0.99], per-stratum: 5, random: 10, lowest: 10, sample: {count: 20000, seed: 2}, dataset: text, title: Where it fires}
                  raises: {vocabulary-attribution: tokens, neurons: [%2$s], top: 15, dataset: text, title: Tokens that it raises and lowers directly}
                  follows: {vocabulary-attribution: alignment, neurons: [%2$s], sample: {count: 20000, seed: 2}, dataset: text, title: Whether these tokens follow where it fires}
                  weights: {read-write: %12$s, neurons: [%2$s], chance: {shuffled-neurons: {times: 100, seed: 3}}, dataset: text, title: What it reads and writes}
                  without: {apply: without, read: loss, as: change, dataset: edited, title: Loss without it}
                  at-its-mean: {apply: at-its-mean, read: loss, as: change, dataset: edited, title: Loss with it at its mean}
                  others: {apply: others, read: loss, as: change, dataset: edited, title: Loss without another neuron of its layer}

                report:
                  answer: "Without %2$s the text costs {{value(without)}} nats more per token."
                """.formatted(
                        quoted("Neuron " + neuron + " of " + name()),
                        neuron,
                        quoted("When does neuron " + neuron + " of " + name() + " fire, and what does it do?"),
                        folder() ? "{folder: " + quoted(model) + "}" : quoted(model),
                        quoted(text.getFileName().toString()),
                        splitOn.isEmpty() ? "" : " split-on: " + quoted(splitOn) + ",",
                        length,
                        windows,
                        Math.min(edited, windows),
                        neuron.layer(),
                        OTHERS,
                        gated ? "[in-out, gate-out, gate-in]" : "in-out");
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
