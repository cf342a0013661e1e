package dev.loupe.dataset.prompt;

import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;

/** One fact: a subject and what the sentence asks of it. */
@Doc("A subject and its attribute.")
@Example("{relation: capital, prompt: \"The capital of {subject} is\", subject: France, attribute: Paris}")
public record Fact(
        @Doc("The relation; a fact is paired with a fact of the same relation.")
        String relation,

        @Doc("The prompt, with `{subject}` once. It ends just before the attribute.")
        String prompt,

        @Doc("The subject; one or more tokens.") String subject,

        @Doc("The answer, one token with the space before it.")
        String attribute) {

    public Fact {
        int at = prompt.indexOf("{subject}");
        if (at < 0 || at != prompt.lastIndexOf("{subject}") || !prompt.equals(prompt.strip())) {
            throw new IllegalArgumentException(
                    "\"" + prompt + "\" must contain {subject} once and neither begin nor end with a space");
        }
        if (subject.isBlank()
                || attribute.isBlank()
                || !subject.equals(subject.strip())
                || !attribute.equals(attribute.strip())) {
            throw new IllegalArgumentException("`subject` and `attribute` must not begin or end with a space");
        }
    }
}
