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
 * @param reads the hook point that the dictionary is for, null where its files say it
 * @param text a file of text
 * @param shape what documents it has
 * @param scanned tokens that are scanned, about
 * @param edited tokens on which it is measured what is lost: each intervention runs them again; 0 leaves it out
 * @param length tokens of a row
 * @param gated whether the neurons are products of a gate and something beside it
 * @param others how many others of the layer it is compared with
 * @param elsewhere other models in which the same neuron is looked for
 */
record NeuronSpec(
        String model,
        @Nullable Path dictionary,
        @Nullable String reads,
        NeuronName neuron,
        Path text,
        TextShape shape,
        int scanned,
        int edited,
        int length,
        boolean gated,
        int others,
        OtherModelsOfPage elsewhere) {
    /** How many others it is compared with, where its layer has as many. */
    static final int OTHERS = 20;

    NeuronSpec withGate() {
        return new NeuronSpec(
                model, dictionary, reads, neuron, text, shape, scanned, edited, length, true, others, elsewhere);
    }

    /** Of a layer of so many neurons or features. */
    NeuronSpec among(int units) {
        int fewer = Math.max(1, Math.min(others, units - 1));
        return new NeuronSpec(
                model, dictionary, reads, neuron, text, shape, scanned, edited, length, gated, fewer, elsewhere);
    }

    String yaml() {
        return """
                # What makes a neuron fire, and what does it do? Change what you like; `loupe run` makes the page again.
                loupe: 1
                title: %1$s
                question: %3$s

                %4$s

                dataset:
                  # It is scanned for examples, of which a document gives one of a kind: its rows are from as many as there are%10$s.
                  text: %5$s
                %11$s
                metric:
                  loss: loss
                  activation: {activation: %6$s, neurons: [%2$s]}

                measure:
                  # Activations may lie on both sides of 0: the hypothesis is about the side on which they reach further.
                  rule: {neuron-rule: %6$s, neurons: [%2$s], side: larger, sample: &every {count: %8$d, per-row: %9$d, seed: 2}, seed: 4, dataset: text, title: "The hypothesis: a rule of tokens, on text that did not make it"}
                  rule-itself: {neuron-rule: %6$s, neurons: [%2$s], side: larger, sample: *every, seed: 4, show: rules, dataset: text, title: The rule}
                  other-side: {neuron-rule: %6$s, neurons: [%2$s], side: smaller, sample: *every, seed: 4, show: rules, dataset: text, title: "A rule for the other side of 0, not tested on other text"}
                  largest: {max-activating: %6$s, neurons: [%2$s], examples: 20, sample: *every, show: values, dataset: text, title: Its largest activations}
                  smallest: {max-activating: %6$s, neurons: [%2$s], examples: 20, lowest: 20, sample: *every, show: smallest, dataset: text, title: Its smallest activations}
                  examples: {max-activating: %6$s, neurons: [%2$s], examples: 20, strata: [0.5, 0.9, 0.99], per-stratum: 5, random: 10, lowest: 10, sample: &sampled {count: 20000, seed: 2}, dataset: text, title: "Text around its largest and smallest activations, and others"}
                  context: {shortest-context: %6$s, neurons: [%2$s], examples: 10, side: larger, first: row, keep: [0.5], most: 16, sample: *sampled, dataset: text, title: How much of the text before the activations furthest from 0 keeps half of them}
                  histogram: {activation-histogram: %6$s, neurons: [%2$s], sample: *sampled, dataset: text, title: How its activations are distributed}
                %16$s  activation: {evaluate: activation, dataset: text, title: Mean activation}
                  # How well the model knows such text: on text that is strange to it, its neurons may mean something else.
                  loss: {evaluate: loss, dataset: text, title: Loss of the text}
                %7$s%12$s%17$s
                # Chance: the same rule-making for activations that are shifted inside their documents%13$s.
                claims:
                  - {say: a rule of tokens tells where it is beyond half of its activation furthest from 0, that: {difference: [{value: rule.f1}, {value: rule.chance}]}, above: 0}
                %14$s
                report:
                  figure: examples
                  answer: "Its activations lie between {{min(smallest)}} and {{max(largest)}}. It is beyond {{value(rule.edge) or 'nothing'}}, half of the one furthest from 0 on the text that makes the rule, at a share of {{value(rule.fires) or 'undefined (there is no other text)'}} of the other tokens. There a rule of tokens tells where with precision {{value(rule.precision) or 'undefined (no token matched a rule)'}}, recall {{value(rule.recall) or 'undefined (it fires too seldom)'}} and F1 {{value(rule.f1) or 'undefined'}}; by chance F1 would be {{value(rule.chance) or 'undefined'}}. %15$s"
                """.formatted(
                        quoted((feature() ? "Feature " : "Neuron ") + neuron + " of " + name()),
                        neuron,
                        quoted("When does " + kind() + " " + neuron + " of " + name() + " fire"
                                + ifCausal(", and what does it do") + "?"),
                        models(),
                        rows(scanned),
                        site(),
                        weights(),
                        count(scanned) * length,
                        length,
                        ifCausal("; `edited` is a part on which the model runs again with the " + kind() + " changed"),
                        ifCausal(changes()),
                        ifCausal(losses()),
                        ifCausal("; and other " + kind() + "s of the layer"),
                        ifCausal(claim()),
                        "The text costs the model {{value(loss)}} nats per token" + ifCausal(answer()) + "."
                                + elsewhere.answer(),
                        gated ? signs() : "",
                        elsewhere.measures(neuron, gated));
    }

    /** What is written only where the model runs with the neuron changed. */
    private String ifCausal(String words) {
        return edited > 0 ? words : "";
    }

    private String site() {
        return feature() ? "dictionary.features" : "mlp.post";
    }

    /** Rows of the text with about so many tokens, as a dataset. */
    private String rows(int tokens) {
        return "{generator: text, file: " + quoted(text.getFileName().toString())
                + (shape.splitOn().isEmpty() ? "" : ", split-on: " + quoted(shape.splitOn())) + ", window: " + length
                + ", rows: " + count(tokens) + ", spread: true"
                + (shape.few() ? ", windows-apart: true" : "") + "}";
    }

    private int count(int tokens) {
        return (tokens + length - 1) / length;
    }

    private String kind() {
        return feature() ? "feature" : "neuron";
    }

    /** How the model is changed, and on which rows. */
    private String changes() {
        return """
                  edited: %1$s

                intervention:
                  without: {ablate: %2$s, neurons: [%3$s], with: zero}
                  at-its-mean: {ablate: %2$s, neurons: [%3$s], with: {mean: {of: edited, per: all}}}
                  # Others of the same layer: what taking away any one costs.
                  others: {ablate-random: %2$s, layers: %4$d, except: [%3$s], count: 1, draws: %5$d, seed: 1, with: zero}
                """.formatted(rows(Math.min(edited, scanned)), site(), neuron, neuron.layer(), OTHERS);
    }

    private String losses() {
        return """
                  # What it does where it fires, and what others do where they fire.
                  effect: {example-effect: %2$s, neurons: [%3$s], side: larger, random: 50, with: [zero, mean, resample], sample: *sampled, seed: 7, dataset: text, title: What it does to predictions where it fires}
                  effect-of-others: {example-effect: %2$s, random-neurons: {count: %5$d, layers: [%4$d], except: [%3$s], seed: 8}, side: larger, sample: *sampled, dataset: text, title: What others of its layer do where these fire}
                  without: {apply: without, read: loss, as: change, dataset: edited, title: Loss without it}
                  at-its-mean: {apply: at-its-mean, read: loss, as: change, dataset: edited, title: Loss with it at its mean}
                  others: {apply: others, read: loss, as: change, dataset: edited, title: "Loss without another %1$s of its layer"}
                """.formatted(kind(), site(), neuron, neuron.layer(), others);
    }

    private String claim() {
        return """
                  - {say: "where it fires, predictions change more without it than without any of %2$d others of its layer where these fire", that: {difference: [{value: effect.kl, where: {with: zero, at: firing}}, {max: effect-of-others.kl}]}, above: 0}
                  - {say: "without it the loss rises more than without any of %1$d others of its layer", that: {difference: [{value: without}, {max: others}]}, above: 0}
                """.formatted(OTHERS, others);
    }

    private String answer() {
        return ", without the " + kind()
                + " {{value(without)}} more on a part of it. Where it fires most, predictions without it differ by "
                + "{{value(effect.kl, where: {with: zero, at: firing})}} nats (KL divergence), those without others of its layer where these "
                + "fire by {{min(effect-of-others.kl)}} to {{max(effect-of-others.kl)}}";
    }

    private boolean feature() {
        return neuron.kind() == ComponentKind.FEATURE;
    }

    /** The tokens that it raises by its weights, and of a neuron what else these say. */
    private String weights() {
        String tokens = """
                  raises: {vocabulary-attribution: tokens, neurons: [%1$s], top: 15, title: Tokens that it raises and lowers directly}
                  follows: {vocabulary-attribution: alignment, neurons: [%1$s], sample: *sampled, dataset: text, title: Whether these tokens follow its largest activations}
                """.formatted(neuron);
        return feature()
                ? tokens
                : tokens + """
                  weights: {read-write: all, neurons: [%1$s], chance: {shuffled-neurons: {times: 100, seed: 3}}, title: What it reads and writes}
                  writes-like: {nearest-neurons: %1$s, weights: W_out, draws: 20, seed: 5, title: Neurons that write most nearly the same}
                  reads-like: {nearest-neurons: %1$s, weights: %2$s, draws: 20, seed: 6, title: Neurons %3$s most nearly the same}
                """.formatted(neuron, gated ? "W_gate" : "W_in", gated ? "whose gates read" : "that read");
    }

    private String signs() {
        return """
                  signs: {gate-signs: mlp.post, neurons: [%s], sample: *sampled, dataset: text, title: Signs of its gate and of what it multiplies}
                """.formatted(neuron);
    }

    private String models() {
        String plain = choice(model);
        return dictionary == null
                ? elsewhere.section(plain)
                : "model:\n  plain: " + plain + "\n  default: {dictionary: "
                        + (reads == null
                                ? quoted(String.valueOf(dictionary))
                                : "{path: " + quoted(String.valueOf(dictionary)) + ", reads: " + quoted(reads) + "}")
                        + ", of: plain}";
    }

    /** The model as a title names it. */
    String name() {
        return name(model);
    }

    static String name(String model) {
        return folder(model) ? String.valueOf(Path.of(model).getFileName()) : model;
    }

    /** A model as a spec chooses it. */
    static String choice(String model) {
        return folder(model) ? "{folder: " + quoted(model) + "}" : quoted(model);
    }

    private static boolean folder(String model) {
        return model.contains("/") || model.contains("\\");
    }

    /** One line of YAML that reads as this text. */
    static String quoted(String text) {
        return YamlWriter.write(YamlScalar.quoted(SourceLocation.start(""), text))
                .stripTrailing();
    }
}
