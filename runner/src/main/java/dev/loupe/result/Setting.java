package dev.loupe.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a quantity was measured on and how, as far as a page relates it to others of the same run.
 *
 * @param reading what was read, such as "logit difference at END"; empty where it is not one metric
 * @param sumsTo the reading that the numbers are terms of, empty where they are no terms
 * @param edits interventions of the run that was read, none for the model as it is
 * @param receivers where paths end that were patched ({@code L9H6.q}, {@code logits}); none where no path was
 * @param undefined why there is nothing to measure, in the models that it names; empty where there is
 * @param edited the dataset whose rows were run with the edits; empty where nothing was edited
 * @param models the models one by one, in the order of the leading axes that they form
 * @param prompts one row of what was read, clean and corrupted, where positions or two runs matter
 * @param rows how many rows there are, where all that exist were read and none sampled; absent elsewhere: of sampled rows the
 *     interval says it
 */
public record Setting(
        String model,
        String dataset,
        String reading,
        String sumsTo,
        List<String> edits,
        List<String> receivers,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        String undefined,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        String edited,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> models,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Prompt> prompts,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer rows) {
    /** Nothing is known, as in results that were stored before there were settings. */
    public static final Setting UNKNOWN = new Setting("", "", "", "", List.of(), List.of());

    public Setting {
        edits = List.copyOf(edits);
        receivers = List.copyOf(receivers);
        models = List.copyOf(models);
        prompts = List.copyOf(prompts);
    }

    /** Where rows were sampled, or none was read. */
    public Setting(
            String model,
            String dataset,
            String reading,
            String sumsTo,
            List<String> edits,
            List<String> receivers,
            String undefined,
            String edited,
            List<String> models,
            List<Prompt> prompts) {
        this(model, dataset, reading, sumsTo, edits, receivers, undefined, edited, models, prompts, null);
    }

    /** Without prompts. */
    public Setting(
            String model, String dataset, String reading, String sumsTo, List<String> edits, List<String> receivers) {
        this(model, dataset, reading, sumsTo, edits, receivers, "", List.of());
    }

    /** Where it is not known which rows were edited, and which models are meant one by one. */
    public Setting(
            String model,
            String dataset,
            String reading,
            String sumsTo,
            List<String> edits,
            List<String> receivers,
            String undefined,
            List<Prompt> prompts) {
        this(model, dataset, reading, sumsTo, edits, receivers, undefined, "", List.of(), prompts);
    }

    /** Whether the other was measured on the same rows of the same models. */
    public boolean sameRows(Setting other) {
        return !model.isEmpty() && model.equals(other.model) && dataset.equals(other.dataset);
    }
}
