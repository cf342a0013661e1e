package dev.loupe.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Text with one number per token, to be shown as coloured tokens.
 *
 * @param quantity what the number is: "second-half loss, nats"
 * @param model whose numbers they are; empty where unknown
 */
public record TokenText(String name, String title, String doc, String quantity, List<Passage> passages, String model)
        implements Artifact {
    /** Of a model that is not known. */
    public TokenText(String name, String title, String doc, String quantity, List<Passage> passages) {
        this(name, title, doc, quantity, passages, "");
    }

    /** One passage; the lists have one entry per token. {@code value} is NaN where undefined. */
    public record Passage(String label, List<Token> tokens) {}

    /**
     * @param logProbNext log-probability of the true next token, NaN where there is none
     * @param top the likeliest next tokens, at most five
     */
    public record Token(String text, int id, double value, double logProbNext, List<Guess> top) {}

    public record Guess(String text, @JsonProperty("p") double probability) {}
}
